"""A first arrangement by a plain rule: the hardest to place first, each where it fits best."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from eventsite.placement.core.grounds import Ground, pairs_within
from eventsite.placement.core.judging import must_keep_apart, wish_worth
from eventsite.placement.core.parts import spots_of
from eventsite.placement.core.values import Circuit, Spot, Task, Unit


def first_fit(
    task: Task, ground: Ground, preferred: Mapping[str, Spot] = MappingProxyType({})
) -> dict[str, Spot]:
    """Return an arrangement that breaks no demand and may leave units out; the solver starts from it.

    Who has a `preferred` spot that is still free and breaks nothing gets it.
    """
    order = sorted(
        task.units,
        key=lambda unit: (not unit.fixed, -unit.places, unit.ref not in preferred, unit.load, unit.ref),
    )
    return fit_in_order(task, ground, order, preferred)


def fit_in_order(
    task: Task,
    ground: Ground,
    order: Sequence[Unit],
    preferred: Mapping[str, Spot] = MappingProxyType({}),
) -> dict[str, Spot]:
    """Place the units one after the other, each on the best spot that breaks nothing; the first of equals."""
    board = _Board(task, ground)
    for unit in order:
        options = [spot for spot in spots_of(unit, ground) if board.takes(unit, spot)]
        if preferred.get(unit.ref) in options:
            board.put(unit, preferred[unit.ref])
        elif options:
            board.put(unit, max(options, key=partial(board.value, unit)))
    return board.spots


class _Board:
    """What is taken so far."""

    def __init__(self, task: Task, ground: Ground) -> None:
        self.task, self.ground = task, ground
        self.spots: dict[str, Spot] = {}
        self.holders: dict[str, Unit] = {}
        self.room = {circuit: circuit.room for circuit in task.circuits}
        self.feeding = {
            place.code: [circuit for circuit in task.circuits if circuit.feeds(place)]
            for place in ground.places.values()
        }
        self.delegations: dict[tuple[str, int], int] = defaultdict(int)
        self.beside = _neighbours(ground.touching)
        places = list(ground.places.values())
        self.within = [
            (rule, _neighbours(pair for pair, gap in pairs_within(places, rule.gap) if gap < rule.gap))
            for rule in task.apart
        ]

    def takes(self, unit: Unit, spot: Spot) -> bool:
        """Tell whether a spot is free for a unit and breaks nothing."""
        if any(code in self.holders for code in spot):
            return False
        if unit.fixed:
            return True
        if any(unit.load > self.room[circuit] for circuit in self._feeding(spot)):
            return False
        return not any(self._disturbs(unit, code) for code in spot)

    def value(self, unit: Unit, spot: Spot) -> tuple[int, int]:
        """Return what a spot is worth to a unit: its wishes first, then its company."""
        return wish_worth(unit, spot), self.company(unit, spot)

    def company(self, unit: Unit, spot: Spot) -> int:
        """Return how many of the unit's delegation stand in the rows of a spot."""
        if not unit.delegation:
            return 0
        return sum(self.delegations[unit.delegation, row] for row in self.ground.rows_of(spot))

    def put(self, unit: Unit, spot: Spot) -> None:
        """Place a unit."""
        self.spots[unit.ref] = spot
        self.holders |= dict.fromkeys(spot, unit)
        for circuit in self._feeding(spot):
            self.room[circuit] -= unit.load
        for row in self.ground.rows_of(spot):
            self.delegations[unit.delegation, row] += 1

    def _feeding(self, spot: Spot) -> Sequence[Circuit]:
        return self.feeding[spot[0]]

    def _disturbs(self, unit: Unit, code: str) -> bool:
        near = (self.holders.get(other) for other in self.beside[code])
        if unit.trade and any(other and other.trade == unit.trade for other in near):
            return True
        for rule, beside in self.within:
            for other in (self.holders.get(one) for one in beside[code]):
                if other and must_keep_apart(unit, other, rule):
                    return True
        return False


def _neighbours(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    beside: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        beside[one].append(other)
        beside[other].append(one)
    return beside
