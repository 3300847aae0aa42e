"""What the columns of the database can hold, as plain values: the last rule that a file must keep."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from eventsite.eventfile.core.faults import Faults
from eventsite.eventfile.core.paths import Path, show
from eventsite.eventfile.core.schema import NOT_A_DATE, NOT_A_TIME, read_date
from eventsite.eventfile.core.sections import Record, all_records
from eventsite.eventfile.core.times import is_in_reach, read_instant, read_time
from eventsite.kernel.words import N_

LARGEST_WHOLE = 2**31 - 1

TOO_LONG = N_("This text has more than %(longest)s characters.")
NOT_WHOLE = N_("%(found)s is not a whole number.")
TOO_BIG = N_("%(found)s is beyond what can be kept.")
NOT_A_WORD = N_("“%(found)s” is not one of: %(words)s.")
NOT_AN_INSTANT = N_("“%(found)s” is not a time such as 2025-09-06T10:42:00+08:00.")
OUT_OF_REACH = N_("“%(found)s” is not between the years 1970 and 2199.")


class Kind(Enum):
    """What a column holds."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    INSTANT = "instant"


@dataclass(frozen=True, kw_only=True)
class Limit:
    """What one key of a section may hold; `longest` counts characters, `words` are all that there are."""

    kind: Kind
    longest: int | None = None
    words: tuple[str, ...] = ()


Limits = Mapping[str, Mapping[tuple[str, ...], Limit]]


def check_limits(tree: Any, limits: Limits, faults: Faults) -> None:
    """Note every value that its column could not keep. Nulls and types are the schema's business."""
    for section, path, record in all_records(tree):
        for keys, limit in limits.get(section, {}).items():
            _check(_value_at(record, keys), limit, (*path, *keys), faults)


def _value_at(record: Record, keys: tuple[str, ...]) -> Any:
    value: Any = record
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _check(value: Any, limit: Limit, path: Path, faults: Faults) -> None:
    if isinstance(value, str):
        _check_text(value, limit, path, faults)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        _check_number(value, limit, path, faults)


def _check_text(value: str, limit: Limit, path: Path, faults: Faults) -> None:
    if limit.longest is not None and len(value) > limit.longest:
        faults.add(path, TOO_LONG, longest=limit.longest)
    if limit.words and value not in limit.words:
        faults.add(path, NOT_A_WORD, found=show(value), words=", ".join(limit.words))
    if limit.kind is Kind.TIME and read_time(value) is None:
        faults.add(path, NOT_A_TIME, found=show(value))
    elif limit.kind is Kind.INSTANT and read_instant(value) is None:
        faults.add(path, NOT_AN_INSTANT, found=show(value))
    elif limit.kind is Kind.DATE:
        _check_date(value, path, faults)


def _check_date(value: str, path: Path, faults: Faults) -> None:
    day = read_date(value)
    if day is None:
        faults.add(path, NOT_A_DATE, found=show(value))
    elif not is_in_reach(day):
        faults.add(path, OUT_OF_REACH, found=show(value))


def _check_number(value: float, limit: Limit, path: Path, faults: Faults) -> None:
    if limit.kind is Kind.WHOLE and value != value // 1:
        faults.add(path, NOT_WHOLE, found=show(value))
    elif limit.kind is Kind.WHOLE and abs(value) > LARGEST_WHOLE:
        faults.add(path, TOO_BIG, found=show(value))
