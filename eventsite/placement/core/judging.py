"""What an arrangement is worth, and which demands it breaks: the yardstick for the solver and for people."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from eventsite.placement.core.grounds import Ground, pairs_within
from eventsite.placement.core.values import Apart, Broken, Circuit, Demand, Spot, Task, Unit

FIRST_WISH, WISH_STEP, LEAST_WISH = 40, 8, 8  # what a fulfilled wish is worth: 40, 32, 24, 16, 8, 8 …
BESIDE = 10  # what standing in the row of the unit one wished for is worth
SPLIT = 6  # what each further row costs over which a delegation is spread


def wish_worth(unit: Unit, spot: Spot) -> int:
    """Return what a spot is worth by the unit's own wishes; a double booth counts its better half."""
    ranks = [unit.wishes.index(code) for code in spot if code in unit.wishes]
    return max(FIRST_WISH - WISH_STEP * min(ranks), LEAST_WISH) if ranks else 0


def worth(task: Task, ground: Ground, spots: Mapping[str, Spot]) -> int:
    """Return what an arrangement is worth: wishes, neighbours wished for, delegations kept together."""
    total = sum(wish_worth(unit, spots[unit.ref]) for unit in task.units if unit.ref in spots)
    rows: dict[str, set[int]] = defaultdict(set)
    for unit in task.units:
        if unit.ref not in spots:
            continue
        own = ground.rows_of(spots[unit.ref])
        if unit.near in spots and own & ground.rows_of(spots[unit.near]):
            total += BESIDE
        if unit.delegation:
            rows[unit.delegation] |= own
    return total - SPLIT * sum(len(spread) for spread in rows.values())


def broken(task: Task, ground: Ground, spots: Mapping[str, Spot]) -> tuple[Broken, ...]:
    """Name every demand that an arrangement does not keep."""
    return (
        *_of_units(task, ground, spots),
        *_of_circuits(task, ground, spots),
        *_of_neighbours(task, ground, spots),
    )


def breaks_alone(unit: Unit, spot: Spot, ground: Ground) -> tuple[Demand, ...]:
    """Return the demands that a unit breaks by its spot alone; a unit that stands already breaks none."""
    if unit.fixed:
        return ()
    places = [ground.places[code] for code in spot]
    odd = [Demand.CATEGORY] if any(place.category != unit.category for place in places) else []
    away = [Demand.ZONE] if unit.zone and any(place.zone != unit.zone for place in places) else []
    return (*odd, *away)


def is_of_sort(unit: Unit, sort: str) -> bool:
    """Tell whether a unit is of a sort that keeps a distance."""
    return unit.flame if sort == "flame" else unit.category == sort


def are_ours(one: Unit, other: Unit) -> bool:
    """Tell whether two units are two, and not both where they stood before."""
    return one is not other and not (one.fixed and other.fixed)


def must_keep_apart(one: Unit, other: Unit, rule: Apart) -> bool:
    """Tell whether a rule of distance is about two units, whichever of them comes first."""
    ways = ((rule.one, rule.other), (rule.other, rule.one))
    return any(is_of_sort(one, first) and is_of_sort(other, second) for first, second in ways)


def load_on(circuit: Circuit, task: Task, ground: Ground, spots: Mapping[str, Spot]) -> int:
    """Return what the placed units draw there, in tenths of a kW; doubles by their first half."""
    return sum(
        unit.load
        for unit in task.units
        if unit.ref in spots and circuit.feeds(ground.places[spots[unit.ref][0]])
    )


def overloads(unit: Unit, code: str, task: Task, ground: Ground) -> bool:
    """Tell whether a unit would draw more on a place than those who stand already leave there."""
    stood = {one.ref: one.fixed for one in task.units if one.fixed and one is not unit}
    return any(
        unit.load > circuit.room - load_on(circuit, task, ground, stood)
        for circuit in task.circuits
        if unit.load and circuit.feeds(ground.places[code])
    )


def _of_units(task: Task, ground: Ground, spots: Mapping[str, Spot]) -> Iterator[Broken]:
    for unit in task.units:
        if unit.ref not in spots:
            yield Broken(demand=Demand.PLACE, unit=unit.ref)
            continue
        for demand in breaks_alone(unit, spots[unit.ref], ground):
            yield Broken(demand=demand, unit=unit.ref)


def _of_circuits(task: Task, ground: Ground, spots: Mapping[str, Spot]) -> Iterator[Broken]:
    """Name what carries too much; what those who stand already draw too much is not ours."""
    stood = {unit.ref: unit.fixed for unit in task.units if unit.fixed}
    for circuit in task.circuits:
        most = max(circuit.room, load_on(circuit, task, ground, stood))
        over = load_on(circuit, task, ground, spots) - most
        if over > 0:
            whose = {"zone" if circuit.of_zone else "circuit": circuit.code}
            yield Broken(demand=Demand.POWER, by=over, **whose)


def _of_neighbours(task: Task, ground: Ground, spots: Mapping[str, Spot]) -> Iterator[Broken]:
    found = {
        (demand, min(one, other), max(one, other)): None
        for demand, one, other in _too_near(task, ground, _holders(task.units, spots))
    }
    for demand, one, other in found:
        yield Broken(demand=demand, unit=one, other=other)


def _too_near(task: Task, ground: Ground, holders: Mapping[str, Unit]) -> Iterator[tuple[Demand, str, str]]:
    for one, other in _pairs(holders, sorted(ground.touching)):
        if one.trade and one.trade == other.trade:
            yield Demand.RIVALS, one.ref, other.ref
    for rule in task.apart:
        near = pairs_within(list(ground.places.values()), rule.gap)
        for one, other in _pairs(holders, [pair for pair, gap in near if gap < rule.gap]):
            if must_keep_apart(one, other, rule):
                yield Demand.APART, one.ref, other.ref


def _pairs(holders: Mapping[str, Unit], places: Iterable[tuple[str, str]]) -> Iterator[tuple[Unit, Unit]]:
    for first, second in places:
        one, other = holders.get(first), holders.get(second)
        if one and other and are_ours(one, other):
            yield one, other


def _holders(units: Sequence[Unit], spots: Mapping[str, Spot]) -> dict[str, Unit]:
    return {code: unit for unit in units if unit.ref in spots for code in spots[unit.ref]}
