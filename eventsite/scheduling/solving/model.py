"""A task as CP-SAT has it: one optional interval for each block and stage.

Who stands already is no part of the model: the starts that are left to each block are worked out before.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from threading import Event, Thread

from ortools.sat.python import cp_model

from eventsite.scheduling.core.blocks import Block, Ground
from eventsite.scheduling.core.judging import (
    APART,
    CITY,
    CROWD,
    FULL,
    GENRE,
    MOVED,
    Placed,
    part_of,
    parts_of_days,
    price_of_left,
    share_of_part,
    share_of_stage,
    shares_of_cities,
)
from eventsite.scheduling.core.starting import Starts
from eventsite.scheduling.core.values import Act, Range, Spot

SEED = 1
LOOK_EVERY = 0.2  # seconds between looks whether anybody still wants it


@dataclass(frozen=True, kw_only=True)
class Found:
    """Where each block begins, by its key, and what was proved.

    No timetable costs less than `bound`, each act that is left out counted with `price_of_left`. `work` is
    how much was done, in the solver's own measure, which does not depend on the machine.
    """

    spots: Mapping[str, Spot]
    bound: int
    work: float
    is_optimal: bool


@dataclass
class Model:
    """Each block has a start, and on each stage where it could be a literal that says that it is there."""

    ground: Ground
    blocks: Sequence[Block]
    free: Starts
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    start: dict[str, cp_model.IntVar] = field(default_factory=dict)
    on: dict[str, dict[str, cp_model.IntVar]] = field(default_factory=dict)
    left: dict[str, cp_model.IntVar] = field(default_factory=dict)
    costs: list[cp_model.LinearExprT] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.task = self.ground.task
        self.step = self.task.wishes.step
        self.stood = [Placed(act=act, spot=act.at) for act in self.ground.stood if act.at is not None]
        for block in self.blocks:
            self._block(block)
        self._stages()
        self._troupes()
        self._things()
        if self.task.wishes.cities:
            self._apart("city", CITY)
        if self.task.wishes.genres:
            self._apart("genre", GENRE)
        self._shares()
        self._stays()

    def solve(
        self, first: Mapping[str, Spot], *, seconds: float, work: float, wanted: Callable[[], bool]
    ) -> Found | None:
        """Return the best found within the limits, starting from `first`; nothing where none was found."""
        price = price_of_left(self.task)
        without = [price * len(block.parts) * self.left[block.key] for block in self.blocks]
        self.model.minimize(cp_model.LinearExpr.sum([*self.costs, *without]))
        self._hint(first)
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.max_deterministic_time = work
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        solver.parameters.random_seed = SEED
        status = _solved(solver, self.model, wanted)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return Found(
            spots={block.key: spot for block in self.blocks if (spot := self._spot(solver, block))},
            bound=max(ceil(solver.best_objective_bound - 0.001), 0),
            work=solver.response_proto.deterministic_time,
            is_optimal=status == cp_model.OPTIMAL,
        )

    def _spot(self, solver: cp_model.CpSolver, block: Block) -> Spot | None:
        stage = next(
            (code for code, there in self.on[block.key].items() if solver.boolean_value(there)), None
        )
        return Spot(stage=stage, start=solver.value(self.start[block.key]) * self.step) if stage else None

    def _block(self, block: Block) -> None:
        grid = {stage: self._grid(block, stage) for stage in block.stages}
        grid = {stage: ranges for stage, ranges in grid.items() if ranges}
        every = [list(one) for ranges in grid.values() for one in ranges] or [[0, 0]]
        start = self.model.new_int_var_from_domain(cp_model.Domain.from_intervals(every), "")
        self.start[block.key] = start
        self.on[block.key] = {}
        for stage, ranges in grid.items():
            there = self.model.new_bool_var("")
            self.on[block.key][stage] = there
            domain = cp_model.Domain.from_intervals([list(one) for one in ranges])
            self.model.add_linear_expression_in_domain(start, domain).only_enforce_if(there)
        self.left[block.key] = self.model.new_bool_var("")
        self.model.add_exactly_one([*self.on[block.key].values(), self.left[block.key]])

    def _grid(self, block: Block, stage: str) -> list[Range]:
        """Return the free starts counted in steps, both ends included."""
        ranges = (
            (-(-begin // self.step), (end - 1) // self.step) for begin, end in self.free[block.key, stage]
        )
        return [(first, last) for first, last in ranges if first <= last]

    def _interval(self, block: Block, own: Range, there: cp_model.LiteralT) -> cp_model.IntervalVar:
        """Return an interval that lies so many minutes from the block's start."""
        begin = self.step * self.start[block.key] + own[0]
        return self.model.new_optional_fixed_size_interval_var(begin, own[1] - own[0], there, "")

    def _stages(self) -> None:
        rows: dict[str, list[cp_model.IntervalVar]] = defaultdict(list)
        for block in self.blocks:
            for stage, there in self.on[block.key].items():
                own = (-block.before, block.length + block.after)
                rows[stage].append(self._interval(block, own, there))
        for row in rows.values():
            self.model.add_no_overlap(row)

    def _troupes(self) -> None:
        rows: dict[str, list[cp_model.IntervalVar]] = defaultdict(list)
        for block in self.blocks:
            for troupe, own in block.troupes(self.task.wishes.rest).items():
                rows[troupe].append(self._interval(block, own, self.left[block.key].negated()))
        for row in rows.values():
            self.model.add_no_overlap(row)

    def _things(self) -> None:
        rows: dict[str, list[tuple[cp_model.IntervalVar, int]]] = defaultdict(list)
        for block in self.blocks:
            for thing, amount, own in block.uses():
                rows[thing].append((self._interval(block, own, self.left[block.key].negated()), amount))
        for thing, users in rows.items():
            intervals, amounts = zip(*users, *self._standing_use(thing), strict=True)
            self.model.add_cumulative(intervals, amounts, self.task.things.get(thing, 0))

    def _standing_use(self, thing: str) -> list[tuple[cp_model.IntervalVar, int]]:
        """Return what stands already of a thing's use, never more than there are."""
        most = self.task.things.get(thing, 0)
        return [
            (self.model.new_fixed_size_interval_var(begin, end - begin, ""), min(load, most))
            for (begin, end), load in self.ground.profile(thing)
            if load
        ]

    def _apart(self, group: str, price: int) -> None:
        """Let each be followed by its own only after a while, or at a price.

        A part of a unit whose partner stands may come right beside it, so it is left out of this.
        """
        rows: dict[tuple[str, str], list[cp_model.IntervalVar]] = defaultdict(list)
        beside = {one.act.unit for one in self.stood if one.act.unit}
        for block in self.blocks:
            if block.parts[0].act.unit in beside:
                continue
            for name, own in _spans(block, group).items():
                for stage, there in self.on[block.key].items():
                    rows[stage, name] += self._loose_or_tight(block, own, there, price)
        stood: dict[tuple[str, str], list[Placed]] = defaultdict(list)
        for one in self.stood:
            stood[one.spot.stage, getattr(one.act, group)].append(one)
        for key, row in rows.items():
            self.model.add_no_overlap([*row, *self._standing_row(stood[key], price)])

    def _loose_or_tight(
        self, block: Block, own: Range, there: cp_model.IntVar, price: int
    ) -> list[cp_model.IntervalVar]:
        loose, tight = self.model.new_bool_var(""), self.model.new_bool_var("")
        self.model.add(loose + tight == there)
        self.costs.append(price * tight)
        wide = (own[0], own[1] + APART)
        return [self._interval(block, wide, loose), self._interval(block, own, tight)]

    def _standing_row(self, ones: Sequence[Placed], price: int) -> list[cp_model.IntervalVar]:
        """Return intervals of those who stand; what they cost among themselves is not the model's."""
        row = []
        ordered = sorted(ones, key=lambda one: (one.taken, one.act.ref))
        for place, one in enumerate(ordered):
            begin, end = one.taken
            after = ordered[place + 1].taken[0] if place + 1 < len(ordered) else end + APART
            if after - end < APART:
                row.append(self.model.new_fixed_size_interval_var(begin, max(min(end, after) - begin, 0), ""))
                continue
            loose, tight = self.model.new_bool_var(""), self.model.new_bool_var("")
            self.model.add_exactly_one(loose, tight)
            self.costs.append(price * tight)
            wide = end + APART - begin
            row.append(self.model.new_optional_fixed_size_interval_var(begin, wide, loose, ""))
            row.append(self.model.new_optional_fixed_size_interval_var(begin, end - begin, tight, ""))
        return row

    def _shares(self) -> None:
        """Price what is more than a share of a part of a day, or of a stage."""
        parts = parts_of_days(self.task)
        cities = shares_of_cities(self.task) if self.task.wishes.cities else {}
        inside = {block.key: self._in_parts(block, parts) for block in self.blocks}
        for number in range(len(parts)):
            there = [
                (part.act, inside[block.key][number])
                for block in self.blocks
                if number in inside[block.key]
                for part in block.parts
            ]
            standing = [one.act for one in self.stood if part_of(parts, one.spot.start) == number]
            self._at_most(share_of_part(self.task), standing, there, FULL)
            for city, most in cities.items():
                self._at_most(most, _of(city, standing), [one for one in there if one[0].city == city], CROWD)
        for stage in self.task.stages:
            there = [
                (part.act, self.on[block.key][stage])
                for block in self.blocks
                if stage in self.on[block.key]
                for part in block.parts
            ]
            standing = [one.act for one in self.stood if one.spot.stage == stage]
            self._at_most(share_of_stage(self.task), standing, there, FULL)

    def _in_parts(self, block: Block, parts: Sequence[Range]) -> dict[int, cp_model.IntVar]:
        """Return a literal for each part of a day that says that the block begins in it."""
        start, found = self.start[block.key], {}
        domain = cp_model.Domain.from_flat_intervals(list(start.proto.domain))
        for number, (begin, end) in enumerate(parts):
            own = cp_model.Domain(-(-begin // self.step), (end - 1) // self.step)
            if domain.intersection_with(own).is_empty():
                continue
            found[number] = self.model.new_bool_var("")
            self.model.add_linear_expression_in_domain(start, own).only_enforce_if(found[number])
        self.model.add_exactly_one([*found.values(), self.left[block.key]])
        return found

    def _at_most(
        self,
        most: int,
        standing: Sequence[Act],
        there: Sequence[tuple[Act, cp_model.IntVar]],
        price: int,
    ) -> None:
        """Price each act beyond `most`; what stands beyond it is not the model's."""
        room = max(most - len(standing), 0)
        if len(there) > room:
            over = self.model.new_int_var(0, len(there) - room, "")
            self.model.add(over >= sum(literal for _act, literal in there) - room)
            self.costs.append(price * over)

    def _stays(self) -> None:
        """Price the blocks that leave the place which they have."""
        for block in self.blocks:
            was = block.parts[0].act.at
            if was is None:
                continue
            spots = block.spots(was.stage, was.start)
            kept = self.model.new_bool_var("")
            there = self.on[block.key].get(was.stage)
            if there is None or was.start % self.step:
                self.model.add(kept == 0)
            else:
                self.model.add_implication(kept, there)
                self.model.add(self.start[block.key] == was.start // self.step).only_enforce_if(kept)
            count = sum(part.act.at == spots[part.act.ref] for part in block.parts)
            self.costs.append(MOVED * count * (1 - kept - self.left[block.key]))

    def _hint(self, first: Mapping[str, Spot]) -> None:
        for block in self.blocks:
            spot = first.get(block.key)
            self.model.add_hint(self.left[block.key], spot is None)
            if spot:
                self.model.add_hint(self.start[block.key], spot.start // self.step)
            for stage, there in self.on[block.key].items():
                self.model.add_hint(there, bool(spot and spot.stage == stage))


def _spans(block: Block, group: str) -> dict[str, Range]:
    """Return from when to when each city or genre of a block is on, from the block's start."""
    found: dict[str, Range] = {}
    for part in block.parts:
        if name := getattr(part.act, group):
            begin, end = part.taken
            found[name] = (min(found.get(name, part.taken)[0], begin), end)
    return found


def _of(city: str, acts: Sequence[Act]) -> list[Act]:
    return [act for act in acts if act.city == city]


def _solved(solver: cp_model.CpSolver, model: cp_model.CpModel, wanted: Callable[[], bool]) -> object:
    """Solve while it is wanted, and return the status."""
    done = Event()

    def look() -> None:
        while not done.wait(LOOK_EVERY):
            if not wanted():
                solver.stop_search()
                return

    watcher = Thread(target=look, name="wanted", daemon=True)
    watcher.start()
    try:
        return solver.solve(model)
    finally:
        done.set()
        watcher.join()
