"""A proposal as people look at it: rows stage by stage, and the days as small drawings."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from eventsite.scheduling.core.blocks import ceil_to
from eventsite.scheduling.core.judging import Placed, placed
from eventsite.scheduling.core.values import Act, Outcome, Range, Spot, Task
from eventsite.scheduling.queries import Names
from eventsite.scheduling.views_admin.clock import Clock
from eventsite.web.language import pick

HOUR = 60
ROW, HEAD, SIDE = 30, 18, 34  # of the drawing: a stage's height, the hours' and the codes' margins
LETTER = 11  # minutes that a Chinese character takes in the drawing; two other letters take as much


@dataclass(frozen=True, kw_only=True)
class Line:
    """An item on its stage; `was` says where it had been, `is_new` that the proposal placed it."""

    ref: str
    title: str
    about: str
    day: str
    times: str
    is_new: bool
    was: str = ""


@dataclass(frozen=True, kw_only=True)
class StageLines:
    """The items of a stage in the order of their start."""

    code: str
    name: str
    lines: Sequence[Line]

    @property
    def new(self) -> int:
        """Return how many the proposal placed there."""
        return sum(line.is_new for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class Box:
    """An item in a drawing."""

    ref: str
    x: int
    y: int
    width: int
    label: str
    title: str
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A day: its hours from left to right, its stages from top to bottom."""

    label: str
    width: int
    height: int
    hours: Sequence[tuple[int, str]]
    stages: Sequence[tuple[int, str]]
    boxes: Sequence[Box] = field(repr=False)


def stage_lines(task: Task, outcome: Outcome, names: Names, clock: Clock) -> list[StageLines]:
    """Return what would be on each stage, stages by code."""
    ones = sorted(placed(task, outcome.spots), key=lambda one: (one.spot.stage, one.spot.start, one.act.ref))
    return [
        StageLines(
            code=code,
            name=pick(names.stages[code], "name") if code in names.stages else "",
            lines=[_line(one, names, clock) for one in ones if one.spot.stage == code],
        )
        for code in dict.fromkeys(one.spot.stage for one in ones)
    ]


def drawings(task: Task, outcome: Outcome, names: Names, clock: Clock) -> list[Drawing]:
    """Return each day as a drawing."""
    ones = placed(task, outcome.spots)
    return [_drawing(day, _of_day(day, task.days, ones), names, clock) for day in task.days]


def title_of(ref: str, names: Names) -> str:
    """Return an item's title, its id where it is gone since."""
    return pick(names.items[ref], "title") if ref in names.items else ref


def _line(one: Placed, names: Names, clock: Clock) -> Line:
    act, spot = one.act, one.spot
    was = act.at if act.free and act.at != spot else None
    return Line(
        ref=act.ref,
        title=title_of(act.ref, names),
        about=_about(act, names),
        day=clock.day(spot.start),
        times=_times(spot, act, clock),
        is_new=act.free and act.at != spot,
        was=f"{was.stage} {clock.words(was.start)}" if was else "",
    )


def _about(act: Act, names: Names) -> str:
    item = names.items.get(act.ref)
    troupe = names.troupes.get(act.troupe)
    delegation = (item.delegation if item else None) or (troupe.delegation if troupe else None)
    found = (pick(troupe, "name") if troupe else "", pick(delegation, "city") if delegation else "")
    return " · ".join(word for word in found if word)


def _times(spot: Spot, act: Act, clock: Clock) -> str:
    return f"{clock.time(spot.start)}–{clock.time(spot.start + act.minutes)}"


def _of_day(day: Range, days: Sequence[Range], ones: Sequence[Placed]) -> list[Placed]:
    """Return what is nearest to a day: an item outside all hours is drawn with the day that it begins by."""
    return [one for one in ones if min(days, key=lambda other: _away(one.spot.start, other)) == day]


def _away(minute: int, day: Range) -> int:
    return max(day[0] - minute, minute - day[1] + 1, 0)


def _drawing(day: Range, ones: Sequence[Placed], names: Names, clock: Clock) -> Drawing:
    first = min((day[0], *(one.spot.start for one in ones))) // HOUR * HOUR
    last = ceil_to(max((day[1], *(one.spot.start + one.act.minutes for one in ones))), HOUR)
    codes = sorted({one.spot.stage for one in ones})
    return Drawing(
        label=clock.day(day[0]),
        width=SIDE + last - first,
        height=HEAD + ROW * len(codes),
        hours=[(SIDE + minute - first, clock.time(minute)) for minute in range(first, last, HOUR)],
        stages=[(HEAD + ROW * row, code) for row, code in enumerate(codes)],
        boxes=[
            Box(
                ref=one.act.ref,
                x=SIDE + one.spot.start - first,
                y=HEAD + ROW * codes.index(one.spot.stage),
                width=one.act.minutes,
                label=_cut(title_of(one.act.ref, names), one.act.minutes),
                title=f"{_times(one.spot, one.act, clock)} {title_of(one.act.ref, names)}",
                is_new=one.act.free and one.act.at != one.spot,
            )
            for one in ones
        ],
    )


def _cut(title: str, minutes: int) -> str:
    """Return as much of a title as fits into so many minutes of the drawing, nothing of one letter."""
    room, found = (minutes - 4) * 2, ""
    for letter in title:
        room -= 2 * LETTER if ord(letter) > 0x2E80 else LETTER
        if room < 0:
            break
        found += letter
    return found if len(found) > 1 else ""
