"""The solver: CP-SAT over one variable for each unit and spot. Imported where it runs, in the job process.

What belongs together by a circuit, a row of booths or a rule of distance is solved together; the rest
apart, each part with its share of the time. A first look keeps all demands and may leave units without a
place; a second one relaxes demands, as few as can be found.
"""

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from ortools.graph.python import linear_sum_assignment  # type: ignore[import-untyped]
from ortools.sat.python import cp_model

from eventsite.placement.core.grounds import Ground, pairs_within, survey
from eventsite.placement.core.judging import (
    BESIDE,
    FIRST_WISH,
    SPLIT,
    breaks_alone,
    broken,
    is_of_sort,
    load_on,
    wish_worth,
    worth,
)
from eventsite.placement.core.parts import parts_of, spots_of
from eventsite.placement.core.starting import first_fit
from eventsite.placement.core.values import Apart, Outcome, Spot, Task, Unit

Option = tuple[str, Spot]
LEAST_SECONDS = 0.3  # of a part
AT_ONCE = min(os.cpu_count() or 1, 4)  # parts that are solved at the same time
OUT_OF_PLACE = 1000  # what no place, or one that breaks a demand, costs in the first guess
RELAXING_OPTIONS = 60_000  # more are not looked through; the outcome then claims no bound


def propose(task: Task, *, seconds: float, relax: bool = False) -> Outcome:
    """Return the best arrangement found within about `seconds`, with the bounds that were proved.

    Without `relax`, demands are kept and units may stay without a place. With it everyone is placed as long
    as there are places, and as few demands as possible are broken.
    """
    began = monotonic()
    ground = survey(task)
    parts = [task] if relax else parts_of(task, ground)
    clock = _Clock(ends=began + seconds, waiting=sum(len(part.units) for part in parts))

    def solve(part: Task) -> _Found:
        return _Model(part, ground, relax=relax).solve(clock.share(part))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(solve, sorted(parts, key=lambda part: len(part.units))))
    spots = {ref: spot for one in found for ref, spot in sorted(one.spots.items())}
    return Outcome(
        spots=dict(sorted(spots.items())),
        broken=broken(task, ground, spots),
        worth=worth(task, ground, spots),
        best_worth=sum(one.best_worth for one in found),
        least_broken=sum(one.least_broken for one in found),
        seconds=monotonic() - began,
    )


@dataclass
class _Clock:
    """Gives each part its share of the time that is left; `waiting` counts the units not yet begun."""

    ends: float
    waiting: int
    lock: Lock = field(default_factory=Lock)

    def share(self, part: Task) -> float:
        with self.lock:
            left = (self.ends - monotonic()) * min(AT_ONCE * len(part.units) / max(self.waiting, 1), 1)
            self.waiting -= len(part.units)
        return max(left, LEAST_SECONDS)


def _best_by_wishes(task: Task, ground: Ground) -> dict[str, Spot]:
    """Return who would stand where if wishes alone counted: an assignment problem, solved at once."""
    singles = [unit for unit in task.units if unit.places == 1 and not unit.fixed]
    columns = {code: column for column, code in enumerate(ground.places)}
    if not singles:
        return {}
    size = max(len(singles), len(columns))
    assignment = linear_sum_assignment.SimpleLinearSumAssignment()
    for row in range(size):
        allowed = {spot[0] for spot in spots_of(singles[row], ground)} if row < len(singles) else set()
        codes = dict.fromkeys(range(size), OUT_OF_PLACE)
        codes |= {columns[code]: -wish_worth(singles[row], (code,)) for code in allowed}
        for column, cost in codes.items():
            assignment.add_arc_with_cost(row, column, cost)
    if assignment.solve() != assignment.OPTIMAL:
        return {}
    names = list(columns)
    return {
        unit.ref: (names[assignment.right_mate(row)],)
        for row, unit in enumerate(singles)
        if assignment.assignment_cost(row) < 0
    }


@dataclass
class _Found:
    spots: Mapping[str, Spot]
    best_worth: int
    least_broken: int


@dataclass
class _Model:
    """The model of one part: `takes` has a variable for each option, `relaxed` one for each demand."""

    task: Task
    ground: Ground
    relax: bool
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    takes: dict[Option, cp_model.IntVar] = field(default_factory=dict)
    relaxed: list[cp_model.IntVar] = field(default_factory=list)
    gains: list[cp_model.LinearExpr] = field(default_factory=list)
    unplaced: list[cp_model.IntVar] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.covering: dict[str, list[Option]] = defaultdict(list)
        self.settled = {code for unit in self.task.units for code in unit.fixed}
        self.complete = True
        self._options()
        self._places()
        self._power()
        self._rivals()
        self._distances()
        self._neighbours()
        self._delegations()

    def solve(self, seconds: float) -> _Found:
        # more than all wishes together, so that no wish is paid for with a broken demand
        price = (FIRST_WISH + BESIDE) * len(self.task.units) + SPLIT * len(self.task.units) + 1
        worst = price * (len(self.relaxed) + 1)
        costs = [price * one for one in self.relaxed] + [worst * one for one in self.unplaced]
        self.model.maximize(sum(self.gains) - sum(costs))
        self._hint()
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        solver.parameters.random_seed = 1
        status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return self._first_fit_alone()
        spots = {ref: spot for (ref, spot), taken in self.takes.items() if solver.value(taken)}
        return self._bounded(spots, solver.best_objective_bound, price, worst)

    def _bounded(self, spots: Mapping[str, Spot], bound: float, price: int, worst: int) -> _Found:
        """Read the bound: so many units without a place at least, so many demands, and worth at most."""
        if not self.complete:
            return _Found(spots, self._most(), 0)
        lowest = SPLIT * len(self.task.units)  # worth is never less than minus this
        without, rest = divmod(max(-(bound + 0.001) - lowest, 0), worst)
        demands = -(-rest // price)
        if demands > len(self.relaxed):
            without, demands = without + 1, 0
        best = bound + without * worst + demands * price
        return _Found(spots, min(int(best + 0.001), self._most()), int(without + demands))

    def _most(self) -> int:
        """Return what no arrangement is worth more than: every first wish, every delegation in one row."""
        units = self.task.units
        wishes = FIRST_WISH * sum(bool(unit.wishes) for unit in units)
        return wishes + BESIDE * sum(bool(unit.near) for unit in units)

    def _first_fit_alone(self) -> _Found:
        return _Found(first_fit(self.task, self.ground), self._most(), 0)

    def _options(self) -> None:
        loose = len(self.task.units) * len(self.ground.places) <= RELAXING_OPTIONS
        self.complete = not self.relax or loose
        for unit in self.task.units:
            free = []
            for spot in self.ground.spots_for(unit):
                demands = breaks_alone(unit, spot, self.ground)
                if demands and not (self.relax and loose):
                    continue
                free.append(self._option(unit, spot, len(demands)))
            without = self.model.new_bool_var("")
            self.unplaced.append(without)
            self.model.add_exactly_one([*free, without])
            if unit.fixed:
                self.model.add(without == 0)

    def _option(self, unit: Unit, spot: Spot, demands: int) -> cp_model.IntVar:
        taken = self.model.new_bool_var("")
        self.takes[unit.ref, spot] = taken
        for code in spot:
            self.covering[code].append((unit.ref, spot))
        self.relaxed += [taken] * demands
        if value := wish_worth(unit, spot):
            self.gains.append(value * taken)
        return taken

    def _places(self) -> None:
        for options in self.covering.values():
            self.model.add_at_most_one(self.takes[option] for option in options)

    def _power(self) -> None:
        """Share what those who stand already leave of each circuit and zone."""
        units = {unit.ref: unit for unit in self.task.units if not unit.fixed}
        stood = {unit.ref: unit.fixed for unit in self.task.units if unit.fixed}
        for circuit in self.task.circuits:
            left = circuit.room - load_on(circuit, self.task, self.ground, stood)
            drawn = [
                units[ref].load * taken
                for (ref, spot), taken in self.takes.items()
                if ref in units and units[ref].load and circuit.feeds(self.ground.places[spot[0]])
            ]
            if drawn:
                most = sum(unit.load for unit in self.task.units)
                self._at_most(drawn, max(left, 0), slack=most)

    def _rivals(self) -> None:
        trades: dict[str, set[str]] = defaultdict(set)
        for unit in self.task.units:
            if unit.trade:
                trades[unit.trade].add(unit.ref)
        for rivals in (refs for refs in trades.values() if len(refs) > 1):
            for one, other in sorted(self.ground.touching):
                if {one, other} <= self.settled:
                    continue
                options = {o for code in (one, other) for o in self.covering[code] if o[0] in rivals}
                if len({ref for ref, _spot in options}) > 1:
                    self._at_most([self.takes[option] for option in sorted(options)], 1, slack=1)

    def _distances(self) -> None:
        units = {unit.ref: unit for unit in self.task.units}
        for rule in self.task.apart:
            for pair, gap in pairs_within(list(self.ground.places.values()), rule.gap):
                if gap >= rule.gap or self.settled.issuperset(pair):
                    continue
                for one, other in (pair, pair[::-1]):
                    self._keep_apart(units, rule, one, other)

    def _keep_apart(self, units: Mapping[str, Unit], rule: Apart, one: str, other: str) -> None:
        first = [o for o in self.covering[one] if is_of_sort(units[o[0]], rule.one) and other not in o[1]]
        second = [o for o in self.covering[other] if is_of_sort(units[o[0]], rule.other) and one not in o[1]]
        if first and second:
            self._at_most([self.takes[option] for option in (*first, *second)], 1, slack=1)

    def _at_most(self, terms: Sequence[cp_model.LinearExprT], most: int, *, slack: int) -> None:
        """Keep a sum within its limit; with `relax`, a variable that costs lifts it."""
        if not self.relax:
            self.model.add(sum(terms) <= most)
            return
        lifted = self.model.new_bool_var("")
        self.relaxed.append(lifted)
        self.model.add(sum(terms) <= most + slack * lifted)

    def _neighbours(self) -> None:
        """Add what standing in the same row as the unit one wished for is worth."""
        rows = self._rows_by_unit()
        for unit in self.task.units:
            if unit.near not in rows or unit.ref not in rows:
                continue
            beside = []
            for row in sorted(set(rows[unit.ref]) & set(rows[unit.near])):
                both = self.model.new_bool_var("")
                self.model.add(both <= sum(rows[unit.ref][row]))
                self.model.add(both <= sum(rows[unit.near][row]))
                beside.append(both)
            if beside:
                self.model.add_at_most_one(beside)
                self.gains += [BESIDE * both for both in beside]

    def _delegations(self) -> None:
        """Subtract the rows over which each delegation is spread."""
        rows = self._rows_by_unit()
        used: dict[tuple[str, int], cp_model.IntVar] = {}
        for unit in self.task.units:
            if not unit.delegation:
                continue
            for row, taken in rows.get(unit.ref, {}).items():
                if (unit.delegation, row) not in used:
                    used[unit.delegation, row] = self.model.new_bool_var("")
                self.model.add(sum(taken) <= used[unit.delegation, row])
        self.gains += [-SPLIT * one for one in used.values()]

    def _rows_by_unit(self) -> dict[str, dict[int, list[cp_model.IntVar]]]:
        rows: dict[str, dict[int, list[cp_model.IntVar]]] = defaultdict(lambda: defaultdict(list))
        for (ref, spot), taken in self.takes.items():
            for row in self.ground.rows_of(spot):
                rows[ref][row].append(taken)
        return rows

    def _hint(self) -> None:
        start = first_fit(self.task, self.ground, _best_by_wishes(self.task, self.ground))
        for (ref, spot), taken in self.takes.items():
            self.model.add_hint(taken, start.get(ref) == spot)
