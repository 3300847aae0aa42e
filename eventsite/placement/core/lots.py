"""A lot in the arithmetic of `fairdraw/1`: one tier of as many places in line as there are entries."""

from collections.abc import Mapping, Sequence
from typing import Any

from eventsite.kernel.canon import digest
from eventsite.kernel.fairdraw.entries import Entry
from eventsite.kernel.fairdraw.record import Record
from eventsite.kernel.fairdraw.rules import slots

TIER = "TURN"
SOURCES = [{"kind": "stage"}]


def lot_rules(code: str, title: str, *, entries: int, task_sha256: str) -> dict[str, Any]:
    """Return the rules of a lot; `task` binds booths, wishes and distances as they were at the freeze."""
    return {
        "draw": code,
        "title": title,
        "kind": "lot",
        "method": "in the order drawn, each takes the first of its wishes that is free, else the first booth "
        "of its category and zone by code",
        "task": task_sha256,
        "max_weight": 1,
        "tiers": [{"code": TIER, "name": title, "count": entries}],
        "sources": SOURCES,
    }


def task_sha256(packed: Mapping[str, Any]) -> str:
    """Return the hash of a packed task; fractions are written as text, since canonical JSON has none."""
    return digest(without_floats(packed))


def entries_of(codes: Sequence[str]) -> list[Entry]:
    """Return the entries of a lot, each of weight 1, sorted as the entry file has them."""
    return [Entry(code, 1) for code in sorted(codes)]


def turns(record: Record) -> list[str]:
    """Return the entry ids in the order drawn."""
    held = record.outcome
    return [entry for slot in slots(record.rules) if (entry := held[slot]) is not None]


def without_floats(value: Any) -> Any:
    """Return a value with fractions as text, as canonical JSON can hold it."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, Mapping):
        return {key: without_floats(one) for key, one in value.items()}
    return [without_floats(one) for one in value] if isinstance(value, list | tuple) else value
