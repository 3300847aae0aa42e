"""Which booths are ready, and what the others lack: a constant number of queries for a whole fair."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from eventsite.applications.queries import declared_loads
from eventsite.database import db
from eventsite.events.models import Event
from eventsite.events.queries import list_zones
from eventsite.giveaways.models import Giveaway
from eventsite.market.models import Booth, Clearance
from eventsite.market.queries import list_booths, list_circuits
from eventsite.readiness.core import (
    Evidence,
    Load,
    Missing,
    Paper,
    PermitPaper,
    load_of,
    missing_of,
    needed_papers,
)
from eventsite.readiness.enums import CheckKind, Concern, FaultState, Moment, Part, PassKind
from eventsite.readiness.models import (
    AccessPass,
    BoothCheck,
    Certificate,
    Fault,
    Permit,
    SetupPhoto,
)
from eventsite.readiness.queries.dates import list_permits


@dataclass(frozen=True, kw_only=True)
class BoothReadiness:
    """A booth with what it lacks, what it draws in kW, and what stands around it."""

    booth: Booth
    power_kw: float
    evidence: Evidence
    missing: tuple[Missing, ...]
    checks: Mapping[CheckKind, BoothCheck]
    clearance: Clearance | None
    faults: int
    moments: frozenset[Moment]

    @property
    def is_ready(self) -> bool:
        """Tell whether all is in."""
        return not self.missing

    @property
    def parts(self) -> frozenset[Part]:
        """Return the parts in which something is missing."""
        return frozenset(one.part for one in self.missing)

    @property
    def ordered_parts(self) -> list[Part]:
        """Return those parts in their order."""
        return [part for part in Part if part in self.parts]

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return self.booth.words


@dataclass(frozen=True, kw_only=True)
class Loads:
    """Announced loads by circuit and by zone, and in kW by booth id; cancelled booths are left out."""

    booths: Mapping[int, float]
    circuits: Mapping[str, Load]
    zones: Mapping[str, Load]


def loads_of(event: Event, booths: Sequence[Booth] | None = None) -> Loads:
    """Return the load of each circuit and zone of the event against its limit.

    A booth draws what is announced for its place, or more where its exhibitor declared more.
    """
    standing = [
        booth for booth in (list_booths(event) if booths is None else booths) if not booth.is_cancelled
    ]
    declared = declared_loads(event)
    drawn = {booth.id: max(booth.power_kw, declared.get(booth.id, 0.0)) for booth in standing}
    by_circuit, by_zone = defaultdict(list), defaultdict(list)
    for booth in standing:
        by_zone[booth.zone_id].append(drawn[booth.id])
        if booth.circuit_id is not None:
            by_circuit[booth.circuit_id].append(drawn[booth.id])
    return Loads(
        booths=drawn,
        circuits={
            one.code: load_of(one.code, by_circuit[one.id], one.limit_kw) for one in list_circuits(event)
        },
        zones={zone.code: load_of(zone.code, by_zone[zone.id], zone.limit_kw) for zone in list_zones(event)},
    )


def readiness_of(event: Event, *, only: Iterable[Booth] | None = None) -> list[BoothReadiness]:
    """Return how ready the event's booths are, in their order; cancelled ones take no part.

    `only` keeps to some booths; loads count all.
    """
    every = list_booths(event)
    loads = loads_of(event, every)
    wanted = {booth.id for booth in every if not booth.is_cancelled}
    if only is not None:
        wanted &= {booth.id for booth in only}
    around = _Around.read(event)
    return [_judge(event, booth, loads, around) for booth in every if booth.id in wanted]


@dataclass(frozen=True, kw_only=True)
class _Around:
    """The rows of all booths, by booth."""

    permits: Sequence[Permit]
    papers: Mapping[int, Sequence[Certificate]]
    checks: Mapping[int, Mapping[CheckKind, BoothCheck]]
    passes: Counter[int]
    inside: Counter[int]
    gifts: frozenset[int]
    clearances: Mapping[int, Clearance]
    faults: Counter[int]
    moments: Mapping[int, frozenset[Moment]]

    @classmethod
    def read(cls, event: Event) -> "_Around":
        papers: dict[int, list[Certificate]] = defaultdict(list)
        for paper in db.session.scalars(select(Certificate).where(Certificate.event_id == event.id)):
            papers[paper.booth_id].append(paper)
        checks: dict[int, dict[CheckKind, BoothCheck]] = defaultdict(dict)
        for check in db.session.scalars(select(BoothCheck).where(BoothCheck.event_id == event.id)):
            checks[check.booth_id][check.kind] = check
        moments: dict[int, frozenset[Moment]] = defaultdict(frozenset)
        photos = select(SetupPhoto.booth_id, SetupPhoto.moment).where(SetupPhoto.event_id == event.id)
        for booth_id, moment in db.session.execute(photos.distinct()):
            moments[booth_id] |= {moment}
        passes, inside = _count_passes(event)
        cleared = db.session.scalars(select(Clearance).where(Clearance.event_id == event.id))
        return cls(
            permits=list_permits(event),
            papers=papers,
            checks=checks,
            passes=passes,
            inside=inside,
            gifts=frozenset(
                db.session.scalars(select(Giveaway.booth_id).where(Giveaway.event_id == event.id))
            ),
            clearances={one.booth_id: one for one in cleared},
            faults=_count_faults(event),
            moments=moments,
        )


def _count_passes(event: Event) -> tuple[Counter[int], Counter[int]]:
    """Return how many staff passes booths have in force, and how many of them have come in."""
    own = select(AccessPass.booth_id, func.count(), func.sum(AccessPass.entries)).where(
        AccessPass.event_id == event.id,
        AccessPass.kind == PassKind.STAFF,
        AccessPass.revoked_at.is_(None),
        AccessPass.booth_id.is_not(None),
    )
    rows = db.session.execute(own.group_by(AccessPass.booth_id)).all()
    held = [(int(booth_id or 0), number, int(entries)) for booth_id, number, entries in rows]
    return Counter({row[0]: row[1] for row in held}), Counter({row[0]: row[2] for row in held})


def _count_faults(event: Event) -> Counter[int]:
    own = select(Fault.booth_id, func.count()).where(
        Fault.event_id == event.id, Fault.state != FaultState.CLOSED, Fault.booth_id.is_not(None)
    )
    rows = db.session.execute(own.group_by(Fault.booth_id))
    return Counter({int(booth_id or 0): number for booth_id, number in rows})


def _judge(event: Event, booth: Booth, loads: Loads, around: _Around) -> BoothReadiness:
    evidence = _evidence(event, booth, loads, around)
    return BoothReadiness(
        booth=booth,
        power_kw=loads.booths[booth.id],
        evidence=evidence,
        missing=missing_of(evidence),
        checks=around.checks.get(booth.id, {}),
        clearance=around.clearances.get(booth.id),
        faults=around.faults[booth.id],
        moments=around.moments.get(booth.id, frozenset()),
    )


def _evidence(event: Event, booth: Booth, loads: Loads, around: _Around) -> Evidence:
    checks = around.checks.get(booth.id, {})
    circuit = [loads.circuits[booth.circuit.code]] if booth.circuit else []
    draws_power = loads.booths[booth.id] > 0
    return Evidence(
        needed=needed_papers(
            booth.category,
            food_permit=booth.food_permit_required,
            open_flame=booth.open_flame,
            is_float=booth.kind == "float",
        ),
        papers=tuple(
            Paper(kind=paper.kind, expires_on=paper.expires_on, checked=paper.checked_at is not None)
            for paper in around.papers.get(booth.id, ())
        ),
        permits=tuple(
            PermitPaper(name_zh=permit.name_zh, name_en=permit.name_en, status=permit.status)
            for permit in around.permits
            if is_concerned(booth, permit.concerns)
        ),
        last_day=event.days[-1].date if event.days else date.max,
        draws_power=draws_power,
        needs_circuit=draws_power and bool(loads.circuits) and booth.circuit is None,
        loads=(*circuit, loads.zones[booth.zone.code]),
        inspected=CheckKind.POWER in checks,
        allowed=booth.staff_passes,
        passes=around.passes[booth.id],
        inside=around.inside[booth.id],
        people_ticked=CheckKind.PEOPLE in checks,
        sign_up=CheckKind.SIGN in checks,
        has_gifts=booth.id in around.gifts,
        gifts_counted=CheckKind.GIFTS in checks,
    )


def is_concerned(booth: Booth, concern: Concern) -> bool:
    """Tell whether a booth waits for a permit with that concern."""
    return {
        Concern.EVERY: True,
        Concern.FOOD: booth.food_permit_required,
        Concern.FLAME: booth.open_flame,
        Concern.FLOAT: booth.kind == "float",
        Concern.NONE: False,
    }[concern]
