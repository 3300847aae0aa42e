"""What is wrong with a programme: who or what is needed twice, and what lies outside the hours.

Every rule looks at instants, so that a night past midnight is an evening like any other. Cancelled items
take nothing.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import pairwise

from eventsite.kernel.ranges import TimeRange
from eventsite.programme.core.values import Item, Programme
from eventsite.programme.enums import SEVERITIES, ClashRule, ResourceKind, Severity

MOST_PAIRS = 5_000  # of one stage or one troupe
RULE_OF = {
    ResourceKind.PERSON: ClashRule.PERSON,
    ResourceKind.PROP: ClashRule.PROP,
    ResourceKind.MICROPHONES: ClashRule.MICROPHONES,
}


@dataclass(frozen=True, kw_only=True)
class Rules:
    """How grave each rule is, and when troupes can perform: by the troupe's id, none means always."""

    severities: Mapping[ClashRule, Severity] = field(default_factory=lambda: SEVERITIES)
    windows: Mapping[str, Sequence[TimeRange]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Clash:
    """A rule that is broken by `minutes`, by two items or by one alone; `first` starts first.

    `what_*` names the stage, the troupe or the thing that is needed twice.
    """

    rule: ClashRule
    severity: Severity
    first: Item
    second: Item | None
    minutes: int
    what_zh: str
    what_en: str

    @property
    def refs(self) -> tuple[str, ...]:
        """Return the ids of its items."""
        return (self.first.ref, self.second.ref) if self.second else (self.first.ref,)


@dataclass(frozen=True, kw_only=True)
class Breach:
    """A broken rule before its gravity is known."""

    rule: ClashRule
    first: Item
    second: Item | None
    length: timedelta
    what: tuple[str, str]


def find_clashes(programme: Programme, rules: Rules = Rules()) -> tuple[Clash, ...]:
    """Return every clash that is not passed over, the gravest first, then by time."""
    held = [item for item in programme.items if not item.is_cancelled]
    told = [
        Clash(
            rule=breach.rule,
            severity=rules.severities[breach.rule],
            first=breach.first,
            second=breach.second,
            minutes=int(-(-breach.length.total_seconds() // 60)),
            what_zh=breach.what[0],
            what_en=breach.what[1],
        )
        for breach in _breaches(programme, held, rules)
        if rules.severities[breach.rule] is not Severity.SILENT
    ]
    return tuple(sorted(told, key=_weight))


def blocking(clashes: Iterable[Clash]) -> tuple[Clash, ...]:
    """Return the clashes that stop a release."""
    return tuple(clash for clash in clashes if clash.severity is Severity.BLOCK)


def _weight(clash: Clash) -> tuple[bool, datetime, str, str]:
    return (clash.severity is not Severity.BLOCK, clash.first.slot.start, clash.rule.value, clash.first.ref)


def _breaches(programme: Programme, held: Sequence[Item], rules: Rules) -> Iterator[Breach]:
    yield from _on_stages(programme, held)
    yield from _of_troupes(held)
    yield from _of_things(held)
    yield from _out_of_hours(programme, held)
    yield from _unavailable(held, rules)
    yield from _torn_units(held)


def _on_stages(programme: Programme, held: Sequence[Item]) -> Iterator[Breach]:
    for code, items in _grouped(held, lambda item: item.stage).items():
        place = programme.places[code]
        what = (place.name_zh, place.name_en)
        for first, second in _meeting(items, lambda item: item.occupied):
            shared = first.slot.overlap(second.slot)
            rule = ClashRule.STAGE if shared else ClashRule.SETUP
            length = shared or first.occupied.overlap(second.occupied)
            yield Breach(rule=rule, first=first, second=second, length=length, what=what)


def _of_troupes(held: Sequence[Item]) -> Iterator[Breach]:
    performed = [item for item in held if item.troupe]
    for items in _grouped(performed, lambda item: item.troupe.ref if item.troupe else "").values():
        troupe = items[0].troupe
        what = (troupe.name_zh, troupe.name_en) if troupe else ("", "")
        for first, second in _meeting(items, _with_walk):
            if first.stage == second.stage and not first.slot.overlaps(second.slot):
                continue
            shared = first.occupied.overlap(second.occupied)
            rule = ClashRule.TROUPE if shared else ClashRule.WALK
            length = shared or _with_walk(first).overlap(second.occupied)
            if length:
                yield Breach(rule=rule, first=first, second=second, length=length, what=what)


def _with_walk(item: Item) -> TimeRange:
    return TimeRange(item.occupied.start, item.occupied.end + timedelta(minutes=item.walk))


def _of_things(held: Sequence[Item]) -> Iterator[Breach]:
    """Yield, for each shared thing, the items that begin when too few of it are left."""
    users: dict[str, list[Item]] = defaultdict(list)
    for item in held:
        for use in item.uses:
            users[use.ref].append(item)
    for ref, items in users.items():
        yield from _too_few(ref, sorted(items, key=lambda item: (item.occupied.start, item.ref)))


def _too_few(ref: str, items: Sequence[Item]) -> Iterator[Breach]:
    """Yield the items, in the order in which they begin, for which too few are left, with who ends last."""
    taken, ends = 0, list[tuple[datetime, int]]()
    last: Item | None = None
    for item in items:
        use = next(use for use in item.uses if use.ref == ref)
        while ends and ends[0][0] <= item.occupied.start:
            taken -= heappop(ends)[1]
        taken += use.amount
        if taken > use.quantity:
            other = last if ends else None
            length = other.occupied.overlap(item.occupied) if other else item.slot.length
            first, second = (other, item) if other else (item, None)
            what = (use.name_zh, use.name_en)
            yield Breach(rule=RULE_OF[use.kind], first=first, second=second, length=length, what=what)
        heappush(ends, (item.occupied.end, use.amount))
        last = item if last is None or item.occupied.end > last.occupied.end else last


def _out_of_hours(programme: Programme, held: Sequence[Item]) -> Iterator[Breach]:
    hours = [day.hours for day in programme.days]
    for item in held:
        if outside := _outside(item.slot, hours):
            place = programme.places[item.stage]
            what = (place.name_zh, place.name_en)
            yield Breach(rule=ClashRule.HOURS, first=item, second=None, length=outside, what=what)


def _unavailable(held: Sequence[Item], rules: Rules) -> Iterator[Breach]:
    for item in held:
        windows = rules.windows.get(item.troupe.ref, ()) if item.troupe else ()
        if item.troupe and windows and (outside := _outside(item.occupied, windows)):
            what = (item.troupe.name_zh, item.troupe.name_en)
            yield Breach(rule=ClashRule.AVAILABILITY, first=item, second=None, length=outside, what=what)


def _torn_units(held: Sequence[Item]) -> Iterator[Breach]:
    """Yield parts of a unit between which the stage changes or another item comes, with the time between."""
    by_stage = _grouped(held, lambda item: item.stage)
    starts = {code: sorted(item.slot.start for item in items) for code, items in by_stage.items()}
    parts = [item for item in held if item.unit]
    for items in _grouped(parts, lambda item: item.unit or "").values():
        ordered = sorted(items, key=lambda item: (item.slot.start, item.ref))
        for first, second in pairwise(ordered):
            torn = second.slot.start - first.slot.end
            if first.stage == second.stage and not _between(starts[first.stage], first, second):
                continue
            length = max(torn, timedelta(minutes=1))
            what = (first.unit or "", first.unit or "")
            yield Breach(rule=ClashRule.UNIT, first=first, second=second, length=length, what=what)


def _between(starts: Sequence[datetime], first: Item, second: Item) -> bool:
    """Tell whether one of these starts, in order, lies between those of two items."""
    return bisect_right(starts, first.slot.start) < bisect_left(starts, second.slot.start)


def _outside(slot: TimeRange, hours: Iterable[TimeRange]) -> timedelta:
    """Return how much of a slot no range covers; ranges do not overlap each other."""
    return slot.length - sum((slot.overlap(own) for own in hours), timedelta(0))


def _grouped(items: Iterable[Item], key: Callable[[Item], str]) -> dict[str, list[Item]]:
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def _meeting(items: Iterable[Item], taken: Callable[[Item], TimeRange]) -> Iterator[tuple[Item, Item]]:
    """Yield every pair of items whose taken times overlap.

    After `MOST_PAIRS`, each item is still paired with the one that follows it: thousands of items at one
    time, as a file with a wrong column has them, would else be millions of pairs.
    """
    ordered = sorted(((taken(item), item) for item in items), key=lambda pair: (pair[0].start, pair[1].ref))
    found = 0
    for place, (own, item) in enumerate(ordered):
        for follower in range(place + 1, len(ordered)):
            other_own, other = ordered[follower]
            if other_own.start >= own.end:
                break
            yield item, other
            found += 1
            if found > MOST_PAIRS:
                break
