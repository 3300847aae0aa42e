"""Announced loads against what circuits and zones carry, in kW."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from math import floor

NEAR = 80  # per cent of a limit from which it is nearly reached


class LoadLevel(Enum):
    """How a load stands to its limit."""

    UNKNOWN = "unknown"
    FREE = "free"
    NEAR = "near"
    OVER = "over"


@dataclass(frozen=True, kw_only=True)
class Load:
    """What hangs on a circuit or a zone's feeder (`code`), and its limit where it is known."""

    code: str
    kw: float
    limit: float | None

    @property
    def percent(self) -> int:
        """Return the share of the limit, rounded up: only a full one is 100."""
        return -floor(-self.kw / self.limit * 100) if self.limit else 0

    @property
    def level(self) -> LoadLevel:
        """Return how it stands to its limit."""
        if self.limit is None:
            return LoadLevel.UNKNOWN
        if self.kw > self.limit:
            return LoadLevel.OVER
        return LoadLevel.NEAR if self.kw * 100 >= self.limit * NEAR else LoadLevel.FREE

    @property
    def left(self) -> float:
        """Return how much more it carries, negative where it carries too much."""
        return round((self.limit or 0) - self.kw, 2)


def load_of(code: str, loads: Iterable[float], limit: float | None) -> Load:
    """Add loads up in hundredths, free of the tails of binary fractions."""
    hundredths = sum(floor(kw * 100 + 0.5) for kw in loads)
    return Load(code=code, kw=hundredths / 100, limit=limit)
