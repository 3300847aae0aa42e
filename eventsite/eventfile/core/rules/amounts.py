"""Numbers that cannot be meant: below zero, out of order, not adding up."""

from collections.abc import Iterator
from typing import Any

from eventsite.eventfile.core.faults import Faults
from eventsite.eventfile.core.limits import TOO_BIG
from eventsite.eventfile.core.paths import Path, show
from eventsite.eventfile.core.sections import Record, number_of, records, text_of
from eventsite.kernel.words import N_

LARGEST = 10**15
MAY_BE_NEGATIVE = ("offset_days", "x", "y")
ABOVE_ZERO = {
    "venue": (("map_size", "w"), ("map_size", "h")),
    "zones": (("map", "w"), ("map", "h")),
    "booths": (("map", "w"), ("map", "h")),
    "workshops": (("minutes",), ("capacity",)),
}
LEVELS = ("notice", "warning", "limit")

NEGATIVE = N_("%(found)s is below zero.")
ZERO = N_("This has to be above zero.")
UNEVEN = N_("The releases add up to %(sum)s, the stock is %(stock)s.")
NOT_ASCENDING = N_("The crowd levels have to rise from notice to warning to limit.")
NO_PERIOD = N_("Rotating codes need a period of at least one second.")


def check_amounts(tree: Any, faults: Faults) -> None:
    """Note numbers that no fair can have."""
    for path, number in _numbers(tree, ()):
        if abs(number) > LARGEST:
            faults.add(path, TOO_BIG, found=show(number))
        elif number < 0 and path[-1] not in MAY_BE_NEGATIVE:
            faults.add(path, NEGATIVE, found=show(number))
    _check_above_zero(tree, faults)
    _check_stock(tree, faults)
    _check_levels(tree, faults)
    _check_period(tree, faults)


def _numbers(value: Any, path: Path) -> Iterator[tuple[Path, int | float]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _numbers(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _numbers(inner, (*path, index))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield path, value


def _check_above_zero(tree: Any, faults: Faults) -> None:
    for section, places in ABOVE_ZERO.items():
        for path, record in records(tree, section):
            for place in places:
                holder = record.get(place[0]) if len(place) > 1 else record
                if isinstance(holder, dict) and number_of(holder, place[-1]) == 0:
                    faults.add((*path, *place), ZERO)


def _check_stock(tree: Any, faults: Faults) -> None:
    for path, record in records(tree, "giveaways"):
        stock, total = number_of(record, "stock_total"), _released(record)
        if stock is not None and total is not None and total != stock:
            faults.add((*path, "slots"), UNEVEN, sum=show(total), stock=show(stock))


def _released(record: Record) -> float | None:
    """Return the sum of the releases, `None` where one of them has no number."""
    slots = record.get("slots")
    if not isinstance(slots, list):
        return None
    amounts = [number_of(slot, "quantity") if isinstance(slot, dict) else None for slot in slots]
    return None if None in amounts else sum(amount or 0 for amount in amounts)


def _check_levels(tree: Any, faults: Faults) -> None:
    for path, record in records(tree, "zones"):
        levels = record.get("crowd_levels")
        if not isinstance(levels, dict):
            continue
        notice, warning, limit = (number_of(levels, name) for name in LEVELS)
        if notice is None or warning is None or limit is None:
            continue
        if not notice < warning < limit:
            faults.add((*path, "crowd_levels"), NOT_ASCENDING)


def _check_period(tree: Any, faults: Faults) -> None:
    for path, record in records(tree, "stamp_rally"):
        period = record.get("code_period_seconds")
        needed = text_of(record, "code_mode") == "rotating_code"
        if needed and (period is None or number_of(record, "code_period_seconds") == 0):
            faults.add((*path, "code_period_seconds"), NO_PERIOD)
