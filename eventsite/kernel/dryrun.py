"""What a spreadsheet would change, worked out row by row before anything is written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from eventsite.kernel.canon import digest
from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_


class Move(Enum):
    """What becomes of the thing that a row names."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, kw_only=True)
class RowFault:
    """What is wrong with a row: its number, the field (empty: the row as a whole), and a sentence."""

    row: int
    name: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Step:
    """What one row does: the thing's key, the version that was read (0: none), and what differs.

    `old` and `new` hold the fields that differ; of a new thing, `new` holds all.
    """

    row: int
    key: str
    version: int
    old: Mapping[str, Any]
    new: Mapping[str, Any]

    @property
    def move(self) -> Move:
        """Return what becomes of the thing."""
        if self.version == 0:
            return Move.NEW
        return Move.CHANGED if self.new else Move.SAME


@dataclass(frozen=True, kw_only=True)
class DryRun:
    """All steps of a sheet and all that is wrong with it."""

    steps: tuple[Step, ...]
    faults: tuple[RowFault, ...]

    @property
    def counts(self) -> Mapping[Move, int]:
        """Return how many things are new, change and stay."""
        return Counter(step.move for step in self.steps)

    @property
    def seen(self) -> str:
        """Return what tells this dry run from one over other rows or after somebody's change."""
        told = [[step.key, step.version, _spelled(step.new)] for step in self.steps]
        return digest(told)

    def refuse_other(self, seen: str) -> None:
        """Raise `Conflict` unless this is what somebody has been shown, free of faults."""
        if self.faults or self.seen != seen:
            raise Conflict(
                N_("Somebody changed these records after you checked the file. Read below what it does now.")
            )


def _spelled(values: Mapping[str, Any]) -> list[list[str]]:
    return [[name, repr(value)] for name, value in sorted(values.items())]


def repeated(keys: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the rows whose key stands in an earlier row, each with its key."""
    first: dict[str, int] = {}
    return [(row, key) for row, key in keys if first.setdefault(key, row) != row]
