"""What the dashboard shows, read in a few queries."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from eventsite.admin.core import ZoneLoad, zone_load
from eventsite.checkin.models import Stamp, VisitorPass
from eventsite.checkin.queries import count_passes
from eventsite.database import db
from eventsite.events.models import Event
from eventsite.events.queries import list_zones
from eventsite.helpdesk.queries import find_last_observation
from eventsite.readiness.models import Milestone, Permit
from eventsite.readiness.queries import list_milestones, list_permits

MILESTONES_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class StampFacts:
    """Stamps of a day and passes of the event; `demo` of the passes were made for a demonstration."""

    today: int
    passes: int
    demo: int
    with_entry: int


@dataclass(frozen=True, kw_only=True)
class Footfall:
    """The latest count by zone."""

    at: datetime
    zones: tuple[ZoneLoad, ...]

    @property
    def people(self) -> int:
        """Return how many people were counted in all zones."""
        return sum(zone.people for zone in self.zones)


def stamp_facts(event: Event, day: date, stamps_for_entry: int) -> StampFacts:
    """Return how the stamp rally goes."""
    today = db.session.scalar(select(func.count()).where(Stamp.event_id == event.id, Stamp.day == day))
    demo = select(func.count()).where(VisitorPass.event_id == event.id, VisitorPass.is_demo)
    with_entry = select(func.count()).where(
        VisitorPass.event_id == event.id, VisitorPass.stamps >= stamps_for_entry
    )
    return StampFacts(
        today=today or 0,
        passes=count_passes(event),
        demo=db.session.scalar(demo) or 0,
        with_entry=(db.session.scalar(with_entry) or 0) if stamps_for_entry else 0,
    )


def footfall(event: Event, now: datetime) -> Footfall | None:
    """Return the latest footfall count, `None` before the first."""
    count = find_last_observation(event, now)
    if count is None:
        return None
    zones = tuple(
        zone_load(zone.code, int(count.by_zone.get(zone.ref, 0)), zone.capacity, zone.crowd_levels)
        for zone in list_zones(event)
    )
    return Footfall(at=datetime.combine(count.date, count.time, event.zone), zones=zones)


def coming_milestones(event: Event, today: date) -> list[tuple[Milestone, date]]:
    """Return the milestones that are due today or later, the nearest first."""
    if not event.days:
        return []
    first = event.days[0].date
    dated = [(row, row.date_from(first)) for row in list_milestones(event)]
    return [pair for pair in dated if pair[1] >= today][:MILESTONES_SHOWN]


def permits_by_day(event: Event) -> list[tuple[Permit, date | None]]:
    """Return the permits that the organizers track, with the last day to apply."""
    first = event.days[0].date if event.days else None
    return [(row, row.latest_from(first) if first else None) for row in list_permits(event)]
