"""Choosing in the order of a lot: each in turn takes the best spot that is still free for it."""

from collections.abc import Sequence
from dataclasses import replace

from eventsite.placement.core.grounds import survey
from eventsite.placement.core.starting import fit_in_order
from eventsite.placement.core.values import Spot, Task


def choose_in_order(task: Task, order: Sequence[str]) -> dict[str, Spot]:
    """Return who stands where when the units choose in `order` (their refs).

    Each takes the first wish that is free, else the first booth of its category and zone in the order of the
    codes; who finds nothing is left out. The same task and order give the same answer everywhere: nothing
    here depends on chance or time.
    """
    units = {unit.ref: replace(unit, near="", delegation="") for unit in task.units}
    fixed = [unit for unit in units.values() if unit.fixed]
    turns = [units[ref] for ref in order if ref in units and not units[ref].fixed]
    places = tuple(sorted(task.places, key=lambda place: place.code))
    lot = replace(task, units=(*fixed, *turns), places=places)
    return fit_in_order(lot, survey(lot), lot.units)
