"""Each way of changing the log behind the site's back, and that it is found and named.

The twin of every test is `test_an_untouched_log_is_sound`: there the same check finds nothing.
"""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import text

from eventsite.audit.core import WHOLE_EVERY, FaultKind, Head, Report, TiedKnot, read_heads, write_heads
from eventsite.audit.operations import record, tie_knot
from eventsite.audit.queries import find_last_knot, verify_log
from eventsite.database import atomic, db, perform, writes
from eventsite.kernel.lanes import first_link, link
from tests.support.stall import Stamp

pytestmark = pytest.mark.both_databases
HEADS_OF_KNOTS = "SELECT heads FROM knot ORDER BY n"
NOON = datetime(2025, 9, 6, 4, tzinfo=UTC)
DROP = {
    "sqlite": (
        'DROP TRIGGER "audit_update"',
        'DROP TRIGGER "audit_delete"',
        'DROP TRIGGER "knot_update"',
        'DROP TRIGGER "knot_delete"',
    ),
    "postgresql": ("ALTER TABLE audit DISABLE TRIGGER USER", "ALTER TABLE knot DISABLE TRIGGER USER"),
}


@pytest.fixture
def published(stall: Flask):
    """Write two lanes of five rows, a knot after three and after five of them; give the last knot."""
    with stall.app_context():
        for rows in (3, 2):
            write_two_lanes(rows)
            tied = tie_knot(NOON)
        assert tied is not None
        yield tied


def write_two_lanes(rows: int) -> None:
    held = writes().lanes.borrow()
    for n in range(rows):
        with atomic():
            record(
                "account:1", "rename", f"booth:{n}", event_id=1, before={"name": "甲"}, after={"name": "乙"}
            )
    other = writes().lanes.borrow()
    writes().lanes.give_back(held)
    for n in range(rows):
        with atomic():
            record("account:2", "move", f"booth:{n}", event_id=1)
    writes().lanes.give_back(other)


def tamper(*statements: str, **values: object) -> None:
    """Change the file as somebody with the keys to it would: without the triggers."""
    with atomic() as session:
        connection = session.connection()
        for statement in DROP[connection.dialect.name]:
            connection.exec_driver_sql(statement)
        for statement in statements:
            assert session.execute(text(statement), values).rowcount > 0  # type: ignore[attr-defined]


def lanes() -> list[int]:
    return list(db.session.execute(text("SELECT DISTINCT lane FROM audit ORDER BY lane")).scalars())


def kinds(report: Report) -> list[tuple[FaultKind, int | None, int | None, int | None]]:
    return [(fault.kind, fault.lane, fault.seq, fault.knot) for fault in report.faults]


def test_an_untouched_log_is_sound(published: TiedKnot) -> None:
    report = verify_log([published])

    assert (report.rows, report.knots, report.faults) == (10, 2, ())
    assert report.sound


def test_an_edited_row_is_found(published: TiedKnot) -> None:
    lane = lanes()[0]
    tamper("UPDATE audit SET actor = 'account:9' WHERE lane = :lane AND seq = 2", lane=lane)

    assert kinds(verify_log()) == [(FaultKind.ROW_CHANGED, lane, 2, None)]


def test_a_deleted_row_is_found(published: TiedKnot) -> None:
    lane = lanes()[1]
    tamper("DELETE FROM audit WHERE lane = :lane AND seq = 2", lane=lane)

    assert kinds(verify_log()) == [(FaultKind.ROWS_MISSING, lane, 2, None)]


def test_a_cut_tail_is_found_by_the_knot(published: TiedKnot) -> None:
    lane = lanes()[0]
    last = db.session.execute(
        text("SELECT max(seq) FROM audit WHERE lane = :lane"), {"lane": lane}
    ).scalar_one()
    tamper("DELETE FROM audit WHERE lane = :lane AND seq = :last", lane=lane, last=last)

    assert kinds(verify_log()) == [(FaultKind.LANE_CUT, lane, last, 2)]


def test_a_removed_lane_is_found_by_the_knots(published: TiedKnot) -> None:
    lane = lanes()[0]
    tamper("DELETE FROM audit WHERE lane = :lane", lane=lane)

    found = kinds(verify_log())
    assert {(kind, where) for kind, where, _, _ in found} == {(FaultKind.LANE_GONE, lane)}


def test_a_lane_rewritten_with_new_hashes_is_found_by_the_knots(published: TiedKnot) -> None:
    lane = lanes()[0]
    rewrite(lane)

    found = kinds(verify_log())
    assert {(kind, where) for kind, where, _, _ in found} == {(FaultKind.LANE_REWRITTEN, lane)}


def test_a_changed_knot_is_found(published: TiedKnot) -> None:
    tamper("UPDATE knot SET at = at + 1 WHERE n = 1")

    assert kinds(verify_log()) == [(FaultKind.KNOT_CHANGED, None, None, 1)]


def test_knots_of_nonsense_are_found(published: TiedKnot) -> None:
    tamper("UPDATE knot SET heads = 'nonsense' WHERE n = 2")

    assert kinds(verify_log()) == [(FaultKind.KNOT_CHANGED, None, None, 2)]


def test_a_removed_knot_is_found(published: TiedKnot) -> None:
    tamper("DELETE FROM knot WHERE n = 1")

    assert kinds(verify_log()) == [(FaultKind.KNOT_MISSING, None, None, 1)]


def test_a_log_forged_throughout_is_found_by_what_was_published(published: TiedKnot) -> None:
    lane = lanes()[0]
    rewrite(lane)
    tamper_knots(lane)

    assert verify_log().sound
    assert kinds(verify_log([published])) == [(FaultKind.PUBLISHED_DIFFERS, None, None, 2)]


def test_knots_cut_off_are_found_by_what_was_published(published: TiedKnot) -> None:
    tamper("DELETE FROM knot WHERE n = 2")

    assert verify_log().sound
    assert kinds(verify_log([published])) == [(FaultKind.PUBLISHED_DIFFERS, None, None, 2)]


def test_a_quiet_minute_ties_no_knot(published: TiedKnot) -> None:
    assert tie_knot(NOON) == published
    perform(Stamp(1, 1))
    later = tie_knot(NOON)

    assert later is not None
    assert later.n == 3
    assert later == find_last_knot()


def test_a_lane_that_nobody_writes_to_is_listed_with_all_lanes_alone(published: TiedKnot) -> None:
    writes().lanes.borrow()  # and never given back, as by a process that ends
    for n in range(WHOLE_EVERY):
        perform(Stamp(n, 1))
        tie_knot(NOON)

    told = [len(read_heads(heads) or []) for heads in db.session.scalars(text(HEADS_OF_KNOTS))]
    assert told == [2] * 2 + [1] * (WHOLE_EVERY - 2) + [len(lanes()), 1]
    assert verify_log([published]).sound


def test_a_lane_removed_after_its_last_row_was_tied_long_ago_is_found(published: TiedKnot) -> None:
    lane = writes().lanes.borrow().id  # and never given back, as by a process that ends
    for n in range(3):
        perform(Stamp(n, 1))
        tie_knot(NOON)
    tamper("DELETE FROM audit WHERE lane = :lane", lane=lane)
    perform(Stamp(3, 1))
    tie_knot(NOON)

    found = kinds(verify_log())
    assert {(kind, where) for kind, where, _, _ in found} == {(FaultKind.LANE_GONE, lane)}


def test_an_empty_log_has_no_knot(stall: Flask) -> None:
    with stall.app_context():
        assert tie_knot(NOON) is None
        assert verify_log() == Report(rows=0, lanes=0, knots=0, faults=())


def rewrite(lane: int) -> None:
    """Forge the whole lane with fitting hashes, as somebody who knows the format can."""
    columns = "lane, seq, at, event_id, actor, verb, thing, detail"
    read = f"SELECT {columns} FROM audit WHERE lane = :lane ORDER BY seq"
    rows = db.session.execute(text(read), {"lane": lane}).all()
    tamper("UPDATE audit SET verb = 'forged' WHERE lane = :lane", lane=lane)
    head = first_link(lane)
    for row in rows:
        forged = (*row[:5], "forged", *row[6:])
        head = link(head, forged)
        with atomic() as session:
            told = {"hash": head, "lane": lane, "seq": row[1]}
            session.execute(text("UPDATE audit SET hash = :hash WHERE lane = :lane AND seq = :seq"), told)


def tamper_knots(lane: int) -> None:
    """Forge the knots so that they fit a rewritten lane."""
    previous = b""
    for n, at, heads in db.session.execute(text("SELECT n, at, heads FROM knot ORDER BY n")).all():
        told = write_heads(
            forge_head(head) if head.lane == lane else head for head in read_heads(heads) or []
        )
        previous = link(previous, (n, at, told))
        with atomic() as session:
            values = {"heads": told, "hash": previous, "n": n}
            session.execute(text("UPDATE knot SET heads = :heads, hash = :hash WHERE n = :n"), values)


def forge_head(head: Head) -> Head:
    where = {"lane": head.lane, "seq": head.seq}
    found = db.session.execute(
        text("SELECT hash FROM audit WHERE lane = :lane AND seq = :seq"), where
    ).scalar_one()
    return head._replace(hash=bytes(found).hex())
