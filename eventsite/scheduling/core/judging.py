"""What a timetable costs: the yardstick for the solver, for the first guess and for tests.

Who is left out weighs most. Then come two of one city, or of one genre, one right after the other on a
stage; parts of days with more than their share; and items that are moved without need.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from eventsite.scheduling.core.values import Act, Range, Spot, Task

CITY, GENRE = 10, 5  # for each act after which one of its own comes within `APART`
CROWD = 3  # for each act of a city beyond its share of a part of a day
FULL = 1  # for each act beyond the share of a part of a day, or of a stage
MOVED = 2  # for each act that leaves its place
APART = 15  # minutes within which the next one comes right after
PARTS = 3  # of a day

Worth = tuple[int, int]
"""How many acts are left out, and what the others cost; less is better."""


@dataclass(frozen=True, kw_only=True)
class Placed:
    """An act in a timetable."""

    act: Act
    spot: Spot

    @property
    def taken(self) -> Range:
        """Return from when to when it takes its stage."""
        return self.spot.start - self.act.setup, self.spot.start + self.act.minutes + self.act.teardown


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How often a timetable does what costs."""

    left: int
    moved: int
    cities: int
    genres: int
    crowded: int
    full: int

    @property
    def cost(self) -> int:
        """Return what it costs, apart from whom it leaves out."""
        spread = CITY * self.cities + GENRE * self.genres + CROWD * self.crowded
        return spread + MOVED * self.moved + FULL * self.full


def tally(task: Task, spots: Mapping[str, Spot]) -> Tally:
    """Count what a timetable costs; `spots` has each free act that was placed."""
    free = [act for act in task.acts if act.free]
    ones = placed(task, spots)
    return Tally(
        left=sum(act.ref not in spots for act in free),
        moved=sum(act.at is not None and act.ref in spots and act.at != spots[act.ref] for act in free),
        cities=sum(1 for _ in followed(ones, "city")) if task.wishes.cities else 0,
        genres=sum(1 for _ in followed(ones, "genre")) if task.wishes.genres else 0,
        crowded=sum(_crowds(task, ones).values()) if task.wishes.cities else 0,
        full=_fullness(task, ones),
    )


def worth(task: Task, spots: Mapping[str, Spot]) -> Worth:
    """Return what a timetable is worth; `spots` has each free act that was placed."""
    counted = tally(task, spots)
    return counted.left, counted.cost


def placed(task: Task, spots: Mapping[str, Spot]) -> list[Placed]:
    """Return all acts that have a place, those that stand and those that were placed."""
    found = []
    for act in task.acts:
        spot = spots.get(act.ref) if act.free else act.at
        if spot is not None:
            found.append(Placed(act=act, spot=spot))
    return found


def price_of_left(task: Task) -> int:
    """Return a price for an act without a place that no other cost makes up for."""
    return (CITY + GENRE + CROWD + 2 * FULL + MOVED) * len(task.acts) + 1


def followed(ones: Iterable[Placed], group: str) -> Iterator[tuple[Placed, Placed]]:
    """Yield who is followed by one of its own city or genre, on its stage and within `APART`, and by whom.

    Parts of one unit follow each other by right.
    """
    groups: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for one in ones:
        if getattr(one.act, group):
            groups[one.spot.stage, getattr(one.act, group)].append(one)
    for members in groups.values():
        ordered = sorted(members, key=lambda one: (one.taken, one.act.ref))
        for one, after in pairwise(ordered):
            of_one_unit = one.act.unit and one.act.unit == after.act.unit
            if after.taken[0] - one.taken[1] < APART and not of_one_unit:
                yield one, after


def parts_of_days(task: Task) -> list[Range]:
    """Return the days cut into parts, in order; a start belongs to the part it lies in."""
    found: list[Range] = []
    for begin, end in task.days:
        edges = [begin + (end - begin) * cut // PARTS for cut in range(PARTS + 1)]
        found += pairwise(edges)
    return found


def part_of(parts: Sequence[Range], start: int) -> int | None:
    """Return the number of the part that a start lies in, nothing outside the hours."""
    return next((number for number, (begin, end) in enumerate(parts) if begin <= start < end), None)


def share_of_part(task: Task) -> int:
    """Return how many acts a part of a day may have before it has more than its share."""
    return ceil(len(task.acts) / (len(task.days) * PARTS))


def share_of_stage(task: Task) -> int:
    """Return how many acts a stage may have before it has more than its share."""
    return ceil(len(task.acts) / max(len(task.stages), 1))


def shares_of_cities(task: Task) -> dict[str, int]:
    """Return how many acts of each city a part of a day may have."""
    counts = Counter(act.city for act in task.acts if act.city)
    return {city: ceil(count / (len(task.days) * PARTS)) for city, count in counts.items()}


def offenders(task: Task, spots: Mapping[str, Spot]) -> list[str]:
    """Return the free acts that cost something, the dearest kind first, each once."""
    ones = placed(task, spots)
    parts = parts_of_days(task)
    found: list[str] = []
    for group, wanted in (("city", task.wishes.cities), ("genre", task.wishes.genres)):
        pairs = followed(ones, group) if wanted else ()
        found += [one.act.ref for pair in pairs for one in pair]
    crowds = _crowds(task, ones) if task.wishes.cities else {}
    found += [one.act.ref for one in ones if crowds.get((one.act.city, part_of(parts, one.spot.start)))]
    by_part = Counter(part_of(parts, one.spot.start) for one in ones)
    full = {number for number, count in by_part.items() if number is not None and count > share_of_part(task)}
    inside = [one for one in ones if part_of(parts, one.spot.start) in full]
    edges = [edge for part in parts for edge in part]
    inside.sort(key=lambda one: min(abs(one.spot.start - edge) for edge in edges))  # they leave it easiest
    found += [one.act.ref for one in inside]
    free = {act.ref for act in task.acts if act.free}
    return [ref for ref in dict.fromkeys(found) if ref in free]


def _crowds(task: Task, ones: Sequence[Placed]) -> dict[tuple[str, int | None], int]:
    parts, limits = parts_of_days(task), shares_of_cities(task)
    counts = Counter((one.act.city, part_of(parts, one.spot.start)) for one in ones if one.act.city)
    return {
        key: count - limits[key[0]]
        for key, count in counts.items()
        if key[1] is not None and count > limits[key[0]]
    }


def _fullness(task: Task, ones: Sequence[Placed]) -> int:
    parts = parts_of_days(task)
    by_part = Counter(part_of(parts, one.spot.start) for one in ones)
    by_stage = Counter(one.spot.stage for one in ones if one.spot.stage in task.stages)
    full = sum(max(count - share_of_part(task), 0) for number, count in by_part.items() if number is not None)
    return full + sum(max(count - share_of_stage(task), 0) for count in by_stage.values())
