"""What a run under load gives, and how runs become a row: ratios of neighbours, never times alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


class Skipped(Exception):
    """A row cannot run on this machine; the message names what is missing."""


class Miscounted(Exception):
    """A run did not do what it claims: its figures are worth nothing."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """One side under load for a few seconds; `cpu` is what its server used, in seconds."""

    answers: int
    errors: int
    seconds: float
    p99: float
    cpu: float = 0.0

    @property
    def rate(self) -> float:
        """Return the answers a second."""
        return self.answers / self.seconds

    @property
    def cost(self) -> float:
        """Return the server's CPU time for one answer."""
        return self.cpu / self.answers


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the table: the ratio of each pair, and what `docs/benchmarks.md` asks of their median."""

    name: str
    ratios: Sequence[float]
    must: float
    aim: float
    at_most: bool = False

    @property
    def ratio(self) -> float:
        """Return the median of the pairs."""
        return median(self.ratios)

    @property
    def met(self) -> bool:
        """Tell whether the median reaches what it must."""
        return self.ratio <= self.must if self.at_most else self.ratio >= self.must

    def line(self) -> str:
        """Return the row as it is printed."""
        sign = "<=" if self.at_most else ">="
        spread = f"{min(self.ratios):.2f}-{max(self.ratios):.2f}"
        asked = f"{sign} {self.must:<4g} {self.aim:>5g}  {'met' if self.met else 'NOT MET'}"
        return f"{self.name:<64} {self.ratio:6.2f}  {spread:>11}  {asked}"


def rates(ours: Sequence[Run], reference: Sequence[Run]) -> list[float]:
    """Return how many answers ours gave for one of the reference's, pair by pair."""
    return [one.rate / other.rate for one, other in zip(ours, reference, strict=True)]


def waits(ours: Sequence[Run], reference: Sequence[Run]) -> list[float]:
    """Return how much longer ours took at its 99th percentile, pair by pair."""
    return [one.p99 / other.p99 for one, other in zip(ours, reference, strict=True)]


def costs(ours: Sequence[Run], reference: Sequence[Run]) -> list[float]:
    """Return how much more CPU time ours took for an answer, pair by pair."""
    return [one.cost / other.cost for one, other in zip(ours, reference, strict=True)]
