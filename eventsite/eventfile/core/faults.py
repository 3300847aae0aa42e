"""What is wrong with an event file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from eventsite.eventfile.core.paths import Path, write_path

SHOWN = 500
ENOUGH = 10_000  # a file with so many faults is junk; reading on would only cost time


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One fault: where, and a sentence marked for translation with what its placeholders stand for."""

    path: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.path}: {self.message % self.params}"


class Faults:
    """Collect faults in the order of finding: the first `SHOWN` are kept, all are counted."""

    def __init__(self) -> None:
        self.shown: list[Fault] = []
        self.total = 0
        self._seen: set[tuple[Path, str]] = set()

    def add(self, path: Path, message: str, **params: Any) -> None:
        """Note a fault; one that two rules find at the same place counts once."""
        if (path, message) in self._seen:
            return
        self._seen.add((path, message))
        self.total += 1
        if len(self.shown) < SHOWN:
            self.shown.append(Fault(path=write_path(path), message=message, params=params))

    @property
    def are_enough(self) -> bool:
        """Tell whether looking further is pointless."""
        return self.total >= ENOUGH
