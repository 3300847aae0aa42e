"""Days, phases and zones of an event: plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from eventsite.events.enums import Phase
from eventsite.kernel.boxes import Box
from eventsite.kernel.colours import faults_of_theme
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.ranges import TimeRange, local_range
from eventsite.kernel.words import N_


@dataclass(frozen=True, kw_only=True)
class OpenDay:
    """A day of the fair with its opening hours as instants."""

    date: date
    hours: TimeRange


def open_day(day: date, opens: time, closes: time, zone: tzinfo) -> OpenDay:
    """Build a day; `closes` at or before `opens` is on the next calendar day."""
    end_day = day if closes > opens else day + timedelta(days=1)
    return OpenDay(date=day, hours=local_range(day, opens, closes, zone, end_day))


def phase_at(days: Sequence[OpenDay], now: datetime) -> Phase:
    """Return where `now` stands in the days of an event (in order)."""
    if not days or now < days[0].hours.start:
        return Phase.BEFORE
    if now >= days[-1].hours.end:
        return Phase.OVER
    return Phase.OPEN if any(now in day.hours for day in days) else Phase.BETWEEN


def current_day(days: Sequence[OpenDay], now: datetime) -> OpenDay | None:
    """Return the day that visitors mean by "today": the one that is on, else the next, else the last."""
    for day in days:
        if now < day.hours.end:
            return day
    return days[-1] if days else None


@dataclass(frozen=True, kw_only=True)
class ZoneFacts:
    """What an organizer says of a zone."""

    code: str
    order: int
    name_zh: str
    name_en: str
    literal_gloss: str
    suffix_zh: str
    kind: str
    description_zh: str
    description_en: str
    highlights_zh: tuple[str, ...]
    color: str
    capacity: int
    map_x: float
    map_y: float
    map_w: float
    map_h: float
    grid_code: str

    @property
    def box(self) -> Box:
        """Return its place on the plan."""
        return Box(x=self.map_x, y=self.map_y, w=self.map_w, h=self.map_h)


def check_zone(facts: ZoneFacts, ground: Box | None, neighbours: Mapping[str, Box]) -> None:
    """Refuse a zone that leaves the plan, takes another's ground (`Conflict`) or has an unreadable colour."""
    if ground and not ground.contains(facts.box):
        raise Conflict(
            N_("Zone %(code)s would reach out of the plan, which is %(width)g wide and %(height)g deep."),
            field="map_x",
            code=facts.code,
            width=ground.w,
            height=ground.h,
        )
    for code, box in neighbours.items():
        if facts.box.overlaps(box):
            raise Conflict(
                N_("Zone %(code)s would stand on the ground of zone %(other)s."),
                field="map_x",
                code=facts.code,
                other=code,
            )
    for fault in faults_of_theme({}, {facts.code: facts.color}):
        raise DomainError(fault.message, field="color", **fault.params)
