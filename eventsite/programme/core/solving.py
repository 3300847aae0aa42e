"""What would solve a clash with one press: its later item, and what stands close behind it, put off."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from eventsite.kernel.ranges import TimeRange
from eventsite.programme.core.clashes import Clash, Rules, find_clashes
from eventsite.programme.core.values import Item, Programme, in_order
from eventsite.programme.enums import ClashRule

IN_TURN = frozenset(
    {ClashRule.STAGE, ClashRule.SETUP, ClashRule.TROUPE, ClashRule.WALK, ClashRule.PERSON, ClashRule.PROP}
)
REACH = timedelta(hours=5)
LONGEST_CHAIN = 30
"""How many items may follow the one that is put off."""


@dataclass(frozen=True, kw_only=True)
class Solution:
    """The later item of a clash is put off by `minutes`; `items` are all that move, at their new times."""

    minutes: int
    items: tuple[Item, ...]


def solve(programme: Programme, clash: Clash, rules: Rules) -> Solution | None:
    """Return how putting off the later item ends a clash; `None` where that is not possible.

    Items behind it give way as far as gaps do not absorb it. Fixed points stay, nothing leaves the hours of
    the fair, and no rule may be broken that held before.
    """
    second = clash.second
    if second is None or clash.rule not in IN_TURN or second.fixed:
        return None
    late = _end_of(clash.first, clash.rule) - second.occupied.start
    if late <= timedelta(0):
        return None
    moved = _in_chain(programme, second, _whole_minutes(late))
    if moved is None or not _fits(programme, moved) or _breaks(programme, clash, moved, rules):
        return None
    return Solution(minutes=_whole_minutes(late), items=moved)


def _end_of(item: Item, rule: ClashRule) -> datetime:
    walk = item.walk if rule in (ClashRule.TROUPE, ClashRule.WALK) else 0
    return item.occupied.end + timedelta(minutes=walk)


def _whole_minutes(length: timedelta) -> int:
    return int(-(-length.total_seconds() // 60))


def _in_chain(programme: Programme, first: Item, minutes: int) -> tuple[Item, ...] | None:
    """Return the item put off, and behind it those of its stage that give way; `None` at a fixed point."""
    moved = [_later(first, minutes)]
    for item in _behind(programme, first):
        pushed = moved[-1].occupied.end - item.occupied.start
        was = first if len(moved) == 1 else programme.by_ref[moved[-1].ref]
        if pushed <= timedelta(0):
            break
        if was.occupied.overlaps(item.occupied):
            continue  # they clashed before: that is another card's to solve
        if item.fixed or len(moved) > LONGEST_CHAIN:
            return None
        moved.append(_later(item, _whole_minutes(pushed)))
    return tuple(moved)


def _behind(programme: Programme, first: Item) -> Iterator[Item]:
    for item in programme.items:
        later = (item.slot.start, item.ref) > (first.slot.start, first.ref)
        if later and item.stage == first.stage and not item.is_cancelled:
            yield item


def _later(item: Item, minutes: int) -> Item:
    by = timedelta(minutes=minutes)
    return replace(item, slot=TimeRange(item.slot.start + by, item.slot.end + by))


def _fits(programme: Programme, moved: Sequence[Item]) -> bool:
    """Tell whether every item that lay in the hours of a day still does."""
    return all(
        any(day.hours.start <= item.slot.start and item.slot.end <= day.hours.end for day in programme.days)
        for item in moved
        if any(programme.by_ref[item.ref].slot.start in day.hours for day in programme.days)
    )


def _breaks(programme: Programme, clash: Clash, moved: Sequence[Item], rules: Rules) -> bool:
    """Tell whether the clash stays or another comes, among all that the moved items may meet."""
    new = {item.ref: item for item in moved}
    around = _around(programme, moved)
    near = [item for item in programme.items if item.slot.overlaps(around) and _touches(item, moved)]
    before = _told(replace(programme, items=tuple(near)), rules)
    after = _told(replace(programme, items=in_order([new.get(item.ref, item) for item in near])), rules)
    mark = (clash.rule, frozenset(clash.refs))
    return mark in after or bool(after - before)


def _around(programme: Programme, moved: Sequence[Item]) -> TimeRange:
    """Return the time in which items can meet those that move, walking included."""
    first = min(programme.by_ref[item.ref].occupied.start for item in moved)
    return TimeRange(first - REACH, max(item.occupied.end for item in moved) + REACH)


def _touches(item: Item, moved: Sequence[Item]) -> bool:
    return any(_shares(item, other) for other in moved)


def _shares(item: Item, other: Item) -> bool:
    if item.stage == other.stage or (item.unit and item.unit == other.unit):
        return True
    if item.troupe and other.troupe and item.troupe.ref == other.troupe.ref:
        return True
    return bool({use.ref for use in item.uses} & {use.ref for use in other.uses})


def _told(programme: Programme, rules: Rules) -> set[tuple[ClashRule, frozenset[str]]]:
    return {(clash.rule, frozenset(clash.refs)) for clash in find_clashes(programme, rules)}
