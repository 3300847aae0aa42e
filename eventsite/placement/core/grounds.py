"""The plan as neighbours and rows: which places touch, and how far others are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from eventsite.placement.core.values import Place, Spot, Task, Unit

CELL = 200.0  # of the grid in which near places are looked for, in units of the plan


@dataclass(frozen=True, kw_only=True)
class Ground:
    """The places of a task by code, the pairs that touch, and the row of each place."""

    places: Mapping[str, Place]
    touching: frozenset[tuple[str, str]]
    rows: Mapping[str, int]

    def spots_for(self, unit: Unit) -> list[Spot]:
        """Return where a unit could stand if nothing else mattered."""
        if unit.fixed:
            return [unit.fixed]
        if unit.places == 1:
            return [(code,) for code in self.places]
        return sorted(self.touching)

    def rows_of(self, spot: Spot) -> set[int]:
        """Return the rows in which a spot lies."""
        return {self.rows[code] for code in spot}


def survey(task: Task) -> Ground:
    """Return the ground of a task. Only places of one zone touch each other."""
    places = {place.code: place for place in task.places}
    touching = frozenset(
        (one, other)
        for (one, other), _gap in pairs_within(task.places, task.touch)
        if places[one].zone == places[other].zone
    )
    return Ground(places=places, touching=touching, rows=_rows(places, touching))


def pairs_within(places: Sequence[Place], gap: float) -> list[tuple[tuple[str, str], float]]:
    """Return the pairs of places that are no more than `gap` apart, with how far they are."""
    cells: dict[tuple[int, int], list[Place]] = defaultdict(list)
    for place in places:
        for cell in _cells(place, gap):
            cells[cell].append(place)
    found: dict[tuple[str, str], float] = {}
    for near in cells.values():
        for one, other in combinations(sorted(near, key=lambda place: place.code), 2):
            distance = one.box.gap(other.box)
            if distance <= gap:
                found[one.code, other.code] = distance
    return sorted(found.items())


def _cells(place: Place, gap: float) -> Iterator[tuple[int, int]]:
    box = place.box
    for column in range(int((box.x - gap) // CELL), int((box.right + gap) // CELL) + 1):
        for row in range(int((box.y - gap) // CELL), int((box.bottom + gap) // CELL) + 1):
            yield column, row


def _rows(places: Iterable[str], touching: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Number the groups of places that touch each other, directly or by others."""
    root = {code: code for code in places}

    def find(code: str) -> str:
        while root[code] != code:
            root[code] = root[root[code]]
            code = root[code]
        return code

    for one, other in touching:
        root[find(one)] = find(other)
    numbers: dict[str, int] = {}
    return {code: numbers.setdefault(find(code), len(numbers)) for code in root}
