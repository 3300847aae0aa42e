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
WIDE = 0x2000  # letters from here on take the room of a Chinese one
PAD = 2  # minutes on both sides of a label together
ROW, HEAD, SIDE = 30, 18, 34  # of the drawing: a stage's height, the hours' and the codes' margins
LETTER, THIN = 18, 12  # half minutes that a Chinese character and a Latin letter take in the drawing


@dataclass(frozen=True, kw_only=True)
class Line:
    """An item that the proposal puts on a stage, where it `was`, and with what comes before and after it."""

    ref: str
    title: str
    about: str
    day: str
    times: str
    was: str
    previous: str
    following: str


@dataclass(frozen=True, kw_only=True)
class StageLines:
    """What the proposal puts on a stage, in the order of the start."""

    code: str
    name: str
    lines: Sequence[Line]


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
    """Return what the proposal puts on each stage, stages by code."""
    ones = sorted(placed(task, outcome.spots), key=lambda one: (one.spot.stage, one.spot.start, one.act.ref))
    by_stage = {code: [one for one in ones if one.spot.stage == code] for code in task.stages}
    return [
        StageLines(
            code=code,
            name=pick(names.stages[code], "name") if code in names.stages else "",
            lines=[
                _line(one, _beside(own, place, task.days), names, clock)
                for place, one in enumerate(own)
                if is_new(one)
            ],
        )
        for code, own in by_stage.items()
        if any(is_new(one) for one in own)
    ]


def is_new(one: Placed) -> bool:
    """Tell whether the proposal put an act where it is."""
    return one.act.free and one.act.at != one.spot


def drawings(task: Task, outcome: Outcome, names: Names, clock: Clock) -> list[Drawing]:
    """Return each day as a drawing."""
    ones = placed(task, outcome.spots)
    return [
        _drawing(day, [one for one in ones if _day_of(one, task.days) == day], names, clock)
        for day in task.days
    ]


def title_of(ref: str, names: Names) -> str:
    """Return an item's title, its id where it is gone since."""
    return pick(names.items[ref], "title") if ref in names.items else ref


def _beside(own: Sequence[Placed], place: int, days: Sequence[Range]) -> tuple[str, str]:
    """Return the ids of what comes before and after on the stage and day, empty where nothing does."""
    day = _day_of(own[place], days)
    before = own[place - 1] if place and _day_of(own[place - 1], days) == day else None
    after = next((one for one in own[place + 1 : place + 2] if _day_of(one, days) == day), None)
    return before.act.ref if before else "", after.act.ref if after else ""


def _line(one: Placed, beside: tuple[str, str], names: Names, clock: Clock) -> Line:
    act, spot = one.act, one.spot
    return Line(
        ref=act.ref,
        title=title_of(act.ref, names),
        about=_about(act, names),
        day=clock.day(spot.start),
        times=_times(spot, act, clock),
        was=f"{act.at.stage} {clock.words(act.at.start)}" if act.at else "",
        previous=title_of(beside[0], names),
        following=title_of(beside[1], names),
    )


def _about(act: Act, names: Names) -> str:
    item = names.items.get(act.ref)
    troupe = names.troupes.get(act.troupe)
    delegation = (item.delegation if item else None) or (troupe.delegation if troupe else None)
    found = (pick(troupe, "name") if troupe else "", pick(delegation, "city") if delegation else "")
    return " · ".join(word for word in found if word)


def _times(spot: Spot, act: Act, clock: Clock) -> str:
    return f"{clock.time(spot.start)}–{clock.time(spot.start + act.minutes)}"


def _day_of(one: Placed, days: Sequence[Range]) -> Range:
    """Return the day that is nearest to an item, also to one outside all hours."""
    return min(days, key=lambda day: _away(one.spot.start, day))


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
                is_new=is_new(one),
            )
            for one in ones
        ],
    )


def _cut(title: str, minutes: int) -> str:
    """Return as much of a title as fits into so many minutes of the drawing, nothing of one letter."""
    room, found = (minutes - PAD) * 2, ""
    for letter in title:
        room -= LETTER if ord(letter) >= WIDE else THIN
        if room < 0:
            break
        found += letter
    return found if len(found) > 1 else ""
