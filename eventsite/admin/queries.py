"""What the dashboard shows, read in a few queries."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from eventsite.checkin.models import Stamp, VisitorPass
from eventsite.checkin.queries import count_passes
from eventsite.database import db
from eventsite.events.models import Event
from eventsite.readiness.core import Countdown, Load, LoadLevel, milestone_day, permit_day
from eventsite.readiness.enums import FaultState, Part
from eventsite.readiness.models import Milestone, Permit
from eventsite.readiness.queries import (
    list_faults,
    list_milestones,
    list_permits,
    loads_of,
    readiness_of,
)

MILESTONES_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class StampFacts:
    """Stamps of a day and passes of the event; `demo` of the passes were made for a demonstration."""

    today: int
    passes: int
    demo: int
    with_entry: int


def stamp_facts(event: Event, day: date, stamps_for_entry: int) -> StampFacts:
    """Return how the stamp rally goes."""
    today = db.session.scalar(select(func.count()).where(Stamp.event_id == event.id, Stamp.day == day))
    demo = select(func.count()).where(VisitorPass.event_id == event.id, VisitorPass.is_demo)
    with_entry = select(func.count()).where(
        VisitorPass.event_id == event.id,
        VisitorPass.stamps >= stamps_for_entry,
        VisitorPass.is_staff.is_(False),
    )
    return StampFacts(
        today=today or 0,
        passes=count_passes(event),
        demo=db.session.scalar(demo) or 0,
        with_entry=(db.session.scalar(with_entry) or 0) if stamps_for_entry else 0,
    )


@dataclass(frozen=True, kw_only=True)
class Dates:
    """Permits and milestones with their days, counted from the first day of the fair; done ones left out."""

    permits: Sequence[tuple[Permit, Countdown]]
    milestones: Sequence[tuple[Milestone, Countdown]]

    @property
    def wrong_permits(self) -> list[tuple[Permit, Countdown]]:
        """Return the permits that are late or refused."""
        return [pair for pair in self.permits if pair[1].is_wrong]

    @property
    def late(self) -> list[tuple[Milestone, Countdown]]:
        """Return the milestones that are late."""
        return [pair for pair in self.milestones if pair[1].is_wrong]

    @property
    def ahead(self) -> list[tuple[Milestone, Countdown]]:
        """Return the next milestones, the nearest first."""
        return [pair for pair in self.milestones if not pair[1].is_wrong][:MILESTONES_SHOWN]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far the booths are: how many are ready, what the others lack, which loads are over their limit."""

    every: int
    ready: int
    lacking: Sequence[tuple[Part, int]]
    over: Sequence[Load]
    unassigned: int
    faults: int


def dates_of(event: Event, today: date) -> Dates:
    """Return the permits in their order, and the milestones that are not done, the earliest first."""
    if not event.days:
        return Dates(permits=(), milestones=())
    first = event.days[0].date
    permits = [(row, permit_day(row.status, row.latest_from(first), today)) for row in list_permits(event)]
    due = [
        (row, milestone_day(done=False, due=row.date_from(first), today=today))
        for row in list_milestones(event)
        if row.done_at is None
    ]
    return Dates(permits=permits, milestones=due)


def standing_of(event: Event) -> Standing:
    """Return how far the booths are."""
    rows, loads = readiness_of(event), loads_of(event)
    lacking = Counter(part for row in rows for part in row.parts)
    faults = [fault for fault in list_faults(event) if fault.state is not FaultState.CLOSED]
    over = (load for load in (*loads.circuits.values(), *loads.zones.values()))
    return Standing(
        every=len(rows),
        ready=sum(row.is_ready for row in rows),
        lacking=lacking.most_common(),
        over=[load for load in over if load.level is LoadLevel.OVER],
        unassigned=sum(fault.state is FaultState.OPEN for fault in faults),
        faults=len(faults),
    )
