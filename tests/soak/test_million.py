"""A log of a million rows: verified in bounded memory, its history found at once."""

import sqlite3
import time
from pathlib import Path
from typing import cast

import pytest
from flask import Flask

from eventsite.audit.queries import history_of, list_history, verify_log
from eventsite.database import atomic
from eventsite.kernel.lanes import INSERT_SQLITE, Lane

pytestmark = pytest.mark.soak
ROWS, LANES = 1_000_000, 20


def memory(kind: str) -> int:
    """Return how much memory this process uses, in kilobytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith(kind)).split()[1])


@pytest.fixture
def long_log(stall: Flask) -> Flask:
    with stall.app_context(), atomic() as session:
        cx = cast("sqlite3.Connection", session.connection().connection.driver_connection)
        for _ in range(LANES):
            lane = Lane()
            rows = (
                lane.entry("pass:1", "stamp", f"booth:{n % 5000}", event_id=n % 3)
                for n in range(ROWS // LANES)
            )
            cx.executemany(INSERT_SQLITE, rows)
    return stall


def test_a_million_rows_verify_in_little_memory_and_answer_at_once(long_log: Flask) -> None:
    with long_log.app_context():
        before = memory("VmRSS")
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak is counted from here
        report = verify_log()
        assert (report.rows, report.lanes, report.faults) == (ROWS, LANES, ())
        assert memory("VmHWM") - before < 32_000

        began = time.monotonic()
        assert len(history_of(1, "booth:7")) > 0
        assert len(list_history(2).entries) == 50
        assert time.monotonic() - began < 0.5
