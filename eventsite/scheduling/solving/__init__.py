"""The solver, imported where it runs: in the job process.

A first fit comes at once. A small task is then one model, with a proof where time allows. A large one is made
better piece by piece: what costs something is freed together with what is near it, the rest stands meanwhile.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import cycle
from time import monotonic

from eventsite.scheduling.core.blocks import Ground, blocks_of
from eventsite.scheduling.core.bounds import least_left
from eventsite.scheduling.core.judging import Worth, offenders, price_of_left, worth
from eventsite.scheduling.core.relaxing import ways_out
from eventsite.scheduling.core.starting import Starts, all_starts, first_fit, improved, spots_of_acts
from eventsite.scheduling.core.values import Outcome, Range, Spot, Task
from eventsite.scheduling.solving.model import Found, Model

WORK = 0.25  # of the solver's measure that may be done for each second of the clock
WHOLE = 700  # options of blocks and stages up to which a task is one model
PIECE = 12  # blocks that are freed together
STEP_SECONDS, STEP_WORK = 3.0, 0.05  # of a piece
DAY = 24 * 60
EXPLAINING = 0.03  # seconds that it takes to say what a block would need that finds no place

Wanted = Callable[[], bool]


def propose(task: Task, *, seconds: float, wanted: Wanted = lambda: True) -> Outcome:
    """Return the best timetable found within about `seconds`, with what was proved of all others.

    It stops early once nobody wants it any more. The same task gives the same timetable again unless the
    clock runs out before the work is done that `seconds` allow; the outcome says which it was.
    """
    began = monotonic()
    search = _Search(task=task, seconds=seconds, wanted=wanted)
    search.run()
    left = [block for block in search.blocks if block.key not in search.spots]
    _out, cost = worth(task, search.acts)
    return Outcome(
        spots=dict(sorted(search.acts.items())),
        left=ways_out(search.ground, search.blocks, search.spots, left),
        cost=cost,
        least_left=search.least_left,
        least_cost=search.least_cost,
        again=search.again,
        seconds=monotonic() - began,
    )


@dataclass
class _Search:
    """The best timetable so far, and what is left of the time and the work."""

    task: Task
    seconds: float
    wanted: Wanted
    spots: dict[str, Spot] = field(default_factory=dict)
    least_cost: int = 0
    again: bool = True

    def __post_init__(self) -> None:
        began = monotonic()
        self.work = self.seconds * WORK
        self.ground, self.blocks = Ground(self.task), blocks_of(self.task)
        self.starts: Starts = all_starts(self.ground, self.blocks)
        first = first_fit(self.ground, self.blocks, self.starts)
        explaining = min(EXPLAINING * (len(self.blocks) - len(first)), self.seconds / 5)
        self.ends = began + self.seconds - explaining
        self.spots = improved(self.ground, self.blocks, self.starts, first, more=self._has_time)
        self.least_left = least_left(self.ground, self.blocks, self.starts)
        self.stood_cost = self.least_cost = worth(self.task, {})[1]  # what comes can only add to it

    @property
    def acts(self) -> dict[str, Spot]:
        """Return where each placed act is."""
        return spots_of_acts(self.blocks, self.spots)

    @property
    def is_best(self) -> bool:
        """Tell whether nothing better can be."""
        return worth(self.task, self.acts) <= (self.least_left, self.least_cost)

    def run(self) -> None:
        """Make the timetable better until it is proved best, or time or work are up."""
        if self.is_best:
            return
        if sum(len(block.stages) for block in self.blocks) <= WHOLE:
            self._whole()
        else:
            self._in_pieces()

    def _whole(self) -> None:
        found = self._solved(
            Model(self.ground, self.blocks, self.starts), self.spots, ends=self.ends, work=self.work
        )
        if found is None:
            return
        self._take(found.spots)
        price = price_of_left(self.task)
        self.least_left = max(self.least_left, -(-max(found.bound - price + 1, 0) // price))
        out, cost = worth(self.task, self.acts)
        if found.is_optimal:
            self.least_left, self.least_cost = out, cost
        elif self.least_left >= out:
            self.least_cost = min(self.stood_cost + max(found.bound - price * out, 0), cost)

    def _in_pieces(self) -> None:
        tried: set[frozenset[str]] = set()
        while piece := next((one for one in self._pieces() if one not in tried), None):
            if self._is_over():
                return
            tried.add(piece)
            if self._better(piece):
                tried = set()
                if self.is_best:
                    return

    def _has_time(self) -> bool:
        self.again = self.again and monotonic() < self.ends
        return monotonic() < self.ends

    def _is_over(self) -> bool:
        return not self._has_time() or self.work <= 0 or not self.wanted()

    def _better(self, piece: frozenset[str]) -> bool:
        """Solve a piece while the rest stands, and tell whether it got better."""
        task = self._with_the_rest_standing(piece)
        ground, blocks = Ground(task), blocks_of(task)
        model = Model(ground, blocks, all_starts(ground, blocks))
        first = {key: spot for key, spot in self.spots.items() if key in piece}
        ends = min(self.ends, monotonic() + STEP_SECONDS)
        found = self._solved(model, first, ends=ends, work=STEP_WORK)
        if found is None:
            return False
        stood = {key: spot for key, spot in self.spots.items() if key not in piece}
        return self._take({**stood, **found.spots})

    def _solved(self, model: Model, first: Mapping[str, Spot], *, ends: float, work: float) -> Found | None:
        seconds, began = max(ends - monotonic(), 0.1), monotonic()
        found = model.solve(first, seconds=seconds, work=min(work, self.work), wanted=self.wanted)
        self.work -= found.work if found else work
        if monotonic() - began >= seconds and not (found and found.is_optimal):
            self.again = False
        return found

    def _take(self, spots: Mapping[str, Spot]) -> bool:
        """Take a timetable if it is better, and tell whether it was."""
        before: Worth = worth(self.task, self.acts)
        if worth(self.task, spots_of_acts(self.blocks, spots)) >= before:
            return False
        self.spots = dict(spots)
        return True

    def _with_the_rest_standing(self, piece: frozenset[str]) -> Task:
        spots = self.acts
        free = {ref for block in self.blocks if block.key in piece for ref in block.refs}
        return replace(
            self.task,
            acts=tuple(
                act if act.ref in free or not act.free else replace(act, at=spots.get(act.ref), free=False)
                for act in self.task.acts
            ),
        )

    def _pieces(self) -> Iterator[frozenset[str]]:
        """Yield what to free together: those left out with all of a stage's day, then who costs something.

        Those are freed with all of a stage's day in turn, and with what is near them.
        """
        rows = [(stage, day) for stage in self.task.stages for day in self.task.days]
        for block in self.blocks:
            if block.key not in self.spots:
                yield from (frozenset({block.key, *self._on(*row)}) for row in rows if row[0] in block.stages)
        keys = {ref: block.key for block in self.blocks for ref in block.refs}
        dear = [keys[ref] for ref in offenders(self.task, self.acts)]
        for key, row in zip(dear, cycle(rows), strict=False):
            yield self._near(key, elsewhere=DAY)
            yield frozenset({key, *self._on(*row)})
            yield self._near(key, elsewhere=0)

    def _on(self, stage: str, day: Range) -> list[str]:
        return [
            key for key, spot in self.spots.items() if spot.stage == stage and day[0] <= spot.start < day[1]
        ]

    def _near(self, key: str, *, elsewhere: int) -> frozenset[str]:
        """Return a block with those nearest in time; other stages are so many minutes further away."""
        own = self.spots[key]
        near = sorted(
            self.spots,
            key=lambda one: (
                abs(self.spots[one].start - own.start) + elsewhere * (self.spots[one].stage != own.stage),
                one,
            ),
        )
        return frozenset([key, *near[:PIECE]])
