"""What would have to give way, and by how little, for an act that found no place.

Every start on every stage is looked at, also shortly before and after the hours, while everything else stays
where the timetable has it. What cannot give way, a troupe in two places at one time, is no way out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from eventsite.scheduling.core.blocks import Block, Ground, ceil_to
from eventsite.scheduling.core.judging import placed
from eventsite.scheduling.core.ranges import Range, merged
from eventsite.scheduling.core.starting import spots_of_acts
from eventsite.scheduling.core.values import Left, Relax, Rule, Spot, Way

EARLIER, LATER = 120, 180  # minutes before and after the hours that are looked at
MOST_SHARED = 60  # minutes that another item of the stage may give up
THING = 30  # minutes that one more of a shared thing counts for
WAYS = 3  # that are told


def ways_out(
    ground: Ground, blocks: Sequence[Block], spots: Mapping[str, Spot], left: Sequence[Block]
) -> tuple[Left, ...]:
    """Return the blocks that found no place, each with the smallest ways to give it one."""
    if not left:
        return ()
    board = _Taken(ground, spots_of_acts(blocks, spots))
    return tuple(Left(refs=block.refs, ways=_smallest(board, block)) for block in left)


def _smallest(board: "_Taken", block: Block) -> tuple[Way, ...]:
    """Return the smallest way for each choice of rules that give way; few rules before many."""
    best: dict[tuple[tuple[Rule, bool], ...], tuple[tuple[int, int, int, str], Way]] = {}
    for way in board.ways(block):
        kind = tuple((relax.rule, relax.since is None) for relax in way.relaxes)
        weight = (len(way.relaxes), _weight(way), way.spot.start, way.spot.stage)
        if kind not in best or weight < best[kind][0]:
            best[kind] = (weight, way)
    ordered = sorted(best.values(), key=lambda found: found[0])
    fewest = ordered[0][0][0] if ordered else 0
    return tuple(way for weight, way in ordered if weight[0] == fewest)[:WAYS]


def _weight(way: Way) -> int:
    return sum(THING * relax.minutes if relax.rule is Rule.THING else relax.minutes for relax in way.relaxes)


@dataclass(frozen=True)
class _Presence:
    """A troupe at an act: from set-up to tear-down, and the minutes of its way after it."""

    begin: int
    end: int
    walk: int


class _Minutes:
    """Minutes that are marked, and how many of them a range has, at once."""

    def __init__(self, ranges: Iterable[Range], horizon: Range) -> None:
        self.first, last = horizon
        marks = [0] * (last - self.first)
        for begin, end in ranges:
            low, high = max(begin - self.first, 0), min(end - self.first, len(marks))
            if low < high:
                marks[low:high] = [1] * (high - low)
        self.sums = [0, *accumulate(marks)]

    def within(self, begin: int, end: int) -> int:
        top = len(self.sums) - 1
        low, high = (min(max(minute - self.first, 0), top) for minute in (begin, end))
        return self.sums[high] - self.sums[low]


class _Taken:
    """A timetable as what it takes: stages, troupes and things."""

    def __init__(self, ground: Ground, spots: Mapping[str, Spot]) -> None:
        self.ground, self.task = ground, ground.task
        self.days = merged(self.task.days)
        margin = max((act.minutes + act.setup + act.teardown for act in self.task.acts), default=0)
        horizon = (self.days[0][0] - EARLIER - margin, self.days[-1][1] + LATER + margin)
        self.open = _Minutes(self.days, horizon)
        busy: dict[str, list[Range]] = defaultdict(list)
        self.troupes: dict[str, list[_Presence]] = defaultdict(list)
        self.loads: dict[str, list[tuple[Range, int]]] = defaultdict(list)
        for one in placed(self.task, spots):
            begin, end = one.taken
            busy[one.spot.stage].append((begin, end))
            if one.act.troupe:
                self.troupes[one.act.troupe].append(_Presence(begin, end, one.act.walk))
            for thing, amount in one.act.uses:
                self.loads[thing].append(((begin, end), amount))
        codes = {*self.task.stages, *busy}
        self.busy = {code: _Minutes(busy[code], horizon) for code in sorted(codes)}

    def ways(self, block: Block) -> Iterator[Way]:
        """Yield each spot that a block could have, with all that would have to give way."""
        for stage in block.stages:
            for start in self._starts(block, stage):
                relaxes = self._relaxes(block, stage, start)
                if relaxes:
                    yield Way(spot=Spot(stage=stage, start=start), relaxes=tuple(relaxes))

    def _starts(self, block: Block, stage: str) -> Iterable[int]:
        beside = self.ground.beside(block)
        if beside is not None:
            return beside[1] if beside[0] == stage else ()
        step = self.task.wishes.step
        return (
            start
            for begin, end in self.days
            for start in range(ceil_to(begin - EARLIER, step), end + LATER - block.length + 1, step)
        )

    def _relaxes(self, block: Block, stage: str, start: int) -> list[Relax] | None:
        """Return what gives way where a block begins there; nothing where something cannot."""
        shared = self.busy[stage].within(*block.taken(start))
        if shared > MOST_SHARED:
            return None
        found = [Relax(rule=Rule.STAGE, minutes=shared, what=stage)] if shared else []
        outside = block.length - self.open.within(start, start + block.length)
        if outside:
            relax = _over(Rule.HOURS, stage, (start, start + block.length), self.days)
            if relax is None:
                return None
            found.append(relax)
        for troupe, own in block.presences().items():
            relaxes = self._of_troupe(block, troupe, (start + own[0], start + own[1]))
            if relaxes is None:
                return None
            found += relaxes
        return [*found, *self._of_things(block, start)]

    def _of_troupe(self, block: Block, troupe: str, own: Range) -> list[Relax] | None:
        found = []
        windows = merged(self.task.windows.get(troupe, ()))
        if windows and not any(begin <= own[0] and own[1] <= end for begin, end in windows):
            relax = _over(Rule.AVAILABILITY, troupe, own, windows)
            if relax is None:
                return None
            found.append(relax)
        walk = max(part.act.walk for part in block.parts if part.act.troupe == troupe)
        short = 0
        for other in self.troupes[troupe]:
            pause, way = (
                (own[0] - other.end, other.walk) if other.begin <= own[0] else (other.begin - own[1], walk)
            )
            if pause < way:
                return None
            short = max(short, self.task.wishes.rest - pause)
        if short > 0:
            found.append(Relax(rule=Rule.REST, minutes=short, what=troupe))
        return found

    def _of_things(self, block: Block, start: int) -> Iterator[Relax]:
        short: dict[str, int] = {}
        for thing, amount, (begin, end) in block.uses():
            own = (start + begin, start + end)
            near = [(o, load) for o, load in self.loads[thing] if o[0] < own[1] and own[0] < o[1]]
            edges = [own[0], *(o[0] for o, _load in near if o[0] > own[0])]
            peak = max(sum(load for o, load in near if o[0] <= edge < o[1]) for edge in edges)
            lacking = peak + amount - self.task.things.get(thing, 0)
            if lacking > 0:
                short[thing] = max(short.get(thing, 0), lacking)
        for thing, lacking in sorted(short.items()):
            yield Relax(rule=Rule.THING, minutes=lacking, what=thing)


def _over(rule: Rule, what: str, own: Range, ranges: Sequence[Range]) -> Relax | None:
    """Return by how much the range that holds most of `own` would have to grow, at one of its ends alone."""
    begin, end = max(ranges, key=lambda one: min(one[1], own[1]) - max(one[0], own[0]))
    early, late = max(begin - own[0], 0), max(own[1] - end, 0)
    if early and late:
        return None
    limit = EARLIER if early else LATER
    if max(early, late) > limit:
        return None
    return Relax(
        rule=rule,
        minutes=early or late,
        what=what,
        since=own[0] if early else None,
        until=own[1] if late else None,
    )
