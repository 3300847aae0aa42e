"""One stamp a pass, checkpoint and day, counted and logged with it; on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from eventsite.audit.queries import list_history
from eventsite.checkin import queries
from eventsite.checkin.core.codes import code_of, window_at
from eventsite.checkin.core.passes import new_key
from eventsite.checkin.core.stamping import CheckpointFacts, Receipt
from eventsite.checkin.enums import CodeMode, TokenRule
from eventsite.checkin.errors import CheckpointClosed, NeedsStaff, TooSoon, WrongCode
from eventsite.checkin.models import Checkpoint
from eventsite.checkin.operations.stamping import stamp
from eventsite.events.models import Event
from tests.support.factories import NOW, make_checkpoint, make_event, make_rally

pytestmark = pytest.mark.both_databases
MINUTE = timedelta(minutes=1)


def facts(checkpoint: Checkpoint) -> CheckpointFacts:
    found = queries.find_facts(checkpoint.key)
    assert found is not None
    return found


def two_checkpoints(**rally: object) -> tuple[Event, CheckpointFacts, CheckpointFacts]:
    event = make_event()
    make_rally(event, **{"code_mode": "static", "min_seconds_between_stamps": 0, **rally})
    return event, facts(make_checkpoint(event)), facts(make_checkpoint(event))


def test_stamp_makes_the_pass_counts_and_logs(context: None) -> None:
    event, here, there = two_checkpoints()
    key = new_key()
    assert stamp(key, here, now=NOW) == Receipt(fresh=True, at=NOW, stamps=1, checkpoints=1)
    assert stamp(key, there, now=NOW + MINUTE) == Receipt(
        fresh=True, at=NOW + MINUTE, stamps=2, checkpoints=2
    )
    visitor = queries.find_pass(event, key)
    assert visitor is not None
    assert (visitor.stamps, visitor.checkpoints, visitor.last_stamp_at) == (2, 2, NOW + MINUTE)
    assert queries.count_stamps(event) == {here.id: 1, there.id: 1}
    acts = [(entry.verb, entry.thing) for entry in list_history(event.id).entries if entry.verb == "stamp"]
    assert sorted(acts) == sorted([("stamp", f"checkpoint:{here.id}"), ("stamp", f"checkpoint:{there.id}")])


def test_stamp_twice_returns_the_first(context: None) -> None:
    event, here, _ = two_checkpoints()
    key = new_key()
    stamp(key, here, now=NOW)
    assert stamp(key, here, now=NOW + MINUTE) == Receipt(fresh=False, at=NOW, stamps=1, checkpoints=1)
    assert queries.count_stamps(event) == {here.id: 1}
    assert sum(entry.verb == "stamp" for entry in list_history(event.id).entries) == 1


def test_stamp_on_the_next_day_counts_again_but_not_as_a_new_place(context: None) -> None:
    _, here, _ = two_checkpoints()
    key = new_key()
    before_midnight = datetime(2025, 9, 6, 15, 59, 59, tzinfo=UTC)
    stamp(key, here, now=before_midnight)
    after = before_midnight + timedelta(seconds=2)
    assert stamp(key, here, now=after) == Receipt(fresh=True, at=after, stamps=2, checkpoints=1)


def test_stamp_day_never_goes_back_when_the_clock_does(context: None) -> None:
    _, here, _ = two_checkpoints()
    key = new_key()
    stamp(key, here, now=NOW)
    assert stamp(key, here, now=NOW - timedelta(days=1)).fresh is False
    assert stamp(key, here, now=NOW - timedelta(days=400)).fresh is False


def test_stamp_once_an_event_ignores_the_day(context: None) -> None:
    _, here, _ = two_checkpoints(token_rule=TokenRule.PER_EVENT.value)
    key = new_key()
    stamp(key, here, now=NOW)
    assert stamp(key, here, now=NOW + timedelta(days=1)) == Receipt(
        fresh=False, at=NOW, stamps=1, checkpoints=1
    )


def test_stamp_too_soon_after_another_writes_nothing(context: None) -> None:
    event, here, there = two_checkpoints(min_seconds_between_stamps=60)
    key = new_key()
    stamp(key, here, now=NOW)
    with pytest.raises(TooSoon):
        stamp(key, there, now=NOW + timedelta(seconds=59))
    assert queries.count_stamps(event) == {here.id: 1}
    assert stamp(key, there, now=NOW + timedelta(seconds=60)).stamps == 2


def test_stamp_needs_the_code_of_the_minute_where_codes_rotate(context: None) -> None:
    event, here, _ = two_checkpoints(code_mode="rotating_code", code_period_seconds=60)
    key, code = new_key(), code_of(here.secret, window_at(NOW, here.period))
    with pytest.raises(WrongCode):
        stamp(key, here, now=NOW, code="")
    with pytest.raises(WrongCode):
        stamp(key, here, now=NOW + 3 * MINUTE, code=code)
    assert queries.find_pass(event, key) is None
    assert stamp(key, here, now=NOW, code=code).fresh is True


def test_stamp_accepts_a_page_that_was_opened_in_time(context: None) -> None:
    _, here, there = two_checkpoints(code_mode="rotating_code", code_period_seconds=60)
    assert stamp(new_key(), here, now=NOW + 2 * MINUTE, opened_at=NOW).fresh is True
    with pytest.raises(WrongCode):
        stamp(new_key(), there, now=NOW + 2 * MINUTE + timedelta(seconds=1), opened_at=NOW)


def test_stamp_by_staff_alone_where_staff_scan(context: None) -> None:
    event, here, _ = two_checkpoints(code_mode="staff_scan")
    with pytest.raises(NeedsStaff):
        stamp(new_key(), here, now=NOW)
    assert stamp(new_key(), here, now=NOW, staff="account:7").fresh is True
    assert list_history(event.id).entries[0].actor == "account:7"


def test_stamp_at_a_closed_checkpoint_is_refused(context: None) -> None:
    event = make_event()
    make_rally(event, code_mode=CodeMode.STATIC.value)
    closed = facts(make_checkpoint(event, active=False))
    with pytest.raises(CheckpointClosed):
        stamp(new_key(), closed, now=NOW)


def test_stamps_of_one_event_do_not_show_in_another(context: None) -> None:
    event, here, _ = two_checkpoints()
    other, _, _ = two_checkpoints()
    key = new_key()
    stamp(key, here, now=NOW)
    assert queries.find_pass(other, key) is None
    assert queries.count_stamps(other) == {}
    assert list_history(other.id).entries == ()
    assert queries.find_pass(event, key) is not None
