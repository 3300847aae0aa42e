"""The live clock: acts of the day, folded over the released programme into what is expected now.

Nothing is computed from the time of day: the same release and the same acts give the same programme. Delay
runs on along a stage and a fair day. Gaps absorb it, nothing is expected earlier than planned unless it was
started earlier, and fixed items stay where they are: what runs into them is told as a hit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from eventsite.kernel.ranges import TimeRange
from eventsite.programme.core.days import fair_day
from eventsite.programme.core.values import Item, Programme, in_order
from eventsite.programme.enums import SKIPPED, ActKind

MINUTE = timedelta(minutes=1)
OVERRUN = timedelta(hours=1)
"""How long an item that was started by hand counts as on after its end, when nobody says that it ended."""


@dataclass(frozen=True, kw_only=True)
class ClockAct:
    """An act of the live clock, made on a release.

    `anchors` are the planned starts that its items had there: where one of them has been planned anew, the
    act no longer counts, but for starts and ends, which happened. `minutes` belong to a delay, the notices to
    a skip, `undoes` names the act that an undo takes back.
    """

    revision: int
    stage: str
    kind: ActKind
    at: datetime
    release: int
    items: tuple[str, ...] = ()
    anchors: tuple[datetime, ...] = ()
    minutes: int = 0
    notice_zh: str = ""
    notice_en: str = ""
    undoes: int | None = None


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A fixed item that what comes before it runs into, by so many minutes."""

    item: Item
    minutes: int


@dataclass(frozen=True, kw_only=True)
class Live:
    """What is expected now; `standing` are the acts that count and have not been taken back, oldest first."""

    programme: Programme
    hits: tuple[Hit, ...] = ()
    standing: tuple[ClockAct, ...] = ()

    def newest(self, stage: str) -> ClockAct | None:
        """Return the act of a stage that an undo would take back."""
        return next((act for act in reversed(self.standing) if act.stage == stage), None)


@dataclass(frozen=True, kw_only=True)
class Hand:
    """What acts have laid upon an item: its turn, the least start, more minutes, and what really happened."""

    base: TimeRange
    earliest: datetime | None = None
    extra: timedelta = timedelta(0)
    start: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    skip: ClockAct | None = None


Hands = Mapping[str, Hand]
Slots = Mapping[str, TimeRange]


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How far a stage is taken: until `end` and the tear-down after it, by what was planned in `base`."""

    base: TimeRange
    end: datetime
    teardown: int

    @property
    def cleared(self) -> datetime:
        """Return when the stage is empty again."""
        return self.end + timedelta(minutes=self.teardown)


@dataclass(kw_only=True)
class Line:
    """The items of a stage on a fair day while acts are folded over them."""

    items: tuple[Item, ...]
    by_ref: Mapping[str, Item]
    hands: Hands = field(default_factory=dict)
    slots: Slots = field(default_factory=dict)
    steps: list[tuple[ClockAct, Hands]] = field(default_factory=list)
    changes: dict[str, list[datetime]] = field(default_factory=dict)


def live_programme(programme: Programme, acts: Sequence[ClockAct], *, release: int = 0) -> Programme:
    """Return the programme as it is expected after the acts."""
    return fold(programme, acts, release=release).programme


def fold(programme: Programme, acts: Sequence[ClockAct], *, release: int = 0) -> Live:
    """Return what is expected after the acts, whom it hits, and which acts count.

    `release` is the number of the release that is shown: what acts on earlier ones did to an item's sequence
    stands in its content already.
    """
    if not acts:
        return Live(programme=programme)
    places = {item.ref: (item.stage, fair_day(programme, item.slot.start)) for item in programme.items}
    lines: dict[tuple[str, date], Line] = {}
    homes: dict[int, Line] = {}
    for act in sorted(acts, key=lambda one: one.revision):
        line = homes.get(act.undoes or 0) if act.kind is ActKind.UNDO else None
        if act.kind is not ActKind.UNDO and _counts(programme, act):
            place = places[act.items[0]]
            if place not in lines:
                lines[place] = _line(item for item in programme.items if places[item.ref] == place)
            line = homes[act.revision] = lines[place]
        if line is not None:
            _take(line, act, tell=act.release >= release)
    return _result(programme, list(lines.values()))


def _counts(programme: Programme, act: ClockAct) -> bool:
    """Tell whether what the act was made on is still planned so."""
    items = [programme.by_ref.get(ref) for ref in act.items]
    if act.kind in (ActKind.START, ActKind.FINISH):
        return items[0] is not None
    planned = [(item.slot.start, item.stage) if item else None for item in items]
    return planned == [(anchor, act.stage) for anchor in act.anchors]


def _line(items: Iterable[Item]) -> Line:
    found = tuple(items)
    by_ref = {item.ref: item for item in found}
    return Line(items=found, by_ref=by_ref, slots={item.ref: item.slot for item in found})


def _take(line: Line, act: ClockAct, *, tell: bool) -> None:
    """Let an act work on its line; `tell` counts what it changed."""
    before = _state(line)
    if act.kind is ActKind.UNDO:
        _take_back(line, act.undoes)
    else:
        _do(line, act)
    after = _state(line)
    for ref in after:
        if tell and after[ref] != before[ref]:
            line.changes.setdefault(ref, []).append(act.at)


def _state(line: Line) -> dict[str, tuple[TimeRange, bool]]:
    """Return what visitors are told of each item: when it is, and whether it was skipped."""
    skipped = {ref for ref, hand in line.hands.items() if hand.skip}
    return {ref: (slot, ref in skipped) for ref, slot in line.slots.items()}


def _take_back(line: Line, revision: int | None) -> None:
    place = next((n for n, (act, _hands) in enumerate(line.steps) if act.revision == revision), None)
    if place is None:
        return
    later = [act for act, _hands in line.steps[place + 1 :]]
    _lay(line, line.steps[place][1])
    del line.steps[place:]
    for act in later:
        _do(line, act)


def _do(line: Line, act: ClockAct) -> None:
    done = DOERS[act.kind](line, act)
    if done is not None:
        line.steps.append((act, line.hands))
        _lay(line, {**line.hands, **done})


def _lay(line: Line, hands: Hands) -> None:
    line.hands = hands
    line.slots = _expect(line.items, hands)[0]


def _hand(line: Line, ref: str) -> Hand:
    return line.hands.get(ref) or Hand(base=line.by_ref[ref].slot)


def _item(line: Line, ref: str) -> Item | None:
    """Return an item of the line that takes place and can still be changed."""
    item = line.by_ref.get(ref)
    if item is None or item.is_cancelled:
        return None
    hand = _hand(line, ref)
    return None if hand.skip or hand.ended_at else item


def _delay(line: Line, act: ClockAct) -> Hands | None:
    item = _item(line, act.items[0])
    if item is None:
        return None
    hand, more = _hand(line, item.ref), timedelta(minutes=act.minutes)
    if hand.started_at:
        return {item.ref: replace(hand, extra=hand.extra + more)}
    return None if item.fixed else {item.ref: replace(hand, earliest=line.slots[item.ref].start + more)}


def _start(line: Line, act: ClockAct) -> Hands | None:
    item = _item(line, act.items[0])
    if item is None or _hand(line, item.ref).started_at:
        return None
    hand = replace(_hand(line, item.ref), start=whole_minute(act.at), started_at=act.at)
    left = {other.ref: _ended(line, other, act.at) for other in _on(line, item, act.at)}
    return {**left, item.ref: hand}


def _on(line: Line, item: Item, at: datetime) -> list[Item]:
    """Return what has to end where an item starts: what runs by hand, or else what is on by the clock."""
    others = [
        other
        for other in line.items
        if other.ref != item.ref
        and _item(line, other.ref)
        and not _base(line, other).overlaps(_base(line, item))
    ]
    by_hand = [other for other in others if _hand(line, other.ref).started_at]
    running = [other for other in by_hand if at < line.slots[other.ref].end + OVERRUN]
    return running or [other for other in others if other not in by_hand and at in line.slots[other.ref]]


def _base(line: Line, item: Item) -> TimeRange:
    return _hand(line, item.ref).base


def _ended(line: Line, item: Item, at: datetime) -> Hand:
    hand = _hand(line, item.ref)
    return replace(hand, start=hand.start or line.slots[item.ref].start, ended_at=at)


def _finish(line: Line, act: ClockAct) -> Hands | None:
    item = _item(line, act.items[0])
    return {item.ref: _ended(line, item, act.at)} if item else None


def _skip(line: Line, act: ClockAct) -> Hands | None:
    item = _item(line, act.items[0])
    if item is None or _hand(line, item.ref).started_at:
        return None
    return {item.ref: replace(_hand(line, item.ref), skip=act)}


def _swap(line: Line, act: ClockAct) -> Hands | None:
    """Let the second go first; the first ends where the second did, with the same gap between them."""
    pair = [_item(line, ref) for ref in act.items]
    if len(pair) != 2 or any(item is None or item.fixed for item in pair):
        return None
    one, two = sorted((_hand(line, ref) for ref in act.items), key=lambda hand: hand.base.start)
    if one.started_at or two.started_at or one.base.overlaps(two.base):
        return None
    shift = two.base.length - one.base.length
    first, second = sorted(act.items, key=lambda ref: _hand(line, ref).base.start)
    later = TimeRange(two.base.end - one.base.length, two.base.end)
    sooner = TimeRange(one.base.start, one.base.start + two.base.length)
    return {
        first: replace(one, base=later, earliest=two.earliest + shift if two.earliest else None),
        second: replace(two, base=sooner, earliest=one.earliest),
    }


DOERS = {
    ActKind.DELAY: _delay,
    ActKind.START: _start,
    ActKind.FINISH: _finish,
    ActKind.SKIP: _skip,
    ActKind.SWAP: _swap,
}


def _expect(items: Sequence[Item], hands: Hands) -> tuple[dict[str, TimeRange], list[Hit]]:
    """Return when each item of a line is expected, and which fixed ones are run into."""
    slots: dict[str, TimeRange] = {}
    hits: list[Hit] = []
    reaches: list[tuple[Reach, Reach]] = []
    for item, hand in _turns(items, hands):
        if item.is_cancelled or hand.skip:
            slots[item.ref] = item.slot
            continue
        free = _free(item, hand, reaches)
        slots[item.ref] = slot = _slot(item, hand, free)
        if item.fixed and not hand.start and free and free > slot.start:
            hits.append(Hit(item=replace(item, slot=slot), minutes=-((slot.start - free) // MINUTE)))
        reach = Reach(base=hand.base, end=slot.end, teardown=item.teardown)
        furthest = max([reach, *(far for _own, far in reaches[-1:])], key=lambda one: one.cleared)
        reaches.append((reach, furthest))
    return slots, hits


def _turns(items: Sequence[Item], hands: Hands) -> list[tuple[Item, Hand]]:
    """Return the items in the order in which they come on; one that was started early comes where it did."""
    found = [(item, hands.get(item.ref) or Hand(base=item.slot)) for item in items]

    def turn(pair: tuple[Item, Hand]) -> tuple[datetime, bool, int, str]:
        item, hand = pair
        start = min(hand.base.start, hand.start) if hand.start else hand.base.start
        return start, hand.start is None, item.order, item.ref

    return sorted(found, key=turn)


def _free(item: Item, hand: Hand, reaches: Sequence[tuple[Reach, Reach]]) -> datetime | None:
    """Return when what comes before leaves the stage to an item; what was planned beside it does not count.

    `reaches` pairs each item before with the furthest reach so far, so that the walk back is short.
    """
    found: list[datetime] = []
    for own, furthest in reversed(reaches):
        found += [
            reach.end + _between(reach, item, hand)
            for reach in (own, furthest)
            if not reach.base.overlaps(hand.base)
        ]
        if not furthest.base.overlaps(hand.base):
            break
    return max(found, default=None)


def _between(reach: Reach, item: Item, hand: Hand) -> timedelta:
    """Return how much time has to lie between: tear-down and set-up, as far as the plan had it."""
    around = timedelta(minutes=reach.teardown + item.setup)
    gap = hand.base.start - reach.base.end
    return around if gap < timedelta(0) else min(gap, around)


def _slot(item: Item, hand: Hand, free: datetime | None) -> TimeRange:
    """Return when an item is expected, or was."""
    start = hand.start or hand.base.start
    if hand.start is None and not item.fixed:
        start = max(start, hand.earliest or start, free or start)
    if hand.ended_at:
        return TimeRange(start, max(whole_minute(hand.ended_at), start + MINUTE))
    return TimeRange(start, start + hand.base.length + hand.extra)


def whole_minute(instant: datetime) -> datetime:
    """Return the minute that an instant lies in, as clocks on a wall show it."""
    return instant.replace(second=0, microsecond=0)


def _result(programme: Programme, lines: Sequence[Line]) -> Live:
    changed = {item.ref: _live_item(line, item) for line in lines for item in line.items}
    items = [changed.get(item.ref, item) for item in programme.items]
    hits = [hit for line in lines for hit in _expect(line.items, line.hands)[1]]
    standing = [act for line in lines for act, _hands in line.steps]
    return Live(
        programme=replace(programme, items=in_order(items)),
        hits=tuple(sorted(hits, key=lambda hit: (hit.item.slot.start, hit.item.stage, hit.item.ref))),
        standing=tuple(sorted(standing, key=lambda act: act.revision)),
    )


def _live_item(line: Line, item: Item) -> Item:
    hand, slot, told = _hand(line, item.ref), line.slots[item.ref], line.changes.get(item.ref, [])
    found = replace(
        item,
        slot=slot,
        planned=item.slot if slot != item.slot else None,
        started_at=hand.started_at,
        ended_at=hand.ended_at,
        sequence=item.sequence + len(told),
        changed_at=told[-1] if told else item.changed_at,
    )
    if hand.skip is None:
        return found
    said_zh, said_en = hand.skip.notice_zh, hand.skip.notice_en
    return replace(
        found,
        status=SKIPPED,
        notice_zh=said_zh or item.notice_zh,
        notice_en=said_en or item.notice_en,
    )


def carry_on(settled: Programme, before: Programme, after: Programme, now: datetime) -> Programme:
    """Return a programme about to be released with the sequences of the live view that it takes over.

    `before` is what was expected until now, `after` what will be expected by the new release and the acts so
    far. Where the two differ in time, place or state, the sequence rises by one; it never falls.
    """
    return replace(settled, items=tuple(_carried(item, before, after, now) for item in settled.items))


def _carried(item: Item, before: Programme, after: Programme, now: datetime) -> Item:
    was = before.by_ref.get(item.ref)
    if was is None:
        return item
    will = after.by_ref[item.ref]
    moved = (was.slot, was.stage, was.status) != (will.slot, will.stage, will.status)
    reworded = item.changed_at == now
    return replace(
        item,
        sequence=was.sequence + moved,
        changed_at=now if moved or reworded else was.changed_at,
    )
