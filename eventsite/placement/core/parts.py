"""A task in parts that have nothing to do with each other, so that each is solved alone."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace

from eventsite.placement.core.grounds import Ground, pairs_within
from eventsite.placement.core.judging import breaks_alone, is_of_sort
from eventsite.placement.core.values import Circuit, Spot, Task, Unit

Node = Hashable


def parts_of(task: Task, ground: Ground) -> list[Task]:
    """Return the parts: units are joined by rows, scarce power and distances over which they could meet."""
    groups = _Groups()
    scarce = _scarce(task, ground)
    for unit in task.units:
        groups.join(("unit", unit.ref), *_nodes(unit, scarce, ground))
    for rule in task.apart:
        sorts = _sorts_in_rows(task, ground)
        for (one, other), gap in pairs_within(list(ground.places.values()), rule.gap):
            first, second = ground.rows[one], ground.rows[other]
            if gap < rule.gap and _could_meet(rule.one, rule.other, sorts[first], sorts[second]):
                groups.join(("row", first), ("row", second))
    members: dict[Node, list[Unit]] = defaultdict(list)
    for unit in task.units:
        members[groups.root(("unit", unit.ref))].append(unit)
    return [replace(task, units=tuple(units)) for units in members.values()]


def spots_of(unit: Unit, ground: Ground) -> list[Spot]:
    """Return the spots where a unit breaks no demand by itself."""
    return [spot for spot in ground.spots_for(unit) if not breaks_alone(unit, spot, ground)]


def _scarce(task: Task, ground: Ground) -> list[Circuit]:
    """Return the circuits and zones that could run out; the others bind nobody to anybody."""
    drawn: dict[Circuit, int] = defaultdict(int)
    for unit in task.units:
        places = [ground.places[spot[0]] for spot in spots_of(unit, ground)] if unit.load else []
        for circuit in task.circuits:
            if any(circuit.feeds(place) for place in places):
                drawn[circuit] += unit.load
    return [circuit for circuit, load in drawn.items() if load > circuit.room]


def _nodes(unit: Unit, scarce: Sequence[Circuit], ground: Ground) -> Iterator[Node]:
    if unit.near:
        yield "unit", unit.near
    for spot in spots_of(unit, ground):
        for code in spot:
            yield "row", ground.rows[code]
            if unit.load:
                yield from (circuit for circuit in scarce if circuit.feeds(ground.places[code]))


def _sorts_in_rows(task: Task, ground: Ground) -> dict[int, set[str]]:
    sorts: dict[int, set[str]] = defaultdict(set)
    asked = {sort for rule in task.apart for sort in (rule.one, rule.other)}
    for unit in task.units:
        own = {sort for sort in asked if is_of_sort(unit, sort)}
        if own:
            for spot in spots_of(unit, ground):
                for code in spot:
                    sorts[ground.rows[code]] |= own
    return sorts


def _could_meet(one: str, other: str, first: set[str], second: set[str]) -> bool:
    return (one in first and other in second) or (other in first and one in second)


class _Groups:
    """Groups that grow together (union-find)."""

    def __init__(self) -> None:
        self.above: dict[Node, Node] = {}

    def root(self, node: Node) -> Node:
        self.above.setdefault(node, node)
        while self.above[node] != node:
            self.above[node] = self.above[self.above[node]]
            node = self.above[node]
        return node

    def join(self, *nodes: Node) -> None:
        first, *others = map(self.root, nodes)
        for other in others:
            self.above[self.root(other)] = self.root(first)
