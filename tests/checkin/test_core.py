"""Codes, days and pass ids: plain values."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from eventsite.checkin.core.codes import accepts, code_of, seconds_left, window_at
from eventsite.checkin.core.passes import deal, new_key, pass_id
from eventsite.checkin.core.stamping import WHOLE_EVENT, stamp_day
from eventsite.checkin.enums import TokenRule

SECRET = b"12345678901234567890"
NOW = datetime(2025, 9, 6, 2, 20, 30, tzinfo=UTC)
JINAN = ZoneInfo("Asia/Shanghai")


def test_code_of_is_six_digits_and_changes_with_the_window() -> None:
    codes = [code_of(SECRET, window) for window in range(200)]
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert len(set(codes)) == 200


@pytest.mark.parametrize(
    ("seconds", "accepted"),
    [(0, True), (29, True), (30, True), (89, True), (90, False), (3600, False), (-31, False)],
)
def test_accepts_the_present_and_the_previous_window(seconds: int, accepted: bool) -> None:
    code = code_of(SECRET, window_at(NOW, 60))
    assert accepts(SECRET, code, NOW + timedelta(seconds=seconds), 60) is accepted


@pytest.mark.parametrize("code", ["", "12345", "1234567", "12345a", "１２３４５６", "\ud800"])
def test_accepts_refuses_what_is_no_code(code: str) -> None:
    assert accepts(SECRET, code, NOW, 60) is False


def test_seconds_left_counts_down_to_the_next_code() -> None:
    assert seconds_left(NOW, 60) == 30
    assert seconds_left(NOW + timedelta(seconds=29), 60) == 1


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2025, 9, 6, 15, 59, 59, tzinfo=UTC), date(2025, 9, 6)),
        (datetime(2025, 9, 6, 16, 0, 1, tzinfo=UTC), date(2025, 9, 7)),
    ],
)
def test_stamp_day_is_the_day_in_the_events_zone(instant: datetime, day: date) -> None:
    assert stamp_day(TokenRule.PER_DAY, instant, JINAN) == day
    assert stamp_day(TokenRule.PER_EVENT, instant, JINAN) == WHOLE_EVENT


def test_pass_id_is_positive_and_differs_between_events() -> None:
    key = new_key()
    ids = {pass_id(event_id, key) for event_id in range(1, 100)}
    assert len(ids) == 99
    assert all(0 <= number < 2**63 for number in ids)


def test_deal_gives_codes_without_look_alikes() -> None:
    new = deal()
    assert len(new.recovery_code) == len(new.entry_code) == 10
    assert new.recovery_code != new.entry_code
    assert not set(new.recovery_code + new.entry_code) & set("01IO")
