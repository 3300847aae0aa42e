import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from eventsite.kernel.lanes import Lane
from eventsite.kernel.writer import Busy, Unsettled, Writer, is_locked


def connect(path: str) -> sqlite3.Connection:
    cx = sqlite3.connect(path, isolation_level=None, timeout=0.05, check_same_thread=False)
    cx.execute("PRAGMA journal_mode=wal")
    cx.execute("CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY)")
    return cx


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "w.db")


@pytest.fixture
def writer(path: str) -> Iterator[Writer]:
    made = Writer(path, lambda: connect(path))
    yield made
    made.close()


def insert(n: int):
    def act(cx: sqlite3.Connection, lane: Lane) -> int:
        cx.execute("INSERT INTO t VALUES (?)", (n,))
        return n

    return act


def numbers(path: str) -> list[int]:
    cx = connect(path)
    rows = [n for (n,) in cx.execute("SELECT n FROM t ORDER BY n")]
    cx.close()
    return rows


def test_run_answers_after_the_commit(writer: Writer, path: str) -> None:
    assert writer.run(insert(1)) == 1
    assert numbers(path) == [1]


def test_one_bad_act_in_ten_leaves_its_neighbours_alone(writer: Writer, path: str) -> None:
    def one(n: int) -> int:
        def act(cx: sqlite3.Connection, lane: Lane) -> int:
            cx.execute("INSERT INTO t VALUES (?)", (n,))
            lane.entry("a", "b", "c")
            if n % 10 == 0:
                raise ValueError(n)
            return n

        return writer.run(act)

    with ThreadPoolExecutor(8) as pool:
        asked = {n: pool.submit(one, n) for n in range(80)}
    failed = {n for n, answer in asked.items() if isinstance(answer.exception(), ValueError)}

    assert failed == set(range(0, 80, 10))
    assert numbers(path) == [n for n in range(80) if n % 10]
    assert writer.state().acts == 80
    assert writer.state().commits.total <= 80


def test_acts_that_wait_together_share_one_commit(writer: Writer, path: str) -> None:
    with ThreadPoolExecutor(4) as pool, writer.turn():
        asked = [pool.submit(writer.run, insert(n)) for n in range(4)]
        while writer.state().waiting < 4:
            time.sleep(0.005)
        held = writer.stalled()

    assert [answer.result() for answer in asked] == [0, 1, 2, 3]
    assert held > 0
    assert writer.state().commits.total == 1


def test_a_foreign_lock_makes_callers_busy_for_good(writer: Writer, path: str) -> None:
    foreign = connect(path)
    foreign.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    with pytest.raises(Busy):
        writer.run(insert(1))
    assert time.monotonic() - began < 2.3
    foreign.execute("ROLLBACK")
    foreign.close()

    assert writer.run(insert(2)) == 2
    assert numbers(path) == [2]
    assert writer.state().refused == 1


def test_a_crowd_leaves_early_while_the_patient_wait(writer: Writer, path: str) -> None:
    foreign = connect(path)
    foreign.execute("BEGIN IMMEDIATE")

    def wait(n: int) -> float:
        began = time.monotonic()
        with pytest.raises(Busy):
            writer.run(insert(n))
        return time.monotonic() - began

    with ThreadPoolExecutor(12) as pool:
        waits = sorted(pool.map(wait, range(12)))
    foreign.execute("ROLLBACK")
    foreign.close()

    assert sum(wait > 1.5 for wait in waits) == 4
    assert waits[7] < 0.9
    assert numbers(path) == []


def test_a_commit_that_fails_is_unsettled_and_the_next_act_succeeds(writer: Writer, path: str) -> None:
    def orphan(cx: sqlite3.Connection, lane: Lane) -> None:
        cx.execute("PRAGMA defer_foreign_keys=on")
        cx.execute("INSERT INTO child VALUES (99)")

    cx = connect(path)
    cx.execute("CREATE TABLE child (n REFERENCES t (n))")
    cx.close()
    strict = Writer(path, lambda: with_foreign_keys(path))
    with pytest.raises(Unsettled):
        strict.run(orphan)

    assert strict.run(insert(1)) == 1
    strict.close()


def with_foreign_keys(path: str) -> sqlite3.Connection:
    cx = connect(path)
    cx.execute("PRAGMA foreign_keys=on")
    return cx


def test_a_database_that_cannot_be_opened_makes_callers_busy_until_it_can(tmp_path: Path) -> None:
    place = tmp_path / "later"
    path = str(place / "w.db")
    writer = Writer(path, lambda: connect(path))
    with pytest.raises(Busy):
        writer.run(insert(1))

    place.mkdir()

    assert writer.run(insert(2)) == 2
    writer.close()


def test_a_turn_that_fails_is_given_back(writer: Writer) -> None:
    with pytest.raises(ValueError, match="inside"), writer.turn():
        raise ValueError("inside")

    assert writer.run(insert(1)) == 1
    assert writer.stalled() == 0


def test_two_writers_of_one_file_take_turns(path: str) -> None:
    writers = [Writer(path, lambda: connect(path)) for _ in range(2)]
    inside, most, lock = [0], [0], threading.Lock()

    def enter(n: int) -> None:
        with writers[n % 2].turn():
            with lock:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
            time.sleep(0.002)
            with lock:
                inside[0] -= 1

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(enter, range(40)))

    assert most[0] == 1
    for writer in writers:
        writer.close()


def test_a_forked_child_writes_with_a_thread_of_its_own(writer: Writer, path: str) -> None:
    writer.run(insert(1))
    child = os.fork()
    if child == 0:
        writer.run(insert(2))
        os._exit(0)

    assert os.waitpid(child, 0)[1] == 0
    assert writer.run(insert(3)) == 3
    assert numbers(path) == [1, 2, 3]


def test_is_locked_tells_a_lock_from_other_errors(path: str) -> None:
    holder, other = connect(path), connect(path)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError) as locked:
        other.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError) as wrong:
        other.execute("SELECT nonsense")
    holder.close()
    other.close()

    assert is_locked(locked.value)
    assert not is_locked(wrong.value)
