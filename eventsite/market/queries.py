"""Reading booths and what stands around them. Every lookup goes through its event."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from eventsite.database import db
from eventsite.events.models import Delegation, Event, Facility, Stage, Zone
from eventsite.events.queries import list_delegations, list_facilities, list_stages, list_zones
from eventsite.kernel.boxes import Box
from eventsite.kernel.dryrun import DryRun
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.market.core import Kind, Thing, natural_key
from eventsite.market.core.facts import FACTS
from eventsite.market.core.imports import Ground, Rows, Standing, plan_booths
from eventsite.market.enums import ShapeKind
from eventsite.market.models import Booth, Circuit, Clearance, Float, PlanBackground, PlanShape

MODELS: Mapping[Kind, Any] = {
    Kind.ZONE: Zone,
    Kind.BOOTH: Booth,
    Kind.STAGE: Stage,
    Kind.FACILITY: Facility,
    Kind.SHAPE: PlanShape,
}


def list_booths(event: Event, *, zone: str = "", category: str = "", status: str = "") -> list[Booth]:
    """Return the event's booths with zone and holder, zone by zone, in the natural order of their codes.

    All of them: a fair has hundreds of booths, and a page needs their sum as well as its share.
    """
    wanted = select(Booth).join(Zone).where(Booth.event_id == event.id).order_by(Zone.order, Booth.id)
    for column, value in ((Zone.code, zone), (Booth.category, category), (Booth.status, status)):
        if value:
            wanted = wanted.where(column == value)
    around = (joinedload(Booth.zone), joinedload(Booth.delegation), joinedload(Booth.circuit))
    found = db.session.scalars(wanted.options(*around))
    return sorted(found, key=lambda booth: (booth.zone.order, natural_key(booth.code)))


def find_booth(event: Event, code: str) -> Booth | None:
    """Return the booth with that code, if the event has one."""
    return db.session.scalar(_booth(event, code))


def get_booth(event: Event, code: str) -> Booth:
    """Return the booth with that code; raises `NotFound`."""
    return _found(find_booth(event, code), code)


def get_booth_to_write(event: Event, code: str) -> Booth:
    """Return the booth with its row locked until the commit (PostgreSQL; on SQLite the turn does it)."""
    return _found(db.session.scalar(_booth(event, code).with_for_update(of=Booth)), code)


def boxes_in(zone: Zone, *, without: str = "") -> dict[str, Box]:
    """Return the boxes of the booths of a zone by code, one booth left out if so asked."""
    booths = db.session.scalars(select(Booth).where(Booth.zone_id == zone.id).order_by(Booth.id))
    return {booth.code: booth.box for booth in booths if booth.code != without}


def list_booths_of(delegation: Delegation) -> list[Booth]:
    """Return the booths that a delegation holds, in the natural order of their codes."""
    held = select(Booth).where(Booth.delegation_id == delegation.id).options(joinedload(Booth.zone))
    return sorted(db.session.scalars(held), key=lambda booth: natural_key(booth.code))


def find_clearance(booth: Booth) -> Clearance | None:
    """Return when and by whom the booth was opened, if it was."""
    return db.session.scalar(select(Clearance).where(Clearance.booth_id == booth.id))


def find_float_at(booth: Booth) -> Float | None:
    """Return the float that stands on a booth's place."""
    return db.session.scalar(select(Float).where(Float.booth_id == booth.id).order_by(Float.id).limit(1))


def list_circuits(event: Event) -> Sequence[Circuit]:
    """Return the event's circuits with their zones, in the natural order of their codes."""
    own = select(Circuit).where(Circuit.event_id == event.id).options(joinedload(Circuit.zone))
    return sorted(db.session.scalars(own), key=lambda circuit: natural_key(circuit.code))


def list_floats(event: Event) -> Sequence[Float]:
    """Return the event's floats with booth and city, in the order of the file."""
    own = select(Float).where(Float.event_id == event.id).order_by(Float.position, Float.id)
    return db.session.scalars(own.options(joinedload(Float.booth), joinedload(Float.delegation))).all()


def find_float(event: Event, ref: str) -> Float | None:
    """Return the float with that id in the event's file, if there is one."""
    return db.session.scalar(select(Float).where(Float.event_id == event.id, Float.ref == ref))


def get_circuit(event: Event, code: str) -> Circuit:
    """Return the circuit with that code; raises `NotFound`."""
    return _found_circuit(db.session.scalar(_circuit(event, code)), code)


def get_circuit_to_write(event: Event, code: str) -> Circuit:
    """Return the circuit with its row locked until the commit (PostgreSQL; on SQLite the turn does it)."""
    return _found_circuit(db.session.scalar(_circuit(event, code).with_for_update(of=Circuit)), code)


def list_shapes(event: Event) -> Sequence[PlanShape]:
    """Return fire lanes, routes, water and words of the event's plan, in the order of drawing."""
    own = select(PlanShape).where(PlanShape.event_id == event.id).order_by(PlanShape.id)
    return db.session.scalars(own.options(joinedload(PlanShape.carried))).all()


def get_shape(event: Event, ref: str) -> PlanShape:
    """Return the shape with that id; raises `NotFound`."""
    return _found_shape(db.session.scalar(_shape(event, ref)), ref)


def get_shape_to_write(event: Event, ref: str) -> PlanShape:
    """Return the shape with its row locked until the commit (PostgreSQL; on SQLite the turn does it)."""
    return _found_shape(db.session.scalar(_shape(event, ref).with_for_update()), ref)


def find_background(event: Event) -> PlanBackground | None:
    """Return the picture under the event's plan, if it has one."""
    own = select(PlanBackground).where(PlanBackground.event_id == event.id)
    return db.session.scalar(own.options(joinedload(PlanBackground.file)))


def find_on_plan(event: Event, kind: Kind, refs: Collection[str]) -> dict[str, Any]:
    """Return the things of a kind with those ids, by id; their rows are locked until the commit."""
    model: Any = MODELS[kind]
    own = select(model).where(model.event_id == event.id, model.ref.in_(refs)).order_by(model.id)
    return {row.ref: row for row in db.session.scalars(own.with_for_update(of=model))}


def plan_facts(kind: Kind, row: Any) -> dict[str, Any]:
    """Return what the editor knows of a thing."""
    facts = asdict(row.facts)
    return {name: facts[name] for name in FACTS[kind]}


def list_standing(event: Event) -> dict[str, Standing]:
    """Return the event's booths as an import compares them, by code."""
    return {
        booth.code: Standing(ref=booth.ref, version=booth.version, facts=booth.facts)
        for booth in list_booths(event)
    }


def dry_run_booths(event: Event, rows: Rows) -> DryRun:
    """Return what the rows of a sheet would do to the event's booths."""
    ground = Ground(
        zones={zone.code: zone.box for zone in list_zones(event)},
        circuits={circuit.code for circuit in list_circuits(event)},
        delegations={delegation.ref for delegation in list_delegations(event)},
    )
    return plan_booths(rows, list_standing(event), ground)


def circuit_facts(circuit: Circuit) -> dict[str, Any]:
    """Return what the editor knows of a circuit."""
    return asdict(circuit.facts)


def list_things(event: Event) -> list[Thing]:
    """Return all that the rules of the plan ask about: zones, circuits, stages, booths, lanes, facilities."""
    shapes = (shape for shape in list_shapes(event) if shape.kind is ShapeKind.FIRE_LANE)
    return [
        *(
            Thing(kind="zone", key=zone.ref, code=zone.code, box=zone.box, limit=zone.limit_kw)
            for zone in list_zones(event)
        ),
        *(
            Thing(kind="circuit", key=one.code, code=one.code, zone=one.zone.code, limit=one.limit_kw)
            for one in list_circuits(event)
        ),
        *(
            Thing(kind="stage", key=stage.ref, code=stage.code, box=stage.box, zone=stage.zone.code)
            for stage in list_stages(event)
        ),
        *(_booth_thing(booth) for booth in list_booths(event)),
        *(Thing(kind="lane", key=shape.ref, box=shape.box) for shape in shapes),
        *(
            Thing(kind="facility", key=place.ref, box=Box(x=place.x, y=place.y, w=0, h=0))
            for place in list_facilities(event)
        ),
    ]


def _booth_thing(booth: Booth) -> Thing:
    return Thing(
        kind="booth",
        key=booth.ref,
        code=booth.code,
        box=booth.box,
        zone=booth.zone.code,
        category=booth.category,
        flame=booth.open_flame,
        kw=booth.power_kw,
        circuit=booth.circuit.code if booth.circuit else None,
        off=booth.is_cancelled,
    )


def _booth(event: Event, code: str) -> Select[Booth]:
    return select(Booth).where(Booth.event_id == event.id, Booth.code == code)


def _found(booth: Booth | None, code: str) -> Booth:
    if booth is None:
        raise NotFound(N_("There is no booth “%(code)s” here."), code=code)
    return booth


def _circuit(event: Event, code: str) -> Select[Circuit]:
    return select(Circuit).where(Circuit.event_id == event.id, Circuit.code == code)


def _found_circuit(circuit: Circuit | None, code: str) -> Circuit:
    if circuit is None:
        raise NotFound(N_("There is no circuit “%(code)s” here."), code=code)
    return circuit


def _shape(event: Event, ref: str) -> Select[PlanShape]:
    return select(PlanShape).where(PlanShape.event_id == event.id, PlanShape.ref == ref)


def _found_shape(shape: PlanShape | None, ref: str) -> PlanShape:
    if shape is None:
        raise NotFound(N_("There is no shape “%(ref)s” on the plan."), ref=ref)
    return shape
