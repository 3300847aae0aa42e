"""What there is to place, as a task; proposals and lots."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from math import floor

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from eventsite.applications.models import Application
from eventsite.applications.queries import Placeable, list_holdings, list_placeable
from eventsite.database import db
from eventsite.events.models import Event
from eventsite.events.queries import list_zones
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.market.core import total_power
from eventsite.market.models import Booth
from eventsite.market.queries import list_booths, list_circuits
from eventsite.placement.core.pairs import joined
from eventsite.placement.core.values import Apart, Circuit, Place, Task, Unit
from eventsite.placement.enums import ProposalStatus
from eventsite.placement.models import Lot, LotEntry, Proposal

TENTHS = 10  # of a kW
APART = (
    Apart(one="flame", other="heritage", gap=60),  # 3 m in units of the plan
    Apart(one="food", other="heritage", gap=20),  # 1 m
)
"""Distances that a proposal keeps; the plan warns of the same ones."""


def task_for(event: Event, *, zone: str = "", category: str = "") -> Task:
    """Return what is to be placed: the accepted applications, and the booths that are theirs to hold or free.

    Free is a planned booth that no delegation holds and that is not open: a confirmed one is settled, also
    where the organizing committee keeps it, such as a service point. What other booths draw is taken off the
    room of their circuit and zone. `zone` and `category` narrow the applications.
    """
    wanted = [
        one for one in list_placeable(event) if zone in ("", one.zone) and category in ("", one.category)
    ]
    held = {code for one in wanted for code in one.held}
    booths = list_booths(event)
    taken = {holding.booth.code for holding in list_holdings(event)}
    places = [booth for booth in booths if booth.code in held or (booth.code not in taken and booth.is_free)]
    units = {one.ref: _unit(one) for one in wanted}
    partners = {one.ref: one.partner for one in wanted if one.partner}
    return Task(
        units=joined(units, partners),
        places=tuple(_place(booth) for booth in places),
        circuits=_circuits(event, booths, {booth.code for booth in places}),
        apart=APART,
    )


def list_proposals(event: Event) -> Sequence[Proposal]:
    """Return the event's proposals, the newest first."""
    own = select(Proposal).where(Proposal.event_id == event.id)
    return db.session.scalars(own.order_by(Proposal.id.desc())).all()


def is_under_way(event: Event) -> bool:
    """Tell whether a proposal of the event waits or is being worked out."""
    under_way = (ProposalStatus.WAITING, ProposalStatus.SOLVING)
    own = select(Proposal.id).where(Proposal.event_id == event.id, Proposal.status.in_(under_way))
    return db.session.scalar(own.limit(1)) is not None


def get_proposal(event: Event, number: int) -> Proposal:
    """Return a proposal; raises `NotFound`."""
    found = db.session.scalar(select(Proposal).where(Proposal.event_id == event.id, Proposal.id == number))
    if found is None:
        raise NotFound(N_("There is no such proposal."))
    return found


def hold_proposal(event_id: int, number: int) -> Proposal:
    """Return a proposal with its row locked until the commit (on SQLite the turn does it); or `NotFound`."""
    own = select(Proposal).where(Proposal.event_id == event_id, Proposal.id == number)
    found = db.session.scalar(own.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound(N_("There is no such proposal."))
    return found


def find_waiting(*, now: datetime, given_up: timedelta) -> int | None:
    """Return the id of the proposal that has waited longest, also one whose job process died."""
    lost = now - given_up
    waits = Proposal.status == ProposalStatus.WAITING
    dead = (Proposal.status == ProposalStatus.SOLVING) & (Proposal.started_at < lost)
    return db.session.scalar(select(Proposal.id).where(or_(waits, dead)).order_by(Proposal.id).limit(1))


def list_lots(event: Event) -> Sequence[Lot]:
    """Return the event's lots, the newest first."""
    own = select(Lot).where(Lot.event_id == event.id).options(joinedload(Lot.zone))
    return db.session.scalars(own.order_by(Lot.id.desc())).all()


def get_lot(event: Event, code: str) -> Lot:
    """Return a lot; raises `NotFound`."""
    found = db.session.scalar(select(Lot).where(Lot.event_id == event.id, Lot.code == code))
    if found is None:
        raise NotFound(N_("There is no such lot."))
    return found


def hold_lot(event: Event, code: str) -> Lot:
    """Return a lot with its row locked until the commit (on SQLite the turn does it); or `NotFound`."""
    own = select(Lot).where(Lot.event_id == event.id, Lot.code == code)
    found = db.session.scalar(own.with_for_update(of=Lot).execution_options(populate_existing=True))
    if found is None:
        raise NotFound(N_("There is no such lot."))
    return found


def list_members(lot: Lot) -> Sequence[LotEntry]:
    """Return who takes part in a frozen lot, by entry id."""
    own = select(LotEntry).where(LotEntry.lot_id == lot.id).order_by(LotEntry.entry_code)
    return db.session.scalars(own.options(joinedload(LotEntry.application))).all()


def applications_by_ref(event: Event, refs: Iterable[str]) -> dict[str, Application]:
    """Return the event's applications with these numbers, by number."""
    found = db.session.scalars(
        select(Application)
        .where(Application.event_id == event.id, Application.ref.in_(set(refs)))
        .order_by(Application.id)
    )
    return {one.ref: one for one in found}


def _place(booth: Booth) -> Place:
    circuit = booth.circuit.code if booth.circuit else None
    return Place(
        code=booth.code, zone=booth.zone.code, category=booth.category, box=booth.box, circuit=circuit
    )


def _unit(one: Placeable) -> Unit:
    return Unit(
        ref=one.ref,
        name=one.unit_zh,
        category=one.category,
        zone=one.zone,
        wishes=one.wishes,
        near=one.near,
        delegation=one.delegation,
        trade=one.trade,
        load=round(one.kw * TENTHS),
        flame=one.flame,
        places=len(one.held) or one.places,
        fixed=tuple(sorted(one.held)),
    )


def _circuits(event: Event, booths: Sequence[Booth], places: set[str]) -> tuple[Circuit, ...]:
    """Return what circuits and, where a limit is known, zones have left beside the places of the task."""
    drawn: dict[int | None, list[float]] = defaultdict(list)
    in_zone: dict[int, list[float]] = defaultdict(list)
    for booth in booths:
        if booth.code not in places and not booth.is_cancelled:
            drawn[booth.circuit_id].append(booth.power_kw)
            in_zone[booth.zone_id].append(booth.power_kw)
    return (
        *(
            Circuit(code=circuit.code, room=_tenths(circuit.limit_kw, drawn[circuit.id]))
            for circuit in list_circuits(event)
        ),
        *(
            Circuit(code=zone.code, room=_tenths(zone.limit_kw, in_zone[zone.id]), of_zone=True)
            for zone in list_zones(event)
            if zone.limit_kw is not None
        ),
    )


def _tenths(limit: float, drawn: Iterable[float]) -> int:
    """Return the whole tenths of a kW that are left; 10 less 7.7 kW are 23, whatever binary fractions say."""
    return floor(total_power([limit, *(-kw for kw in drawn)]) * 100 + 0.5) // TENTHS
