"""The sides of a comparison, put under load in turn, so that a busy moment of the machine meets them all."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from bench.figures import Miscounted, Run
from bench.load import CONNECTIONS, fire
from bench.servers import Server

WARM_RATE = 3000  # requests a second, before the warm-up has shown the real rate
SPARE = 4


@dataclass
class Side:
    """A program under load: its requests (over and over with `again`), its rows if it keeps any, its runs."""

    name: str
    server: Server
    requests: Iterator[bytes]
    again: bool = False
    rows: Callable[[], int] | None = None
    runs: list[Run] = field(default_factory=list)
    rate: float = WARM_RATE
    kept: list[bytes] = field(default_factory=list)

    def take(self, seconds: int) -> list[bytes]:
        """Return enough requests for so long."""
        if not self.again:
            return list(islice(self.requests, int(self.rate * seconds * SPARE) + 10 * CONNECTIONS))
        self.kept = self.kept or list(self.requests)
        return self.kept

    def run(self, seconds: int) -> Run:
        """Put it under load once; raises `Miscounted` where answers, errors and rows do not fit."""
        requests, rows, cpu = self.take(seconds), self.rows() if self.rows else 0, self.server.cpu()
        run = fire(self.server.port, requests, seconds=seconds, again=self.again)
        run = replace(run, cpu=self.server.cpu() - cpu)
        if run.errors or not run.answers:
            raise Miscounted(f"{self.name}: {run.answers} answers and {run.errors} errors")
        if self.rows:
            time.sleep(0.2)  # what was on its way when the load stopped
            more = self.rows() - rows - run.answers
            if not 0 <= more <= CONNECTIONS:
                raise Miscounted(f"{self.name}: {more} more rows than answers, {CONNECTIONS} connections")
        self.rate = max(run.rate, 500)
        return run


def alternate(sides: Sequence[Side], *, pairs: int, seconds: int) -> None:
    """Warm every side up, then put them under load in turn, so many times."""
    for side in sides:
        side.run(1)
    for _ in range(pairs):
        for side in sides:
            side.runs.append(side.run(seconds))
