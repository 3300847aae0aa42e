"""When somebody else holds the database: writers are refused in time, for good, and readers do not notice."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text

from eventsite.audit.queries import verify_log
from eventsite.database import Busy, atomic, perform
from eventsite.kernel.lanes import INSERT_SQLITE, Lane
from tests.support.stall import Claim, Stamp, ask

LONGEST, READ = 2.5, 0.5  # seconds until a writer is refused, a reader answered


@contextmanager
def held(stall: Flask) -> Iterator[None]:
    """Hold the write lock of SQLite, or the row of the gift on PostgreSQL, from outside."""
    url: str = stall.config["SQLALCHEMY_DATABASE_URI"]
    if url.startswith("sqlite"):
        cx = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        cx.execute("BEGIN IMMEDIATE")
        yield
        cx.close()
    else:
        with psycopg.connect(url.replace("+psycopg", "")) as other:
            other.execute("UPDATE stock SET remaining = remaining")
            yield


def refused_after(stall: Flask, write: Callable[[], object]) -> float | None:
    """Return after how many seconds the write was refused, `None` if it was not within the time allowed."""
    began, ended = time.monotonic(), [0.0]

    def work() -> None:
        with stall.app_context():
            try:
                write()
            except (Busy, sqlite3.OperationalError):
                ended[0] = time.monotonic()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(LONGEST)
    return ended[0] - began if ended[0] else None


def take_hot() -> None:
    perform(Claim(1, 1))


def take_in_operation() -> None:
    with atomic() as session:
        session.execute(text("UPDATE stock SET remaining = remaining - 1"))


@pytest.mark.both_databases
@pytest.mark.parametrize("write", [lambda: perform(Claim(1, 1)), take_in_operation], ids=["hot", "operation"])
def test_a_taken_database_refuses_in_time_and_writes_nothing(
    stall: Flask, write: Callable[[], object]
) -> None:
    with held(stall):
        answers: list[float] = []
        reader = threading.Thread(target=lambda: answers.extend(reads(stall)))
        reader.start()
        waited = refused_after(stall, write)
        reader.join()

    assert waited is not None
    assert max(answers) < READ
    time.sleep(0.1)
    assert ask(stall, "SELECT remaining FROM stock") == 5
    assert ask(stall, "SELECT count(*) FROM audit") == 0
    with stall.app_context():
        assert perform(Stamp(1, 1))


def reads(stall: Flask) -> Iterator[float]:
    for _ in range(10):
        began = time.monotonic()
        ask(stall, "SELECT count(*) FROM stamp")
        yield time.monotonic() - began
        time.sleep(0.1)


def test_the_check_catches_a_writer_with_the_patience_of_the_library(stall: Flask) -> None:
    path = stall.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")

    def write() -> None:
        cx = sqlite3.connect(path, isolation_level=None)  # waits five seconds unless told otherwise
        cx.execute("BEGIN IMMEDIATE")
        cx.close()

    with held(stall):
        waited = refused_after(stall, write)

    assert waited is None
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()


def test_a_reader_is_not_stopped_by_an_operation_in_progress(stall: Flask) -> None:
    with stall.app_context(), atomic() as session:
        session.execute(text("UPDATE stock SET remaining = 0"))
        answers: list[int] = []
        reader = threading.Thread(target=lambda: answers.append(ask(stall, "SELECT remaining FROM stock")))
        reader.start()
        reader.join(READ)
        assert answers == [5]
    assert ask(stall, "SELECT remaining FROM stock") == 0


def test_a_full_disk_fails_its_act_and_the_next_one_succeeds(stall: Flask) -> None:
    with stall.app_context():
        with pytest.raises(sqlite3.OperationalError, match="full"):
            perform(Fill(to_the_brim=True))
        perform(Fill(to_the_brim=False))

        assert perform(Stamp(1, 1))
        assert verify_log().sound


class Fill:
    """Limit the file as a full disk would and write beyond it, or lift the limit."""

    def __init__(self, *, to_the_brim: bool) -> None:
        self.to_the_brim = to_the_brim

    def sqlite(self, cx: sqlite3.Connection, lane: Lane) -> None:
        """Write a row of the log and too much beside it."""
        limit = cx.execute("PRAGMA page_count").fetchone()[0] + 2 if self.to_the_brim else 1_000_000
        cx.execute(f"PRAGMA max_page_count = {limit}")
        if self.to_the_brim:
            cx.execute(INSERT_SQLITE, lane.entry("tester", "fill", "disk:1"))
            cx.execute("CREATE TABLE big AS SELECT zeroblob(100000)")

    def postgres(self, cx: psycopg.Connection[Any], lane: Lane) -> None:
        """Leave PostgreSQL's disk alone."""
        raise NotImplementedError
