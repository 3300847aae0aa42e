"""Days, phases, zones and places of an event: plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum

from eventsite.events.enums import Phase
from eventsite.kernel.boxes import Box, metres
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


class Spot(Enum):
    """A ninth of the plan; the value says where it is."""

    TOP_LEFT = N_("top left")
    TOP = N_("top")
    TOP_RIGHT = N_("top right")
    LEFT = N_("left")
    MIDDLE = N_("middle")
    RIGHT = N_("right")
    BOTTOM_LEFT = N_("bottom left")
    BOTTOM = N_("bottom")
    BOTTOM_RIGHT = N_("bottom right")


def spot_of(x: float, y: float, ground: Box) -> Spot:
    """Return the ninth of the plan that a point lies in; points outside count to the nearest."""
    column = min(max(int(3 * (x - ground.x) / ground.w), 0), 2)
    row = min(max(int(3 * (y - ground.y) / ground.h), 0), 2)
    return tuple(Spot)[3 * row + column]


def nearest(x: float, y: float, boxes: Mapping[str, Box]) -> str | None:
    """Return the code of the box nearest to a point, the first of equals; `None` where there are no boxes."""
    return min(boxes, key=lambda code: boxes[code].distance(x, y), default=None)


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
    limit_kw: float | None = None

    @property
    def box(self) -> Box:
        """Return its place on the plan."""
        return Box(x=self.map_x, y=self.map_y, w=self.map_w, h=self.map_h)


@dataclass(frozen=True, kw_only=True)
class StageFacts:
    """What an organizer says of a stage; `zone` is a zone's code, `map_*` are None until it has a place."""

    code: str
    name_zh: str
    name_en: str
    zone: str
    audience_capacity: int
    covered: bool
    map_x: float | None = None
    map_y: float | None = None
    map_w: float | None = None
    map_h: float | None = None


@dataclass(frozen=True, kw_only=True)
class FacilityFacts:
    """What an organizer says of a gate, a toilet, a first-aid point or a desk."""

    kind: str
    name_zh: str
    name_en: str
    x: float
    y: float


def check_stage(facts: StageFacts) -> None:
    """Raise `DomainError` for a place on the plan that is told in part."""
    told = [side is not None for side in (facts.map_x, facts.map_y, facts.map_w, facts.map_h)]
    if any(told) and not all(told):
        raise DomainError(
            N_("Say all four of the place on the plan, or none: from the left, from the top, width, depth."),
            field="map_x",
        )


def check_colour(code: str, colour: str) -> None:
    """Raise `DomainError` for a zone's colour on which nothing could be read."""
    for fault in faults_of_theme({}, {code: colour}):
        raise DomainError(fault.message, field="color", **fault.params)


def check_zone(facts: ZoneFacts, ground: Box | None, neighbours: Mapping[str, Box]) -> None:
    """Raise `Conflict` for a zone that leaves the plan or takes another's ground."""
    if ground and not ground.contains(facts.box):
        raise Conflict(
            N_("Zone %(code)s would reach out of the plan, which is %(width)g m wide and %(height)g m deep."),
            field="map_x",
            code=facts.code,
            width=metres(ground.w),
            height=metres(ground.h),
        )
    for code, box in neighbours.items():
        if facts.box.overlaps(box):
            raise Conflict(
                N_("Zone %(code)s would stand on the ground of zone %(other)s."),
                field="map_x",
                code=facts.code,
                other=code,
            )
