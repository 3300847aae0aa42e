"""A first timetable by a plain rule: who has the least choice first, each where it costs least."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from eventsite.scheduling.core.blocks import Block, Ground, ceil_to
from eventsite.scheduling.core.judging import (
    APART,
    CITY,
    CROWD,
    FULL,
    GENRE,
    MOVED,
    Placed,
    offenders,
    part_of,
    parts_of_days,
    share_of_part,
    share_of_stage,
    shares_of_cities,
    worth,
)
from eventsite.scheduling.core.ranges import holes
from eventsite.scheduling.core.values import Range, Spot

ORDERS = ((100, -1), (4, -1), (4, 1))  # grades of how much choice a block has; long or short ones first
Starts = Mapping[tuple[str, str], Sequence[Range]]
"""The starts that what stands leaves to each block (by key) on each stage."""


def all_starts(ground: Ground, blocks: Sequence[Block]) -> dict[tuple[str, str], list[Range]]:
    """Return the starts that what stands leaves to each block on each stage."""
    return {(block.key, stage): ground.starts(block, stage) for block in blocks for stage in block.stages}


def first_fit(ground: Ground, blocks: Sequence[Block], starts: Starts) -> dict[str, Spot]:
    """Return where each block begins, by its key, in a timetable in which nothing clashes.

    It may leave blocks out; where it does, other orders are tried too, and the best of all is returned.
    The solver starts from it.
    """
    found = []
    for grades, sign in ORDERS:
        found.append(_in_order(ground, starts, _order(blocks, starts, grades=grades, sign=sign)))
        if len(found[-1]) == len(blocks):
            break
    return min(found, key=lambda spots: worth(ground.task, spots_of_acts(blocks, spots)))


def _order(blocks: Sequence[Block], starts: Starts, *, grades: int, sign: int) -> list[Block]:
    """Return who has a place first, then who has the least choice; of those alike the long or the short."""
    room = {
        block.key: sum(end - begin for stage in block.stages for begin, end in starts[block.key, stage])
        for block in blocks
    }
    most = max(room.values(), default=0)
    return sorted(
        blocks,
        key=lambda block: (
            not _keeps(block, starts),
            room[block.key] * grades // (most + 1),
            sign * _size(block),
            block.key,
        ),
    )


def _in_order(ground: Ground, starts: Starts, order: Iterable[Block]) -> dict[str, Spot]:
    board = _Board(ground)
    spots: dict[str, Spot] = {}
    for block in order:
        spot = board.best(block, starts)
        if spot is not None:
            spots[block.key] = spot
            board.put(block, spot)
    return spots


def improved(
    ground: Ground,
    blocks: Sequence[Block],
    starts: Starts,
    spots: Mapping[str, Spot],
    *,
    more: Callable[[], bool] = lambda: True,
) -> dict[str, Spot]:
    """Return a timetable with each block that costs something put where it costs least, until none gains.

    It stops where `more` says that there is no time for more.
    """
    now = dict(spots)
    least = worth(ground.task, spots_of_acts(blocks, now))
    by_ref = {ref: block for block in blocks for ref in block.refs}
    gained = True
    while gained:
        gained = False
        for ref in offenders(ground.task, spots_of_acts(blocks, now)):
            if not more():
                return now
            block = by_ref[ref]
            other = _without(ground, blocks, now, block).best(block, starts)
            if other is None or other == now[block.key]:
                continue
            changed = {**now, block.key: other}
            reached = worth(ground.task, spots_of_acts(blocks, changed))
            if reached < least:
                now, least, gained = changed, reached, True
    return now


def spots_of_acts(blocks: Sequence[Block], spots: Mapping[str, Spot]) -> dict[str, Spot]:
    """Return where each act is, from where its block begins."""
    return {
        ref: spot
        for block in blocks
        if block.key in spots
        for ref, spot in block.spots(spots[block.key].stage, spots[block.key].start).items()
    }


def _without(ground: Ground, blocks: Sequence[Block], spots: Mapping[str, Spot], block: Block) -> "_Board":
    board = _Board(ground)
    for other in blocks:
        if other is not block and other.key in spots:
            board.put(other, spots[other.key])
    return board


def _keeps(block: Block, starts: Starts) -> bool:
    """Tell whether a block has a place already that it may keep."""
    was = block.parts[0].act.at
    return was is not None and any(
        begin <= was.start < end for begin, end in starts.get((block.key, was.stage), ())
    )


def _size(block: Block) -> int:
    return block.before + block.length + block.after


class _Board:
    """What is taken so far, and what a further block would cost where."""

    def __init__(self, ground: Ground) -> None:
        self.task = ground.task
        self.parts = parts_of_days(self.task)
        self.of_part, self.of_stage = share_of_part(self.task), share_of_stage(self.task)
        self.of_city = shares_of_cities(self.task)
        self.busy: dict[str, list[Range]] = defaultdict(list)
        self.troupes: dict[str, list[Range]] = defaultdict(list)
        self.loads: dict[str, list[tuple[Range, int]]] = defaultdict(list)
        self.ones: dict[str, list[Placed]] = defaultdict(list)
        self.by_part: Counter[int | None] = Counter()
        self.by_stage: Counter[str] = Counter()
        self.by_city: Counter[tuple[str, int | None]] = Counter()
        for thing, loads in ground.loads.items():
            self.loads[thing] += loads
        for act in ground.stood:
            assert act.at is not None  # what stands has a place
            self._count(Placed(act=act, spot=act.at))

    def put(self, block: Block, spot: Spot) -> None:
        """Take a spot for a block."""
        for part in block.parts:
            self._count(Placed(act=part.act, spot=Spot(stage=spot.stage, start=spot.start + part.offset)))
        self.busy[spot.stage].append(block.taken(spot.start))
        for troupe, (begin, end) in block.troupes(self.task.wishes.rest).items():
            self.troupes[troupe].append((spot.start + begin, spot.start + end))
        for thing, amount, (begin, end) in block.uses():
            self.loads[thing].append(((spot.start + begin, spot.start + end), amount))

    def best(self, block: Block, starts: Starts) -> Spot | None:
        """Return the cheapest spot that is still free, the one with the least idle time of equals."""
        best: tuple[tuple[int, int, int, str], Spot] | None = None
        for stage in block.stages:
            for start, idle in self._candidates(block, stage, starts[block.key, stage]):
                key = (self._price(block, stage, start), idle, start, stage)
                if best is None or key < best[0]:
                    best = (key, Spot(stage=stage, start=start))
        return best[1] if best else None

    def _candidates(self, block: Block, stage: str, ranges: Sequence[Range]) -> list[tuple[int, int]]:
        """Return starts near the ends of free ranges, with the minutes that they leave idle beside them."""
        step = self.task.wishes.step
        free = holes(ranges, self._met(self.busy[stage], (-block.before, block.length + block.after)))
        for troupe, own in block.troupes(self.task.wishes.rest).items():
            free = holes(free, self._met(self.troupes[troupe], own))
        found = []
        was = block.parts[0].act.at
        for begin, end in free:
            first = ceil_to(begin, step)
            last = (end - 1) // step * step
            wanted = {first, last, ceil_to(first + APART, step)}
            wanted |= {ceil_to(part[0], step) for part in self.parts}
            if was is not None and was.stage == stage:
                wanted.add(was.start)
            found += [
                (start, min(start - first, last - start))
                for start in sorted(wanted)
                if begin <= start < end and start % step == 0 and self._has_things(block, start)
            ]
        return found

    def _met(self, taken: Sequence[Range], own: Range) -> list[Range]:
        return [(begin - own[1] + 1, end - own[0]) for begin, end in taken]

    def _has_things(self, block: Block, start: int) -> bool:
        for thing, amount, (begin, end) in block.uses():
            own = (start + begin, start + end)
            near = [(o, load) for o, load in self.loads[thing] if o[0] < own[1] and own[0] < o[1]]
            edges = [own[0], *(o[0] for o, _load in near if o[0] > own[0])]
            peak = max((sum(load for o, load in near if o[0] <= edge < o[1]) for edge in edges), default=0)
            if peak + amount > self.task.things.get(thing, 0):
                return False
        return True

    def _price(self, block: Block, stage: str, start: int) -> int:
        number = part_of(self.parts, start)
        was = block.parts[0].act.at
        price = MOVED * (was is not None and was != Spot(stage=stage, start=start))
        price += FULL * (self.by_part[number] >= self.of_part) + FULL * (
            self.by_stage[stage] >= self.of_stage
        )
        own = block.taken(start)
        near = [
            one.act
            for one in self.ones[stage]
            if one.taken[0] - own[1] < APART and own[0] - one.taken[1] < APART
        ]
        for act in (part.act for part in block.parts):
            if self.task.wishes.cities and act.city:
                price += CROWD * (self.by_city[act.city, number] >= self.of_city[act.city])
                price += CITY * any(one.city == act.city for one in near)
            if self.task.wishes.genres and act.genre:
                price += GENRE * any(one.genre == act.genre for one in near)
        return price

    def _count(self, one: Placed) -> None:
        number = part_of(self.parts, one.spot.start)
        self.ones[one.spot.stage].append(one)
        self.by_part[number] += 1
        self.by_stage[one.spot.stage] += 1
        self.by_city[one.act.city, number] += 1
