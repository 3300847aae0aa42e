import threading
import time
from contextlib import suppress

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from eventsite.audit.models import Knot
from eventsite.audit.operations import record
from eventsite.audit.queries import verify_log
from eventsite.database import Doomed, atomic, attempt, commit_pending, db, perform, unit, write_state, writes
from tests.support.stall import BadStamp, Claim, Refused, Stamp, ask

pytestmark = pytest.mark.both_databases


def knot(n: int) -> Knot:
    return Knot(n=n, at=n, heads="[]", hash=b"")


def chains_are_sound() -> bool:
    return not [fault for fault in verify_log().faults if fault.lane]  # the knots above tie nothing


@pytest.fixture
def inside(stall: Flask):
    with stall.app_context():
        yield stall


def test_atomic_commits_what_the_body_wrote(inside: Flask) -> None:
    with atomic() as session:
        session.add(knot(1))

    assert ask(inside, "SELECT count(*) FROM knot") == 1


def test_atomic_undoes_everything_on_an_error(inside: Flask) -> None:
    def fail() -> None:
        with atomic() as session:
            session.add(knot(1))
            session.flush()
            record("tester", "tie", "knot:1")
            raise Refused

    with pytest.raises(Refused):
        fail()

    assert ask(inside, "SELECT count(*) FROM knot") == 0
    assert ask(inside, "SELECT count(*) FROM audit") == 0


def test_a_lane_goes_on_after_an_undone_unit(inside: Flask) -> None:
    for fails in (False, True, False):
        with suppress(Refused), atomic():
            record("tester", "do", "thing:1")
            if fails:
                raise Refused

    report = verify_log()
    assert (report.rows, report.lanes, report.faults) == (2, 1, ())


def test_nested_atomic_joins_and_commits_at_the_outermost_level(inside: Flask) -> None:
    with atomic():
        with atomic() as session:
            session.add(knot(1))
        assert unit() is session.info["unit"]
        assert in_another_thread(inside, "SELECT count(*) FROM knot") == 0

    assert ask(inside, "SELECT count(*) FROM knot") == 1


def test_a_swallowed_inner_error_dooms_the_whole(inside: Flask) -> None:
    def swallow() -> None:
        with atomic() as session:
            session.add(knot(1))
            with suppress(Refused), atomic():
                raise Refused

    with pytest.raises(Doomed):
        swallow()

    assert ask(inside, "SELECT count(*) FROM knot") == 0


def test_attempt_fails_alone(inside: Flask) -> None:
    with atomic() as session:
        session.add(knot(1))
        with suppress(IntegrityError), attempt():
            record("tester", "tie", "knot:1")
            session.add(knot(1))
        record("tester", "tie", "knot:2")
        session.add(knot(2))

    assert ask(inside, "SELECT count(*) FROM knot") == 2
    assert chains_are_sound()
    assert ask(inside, "SELECT count(*) FROM audit") == 1


def test_after_runs_when_the_unit_is_committed_and_the_turn_given_back(inside: Flask) -> None:
    seen: list[int] = []

    def look() -> None:
        seen.append(in_another_thread(inside, "SELECT count(*) FROM knot"))
        perform(Stamp(1, 1))

    with atomic() as session:
        session.add(knot(1))
        unit().after.append(look)
        assert seen == []

    assert seen == [1]


def test_after_does_not_run_for_an_undone_unit(inside: Flask) -> None:
    seen: list[int] = []
    with suppress(Refused), atomic():
        unit().after.append(lambda: seen.append(1))
        raise Refused

    assert seen == []


def test_what_atomic_reads_is_fresh(inside: Flask) -> None:
    assert db.session.execute(text("SELECT count(*) FROM stamp")).scalar_one() == 0
    run_in_thread(inside, lambda: perform(Stamp(1, 1)))

    with atomic() as session:
        assert session.execute(text("SELECT count(*) FROM stamp")).scalar_one() == 1


def test_what_is_read_after_perform_is_fresh(inside: Flask) -> None:
    assert db.session.execute(text("SELECT count(*) FROM stamp")).scalar_one() == 0

    perform(Stamp(1, 1))

    assert db.session.execute(text("SELECT count(*) FROM stamp")).scalar_one() == 1


def test_a_flush_outside_atomic_raises(inside: Flask) -> None:
    db.session.add(knot(1))
    with pytest.raises(RuntimeError, match="outside"):
        db.session.flush()
    db.session.rollback()


def test_changes_made_outside_atomic_raise_at_its_door(inside: Flask) -> None:
    db.session.add(knot(1))
    with pytest.raises(RuntimeError, match="outside"), atomic():
        pass
    with pytest.raises(RuntimeError, match="outside"):
        perform(Stamp(1, 1))
    db.session.rollback()


@pytest.mark.parametrize(
    "statement", ["INSERT INTO stamp VALUES (1, 1)", "DELETE FROM stock", "DROP TABLE stock"]
)
def test_a_read_transaction_cannot_write_by_any_road(inside: Flask, statement: str) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        db.session.execute(text(statement))
    db.session.rollback()


def test_record_and_unit_outside_atomic_raise(inside: Flask) -> None:
    with pytest.raises(RuntimeError, match="outside"):
        record("tester", "do", "thing:1")
    with pytest.raises(RuntimeError, match="outside"):
        unit()


def test_perform_answers_and_writes_one_row_of_the_log(inside: Flask) -> None:
    assert [perform(Stamp(1, 1)), perform(Stamp(1, 1)), perform(Stamp(1, 2))] == [True, False, True]

    assert ask(inside, "SELECT amount FROM stamps") == 2
    report = verify_log()
    assert (report.rows, report.lanes, report.faults) == (2, 1, ())


def test_perform_joins_the_running_operation(inside: Flask) -> None:
    with suppress(Refused), atomic():
        perform(Stamp(1, 1))
        raise Refused
    with atomic():
        perform(Stamp(2, 1))
        with suppress(Refused):
            perform(BadStamp(3, 1))

    assert ask(inside, "SELECT sum(pass_id) FROM stamp") == 2
    assert verify_log().rows == 1


def test_a_failing_act_raises_its_own_error_and_leaves_nothing(inside: Flask) -> None:
    with pytest.raises(Refused):
        perform(BadStamp(1, 1))

    assert perform(Stamp(2, 1))
    report = verify_log()
    assert (report.rows, report.faults) == (1, ())


def test_what_is_scarce_runs_out(inside: Flask) -> None:
    assert [perform(Claim(n, 1)) for n in range(7)] == [True] * 5 + [False] * 2


def test_commit_pending_settles_what_a_library_left(inside: Flask) -> None:
    assert db.session.execute(text("SELECT count(*) FROM knot")).scalar_one() == 0
    with db.session.no_autoflush:
        db.session.add(knot(1))
        assert db.session.execute(text("SELECT count(*) FROM stamp")).scalar_one() == 0
        commit_pending()

    assert in_another_thread(inside, "SELECT count(*) FROM knot") == 1
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        db.session.execute(text("DELETE FROM knot"))
    db.session.rollback()


def test_commit_pending_inside_atomic_joins(inside: Flask) -> None:
    with suppress(Refused), atomic() as session:
        session.add(knot(1))
        commit_pending()
        raise Refused

    assert ask(inside, "SELECT count(*) FROM knot") == 0


def test_write_state_counts(inside: Flask) -> None:
    before = write_state()
    with atomic():
        record("tester", "do", "thing:1")
    perform(Stamp(1, 1))
    state = write_state()

    assert state.operations.total == before.operations.total + 1
    assert state.hot_acts.total == 1
    assert sum(state.hot_acts.counts) == 1
    assert state.stalled == 0
    assert (state.writer is None) == (db.engine.dialect.name == "postgresql")


def test_two_operations_at_once_both_commit(inside: Flask) -> None:
    def work(n: int) -> None:
        with atomic() as session:
            session.add(knot(n))
            record("tester", "tie", f"knot:{n}")
            time.sleep(0.05)

    threads = [threading.Thread(target=with_context, args=(inside, work, n)) for n in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ask(inside, "SELECT count(*) FROM knot") == 2
    assert chains_are_sound()
    assert len(writes().lanes._free) <= 2


def with_context(app: Flask, work, *args: object) -> None:
    with app.app_context():
        work(*args)


def run_in_thread(app: Flask, work) -> None:
    thread = threading.Thread(target=with_context, args=(app, work))
    thread.start()
    thread.join()


def in_another_thread(app: Flask, question: str) -> int:
    answers: list[int] = []
    thread = threading.Thread(target=lambda: answers.append(ask(app, question)))
    thread.start()
    thread.join()
    return answers[0]
