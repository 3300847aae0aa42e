from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from eventsite.audit.core import Change
from eventsite.audit.operations import record
from eventsite.audit.queries import history_of, list_history, verify_log
from eventsite.database import atomic, db, perform, refuse_changes
from tests.support.stall import TABLES, Stamp

pytestmark = pytest.mark.both_databases


class Person:
    ref = "account:7"
    origin = "192.0.2.1"


@pytest.fixture(autouse=True)
def inside(stall: Flask):
    with stall.app_context():
        yield


def test_record_keeps_who_what_before_after_and_from_where() -> None:
    at = datetime(2025, 9, 6, 4, tzinfo=UTC)
    with atomic():
        record(
            Person(), "move", "booth:2", event_id=1, before={"x": 1.5}, after={"x": 2, "at": at}, why="挡路"
        )

    (entry,) = history_of(1, "booth:2")
    assert (entry.actor, entry.origin, entry.verb, entry.event_id) == ("account:7", "192.0.2.1", "move", 1)
    assert entry.changes == (
        Change(field="x", before="1.5", after=2),
        Change(field="at", before=None, after="2025-09-06T04:00:00+00:00"),
    )
    assert entry.detail == {"why": "挡路"}
    assert abs((datetime.now(UTC) - entry.at).total_seconds()) < 60
    assert verify_log().sound


def test_history_keeps_events_and_things_apart_newest_first() -> None:
    with atomic():
        for event_id, thing, verb in (
            (1, "booth:1", "a"),
            (2, "booth:1", "b"),
            (1, "booth:2", "c"),
            (None, "x:1", "d"),
        ):
            record("tester", verb, thing, event_id=event_id)
        record("tester", "e", "booth:1", event_id=1)

    assert [entry.verb for entry in history_of(1, "booth:1")] == ["e", "a"]
    assert [entry.verb for entry in list_history(1).entries] == ["e", "c", "a"]
    assert [entry.verb for entry in list_history(None).entries] == ["d"]
    assert [entry.verb for entry in list_history(1, verb="c", actor="tester").entries] == ["c"]


def test_list_history_comes_in_pages() -> None:
    with atomic():
        for n in range(5):
            record("tester", f"v{n}", "x:1", event_id=1)

    first, last = list_history(1, per_page=3), list_history(1, page=2, per_page=3)
    assert ([entry.verb for entry in first.entries], first.more) == (["v4", "v3", "v2"], True)
    assert ([entry.verb for entry in last.entries], last.more) == (["v1", "v0"], False)


def test_hot_acts_and_operations_write_one_history() -> None:
    perform(Stamp(3, 4))
    with atomic():
        record("tester", "close", "booth:4", event_id=1)

    assert [entry.verb for entry in history_of(1, "booth:4")] == ["close", "stamp"]
    assert verify_log().sound


@pytest.mark.parametrize("table", ["audit", "knot"])
@pytest.mark.parametrize("change", ["UPDATE {} SET at = 0", "DELETE FROM {}"])
def test_the_log_refuses_to_be_changed(table: str, change: str) -> None:
    with atomic() as session:
        record("tester", "do", "x:1")
        session.execute(text("INSERT INTO knot VALUES (1, 1, '[]', :hash)"), {"hash": b""})

    with pytest.raises(DBAPIError, match="append-only"), atomic() as session:
        session.execute(text(change.format(table)))


def test_replace_and_truncate_are_refused_too() -> None:
    with atomic():
        record("tester", "do", "x:1")
    if db.engine.dialect.name == "postgresql":
        change = "TRUNCATE audit"
    else:
        change = (
            "REPLACE INTO audit SELECT lane, seq, 0, event_id, actor, verb, thing, detail, hash FROM audit"
        )

    with pytest.raises(DBAPIError, match="append-only"), atomic() as session:
        session.execute(text(change))


def test_a_table_without_the_triggers_can_be_changed_and_with_them_no_more() -> None:
    assert "claim" in TABLES[3]
    with atomic() as session:
        session.execute(text("INSERT INTO claim VALUES (1, 1)"))
        session.execute(text("UPDATE claim SET gift = 2"))
        refuse_changes(session.connection(), "claim")
        refuse_changes(session.connection(), "claim")

    with pytest.raises(DBAPIError, match="append-only"), atomic() as session:
        session.execute(text("UPDATE claim SET gift = 3"))
