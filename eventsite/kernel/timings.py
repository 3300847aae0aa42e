"""Counters of the write path as plain values, for `/metrics`."""

import threading
from bisect import bisect_left
from dataclasses import dataclass

BOUNDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)


@dataclass(frozen=True, kw_only=True)
class Timing:
    """A histogram: `counts[i]` took at most `bounds[i]` seconds, the last one more than all bounds."""

    bounds: tuple[float, ...]
    counts: tuple[int, ...]
    total: int
    seconds: float


class Stopwatch:
    """Collect durations from many threads."""

    def __init__(self, bounds: tuple[float, ...] = BOUNDS) -> None:
        self._bounds, self._counts = bounds, [0] * (len(bounds) + 1)
        self._seconds, self._lock = 0.0, threading.Lock()

    def add(self, seconds: float) -> None:
        """Count one duration."""
        with self._lock:
            self._counts[bisect_left(self._bounds, seconds)] += 1
            self._seconds += seconds

    def read(self) -> Timing:
        """Return what was counted so far."""
        with self._lock:
            counts = tuple(self._counts)
            return Timing(bounds=self._bounds, counts=counts, total=sum(counts), seconds=self._seconds)
