"""Acts that belong together as one block, and where a block could be if it were alone with what stands."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from eventsite.scheduling.core.ranges import holes, merged, shrunk
from eventsite.scheduling.core.values import Act, Range, Spot, Task

EVER = 10**6
"""More minutes than any fair has."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """An act of a block; `offset` is how many minutes after the block's own start it begins."""

    act: Act
    offset: int

    @property
    def taken(self) -> Range:
        """Return from when to when it takes its stage, counted from the block's start."""
        return self.offset - self.act.setup, self.offset + self.act.minutes + self.act.teardown


@dataclass(frozen=True, kw_only=True)
class Block:
    """Acts that come one after the other on one stage; most blocks are one act."""

    parts: tuple[Part, ...]
    stages: tuple[str, ...]

    @property
    def refs(self) -> tuple[str, ...]:
        """Return the ids of its acts."""
        return tuple(part.act.ref for part in self.parts)

    @property
    def key(self) -> str:
        """Return what names it among blocks."""
        return self.parts[0].act.ref

    @property
    def length(self) -> int:
        """Return the minutes from its start to the end of its last act."""
        last = self.parts[-1]
        return last.offset + last.act.minutes

    @property
    def before(self) -> int:
        """Return its set-up in minutes."""
        return self.parts[0].act.setup

    @property
    def after(self) -> int:
        """Return its tear-down in minutes."""
        return self.parts[-1].act.teardown

    def taken(self, start: int) -> Range:
        """Return from when to when it takes its stage."""
        return start - self.before, start + self.length + self.after

    def troupes(self, rest: int) -> Mapping[str, Range]:
        """Return when each troupe is busy with it, with its way and rest after it, from the block's start."""
        ways = {part.act.troupe: part.act.walk for part in self.parts}
        return {
            troupe: (begin, end + max(ways[troupe], rest))
            for troupe, (begin, end) in self.presences().items()
        }

    def presences(self) -> Mapping[str, Range]:
        """Return when each troupe has to be there, from the block's start."""
        found: dict[str, Range] = {}
        for part in self.parts:
            if part.act.troupe:
                begin, end = part.taken
                known = found.get(part.act.troupe, (begin, end))
                found[part.act.troupe] = (min(known[0], begin), max(known[1], end))
        return found

    def uses(self) -> Iterator[tuple[str, int, Range]]:
        """Yield each thing that it takes: its id, how many, and when, from the block's start."""
        for part in self.parts:
            for thing, amount in part.act.uses:
                yield thing, amount, part.taken

    def spots(self, stage: str, start: int) -> dict[str, Spot]:
        """Return where its acts are when it begins there."""
        return {part.act.ref: Spot(stage=stage, start=start + part.offset) for part in self.parts}


def blocks_of(task: Task) -> tuple[Block, ...]:
    """Return the free acts as blocks, in the order of the task.

    Parts of a unit follow each other in that order, as closely as set-up, tear-down and the step allow. A
    part whose partner stands already is a block of its own: `Ground` keeps it beside the partner.
    """
    units: dict[str, list[Act]] = defaultdict(list)
    for act in task.acts:
        if act.free:
            units[act.unit or f"\0{act.ref}"].append(act)
    beside = {act.unit: act.at.stage for act in standing(task) if act.unit and act.at}
    return tuple(_block(acts, task, beside.get(unit)) for unit, acts in units.items())


def standing(task: Task) -> tuple[Act, ...]:
    """Return the acts that stay where they are."""
    return tuple(act for act in task.acts if not act.free and act.at is not None)


def _block(acts: Sequence[Act], task: Task, beside: str | None) -> Block:
    parts: list[Part] = []
    for act in acts:
        offset = ceil_to(parts[-1].taken[1] + act.setup, task.wishes.step) if parts else 0
        parts.append(Part(act=act, offset=offset))
    allowed = (beside,) if beside else task.stages
    fitting = [code for code in allowed if all(not act.stages or code in act.stages for act in acts)]
    return Block(parts=tuple(parts), stages=tuple(fitting))


def ceil_to(minutes: int, step: int) -> int:
    """Return the first multiple of the step that is not earlier."""
    return -(-minutes // step) * step


class Ground:
    """What stands already, and the starts that it leaves to each block on each stage."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.stood = standing(task)
        self.busy: dict[str, list[Range]] = defaultdict(list)
        self.troupes: dict[str, list[Range]] = defaultdict(list)
        self.loads: dict[str, list[tuple[Range, int]]] = defaultdict(list)
        for act in self.stood:
            self._note(act)
        self.units = {act.unit: act for act in self.stood if act.unit}

    def starts(self, block: Block, stage: str) -> list[Range]:
        """Return the ranges of starts that are free for a block there, if it were the only one to come."""
        ranges = self._open(block)
        ranges = self._less(ranges, self.busy[stage], (-block.before, block.length + block.after))
        for troupe, own in block.troupes(self.task.wishes.rest).items():
            ranges = self._less(ranges, self.troupes[troupe], own)
        for thing, amount, own in block.uses():
            ranges = self._less(ranges, self._short(thing, amount), own)
        return self._beside(block, stage, ranges)

    def free_starts(self, block: Block, stage: str) -> list[int]:
        """Return the starts on the grid that are free for a block there."""
        step = self.task.wishes.step
        return [
            start
            for begin, end in self.starts(block, stage)
            for start in range(ceil_to(begin, step), end, step)
        ]

    def _note(self, act: Act) -> None:
        assert act.at is not None  # only acts that stand are noted
        begin, end = act.at.start - act.setup, act.at.start + act.minutes + act.teardown
        self.busy[act.at.stage].append((begin, end))
        if act.troupe:
            self.troupes[act.troupe].append((begin, end + max(act.walk, self.task.wishes.rest)))
        for thing, amount in act.uses:
            self.loads[thing].append(((begin, end), amount))

    def _open(self, block: Block) -> list[Range]:
        """Return the starts within the hours of a day and the times of its troupes."""
        ranges = shrunk(self.task.days, 0, block.length)
        for troupe, (begin, end) in block.presences().items():
            if windows := self.task.windows.get(troupe):
                ranges = _both(ranges, shrunk(merged(windows), begin, end))
        return ranges

    def _less(self, ranges: Sequence[Range], taken: Iterable[Range], own: Range) -> list[Range]:
        """Return the starts from which `own` meets nothing that is taken."""
        return holes(ranges, [(begin - own[1] + 1, end - own[0]) for begin, end in taken])

    def profile(self, thing: str) -> list[tuple[Range, int]]:
        """Return how many of a thing are in use by what stands, range after range."""
        loads = self.loads[thing]
        edges = sorted({edge for own, _amount in loads for edge in own})
        return [
            ((begin, end), sum(load for own, load in loads if own[0] <= begin < own[1]))
            for begin, end in pairwise(edges)
        ]

    def _short(self, thing: str, amount: int) -> list[Range]:
        """Return when fewer of a thing are left than are needed."""
        most = self.task.things.get(thing, 0) - amount
        if most < 0:
            return [(-EVER, EVER)]
        return [own for own, load in self.profile(thing) if load > most]

    def beside(self, block: Block) -> tuple[str, list[int]] | None:
        """Return where a part of a unit may begin whose partner stands: right before it or right after."""
        stood = next((self.units[p.act.unit] for p in block.parts if p.act.unit in self.units), None)
        if stood is None or stood.at is None:
            return None
        step = self.task.wishes.step
        after = ceil_to(stood.at.start + stood.minutes + stood.teardown + block.before, step)
        before = (stood.at.start - stood.setup - block.after - block.length) // step * step
        return stood.at.stage, sorted({before, after})

    def _beside(self, block: Block, stage: str, ranges: list[Range]) -> list[Range]:
        beside = self.beside(block)
        if beside is None:
            return ranges
        starts = beside[1] if beside[0] == stage else ()
        return _both(ranges, [(start, start + 1) for start in starts])


def _both(one: Sequence[Range], other: Sequence[Range]) -> list[Range]:
    found = [(max(a, c), min(b, d)) for a, b in one for c, d in other]
    return sorted((begin, end) for begin, end in found if begin < end)
