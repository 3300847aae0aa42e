"""Timed releases: what is on, what comes next, and which days are shown."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from eventsite.giveaways.core import Handout, handout
from eventsite.giveaways.enums import BatchState

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2025, 9, 6)


def at(hour: int, minute: int = 0, day: int = 6) -> datetime:
    return datetime(2025, 9, day, hour, minute, tzinfo=ZONE)


CLOSINGS = {DAY: at(20, 30), DAY + timedelta(days=1): at(18, day=7)}
ONE_DAY = [(at(14), 200), (at(10, 30), 100)]
TWO_DAYS = [*ONE_DAY, (at(11, day=7), 50)]


def plan(slots: list[tuple[datetime, int]], now: datetime) -> Handout:
    return handout(slots, now=now.astimezone(UTC), zone=ZONE, closings=CLOSINGS)


def states(found: Handout) -> list[list[BatchState]]:
    return [[batch.state for batch in batches] for _, batches in found.days]


@pytest.mark.parametrize(
    ("now", "wanted", "next_at"),
    [
        (at(9), [["soon", "soon"]], at(10, 30)),
        (at(10, 30), [["on", "soon"]], at(14)),
        (at(13, 59), [["on", "soon"]], at(14)),
        (at(14), [["past", "on"]], None),
        (at(20, 30), [["past", "past"]], None),
    ],
)
def test_states_of_a_day(now: datetime, wanted: list[list[str]], next_at: datetime | None) -> None:
    found = plan(ONE_DAY, now)
    assert states(found) == [[BatchState(word) for word in day] for day in wanted]
    assert found.next_at == next_at
    assert found.is_on == any("on" in day for day in wanted)


def test_batches_stand_in_order_of_time() -> None:
    ((day, batches),) = plan(ONE_DAY, at(9)).days
    assert (day, [(batch.at, batch.quantity) for batch in batches]) == (
        DAY,
        [(at(10, 30), 100), (at(14), 200)],
    )


def test_day_that_is_over_gives_way_to_the_next() -> None:
    assert [day for day, _ in plan(TWO_DAYS, at(12)).days] == [DAY, date(2025, 9, 7)]
    found = plan(TWO_DAYS, at(9, day=7))
    assert ([day for day, _ in found.days], found.is_on) == ([date(2025, 9, 7)], False)


def test_last_evening_is_not_on_the_next_morning() -> None:
    assert not plan(TWO_DAYS, at(8, day=7)).is_on


def test_everything_is_shown_when_all_days_are_over() -> None:
    assert states(plan(TWO_DAYS, at(9, day=8))) == [[BatchState.PAST] * 2, [BatchState.PAST]]


def test_nothing_planned_is_nothing_to_show() -> None:
    assert plan([], at(9)) == Handout(days=())


def test_release_on_a_day_without_hours_is_never_on() -> None:
    found = handout([(at(10, day=9), 5)], now=at(11, day=9), zone=ZONE, closings=CLOSINGS)
    assert states(found) == [[BatchState.PAST]]
