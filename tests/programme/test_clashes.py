"""What is wrong with a programme, rule by rule."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventsite.kernel.ranges import TimeRange
from eventsite.programme.core.clashes import MOST_PAIRS, Rules, blocking, find_clashes
from eventsite.programme.core.live import MINUTE
from eventsite.programme.core.values import Act, Item, Programme, Use, lasting_uuid
from eventsite.programme.enums import SEVERITIES, ClashRule, ResourceKind, Severity
from tests.support.factories_programme import SLUG, a_day, a_programme, a_slot, an_item, at

FIRST = an_item("pg-1", "10:00", "10:30")
TROUPE = Act(ref="tp-1", uuid=lasting_uuid(SLUG, "troupe", "tp-1"), name_zh="秧歌队", name_en="Yangge troupe")


def told(*items: Item, **rules: Any) -> list[tuple[str, tuple[str, ...], int]]:
    """Return the rules that these items break: by name, items and minutes."""
    clashes = find_clashes(a_programme(*items), Rules(**rules))
    return [(clash.rule.value, clash.refs, clash.minutes) for clash in clashes]


def a_use(kind: ResourceKind, *, amount: int = 1, quantity: int = 1) -> Use:
    return Use(
        ref=f"rs-{kind.value}", kind=kind, name_zh="共用", name_en="Shared", amount=amount, quantity=quantity
    )


def test_nothing_is_wrong_where_items_touch_or_stages_differ_or_one_is_cancelled() -> None:
    after = an_item("pg-7", "10:30", "10:40")
    elsewhere = an_item("pg-5", "10:10", "10:50", stage="S2")
    called_off = an_item("pg-8", "10:00", "10:30", status="cancelled")

    assert told(FIRST, after, elsewhere, called_off) == []


def test_a_clash_on_a_stage_names_both_the_stage_and_the_minutes() -> None:
    other = an_item("pg-7", "10:20", "10:40")

    (clash,) = find_clashes(a_programme(other, FIRST))

    assert (clash.first, clash.second, clash.minutes) == (FIRST, other, 10)
    assert (clash.severity, clash.what_zh) == (Severity.BLOCK, "主舞台S1")


def test_same_start_and_same_length_is_a_clash() -> None:
    assert told(FIRST, an_item("pg-2", "10:00", "10:30")) == [("stage", ("pg-1", "pg-2"), 30)]


def test_a_long_item_clashes_with_each_that_it_covers() -> None:
    second = an_item("pg-2", "11:00", "11:30")
    long = an_item("pg-7", "9:00", "12:00")

    assert told(FIRST, second, long) == [("stage", ("pg-7", "pg-1"), 30), ("stage", ("pg-7", "pg-2"), 30)]


def test_thousands_at_one_time_each_clash_with_the_next() -> None:
    items = [an_item(f"pg-{number:04}", "10:00", "10:30") for number in range(1_000)]

    clashes = find_clashes(a_programme(*items))

    assert len(clashes) < 2 * MOST_PAIRS
    assert {ref for clash in clashes for ref in clash.refs} == {item.ref for item in items}


def test_seconds_count_as_a_minute() -> None:
    slot = replace(FIRST.slot, start=FIRST.slot.end.replace(minute=29, second=50), end=at("10:40"))

    assert told(FIRST, an_item("pg-2", slot=slot)) == [("stage", ("pg-1", "pg-2"), 1)]


def test_set_up_and_tear_down_count_on_the_stage() -> None:
    before = replace(FIRST, teardown=5)
    after = an_item("pg-2", "10:40", "11:00", setup=10)

    assert told(before, after) == [("setup", ("pg-1", "pg-2"), 5)]
    assert told(before, replace(after, setup=5)) == []


def test_a_night_past_midnight_is_one_evening() -> None:
    late = an_item("pg-1", "23:40", "0:20", end_day=1)
    later = an_item("pg-2", "0:10", "0:30", day=1, end_day=1)
    day = a_day(end="25:00")

    found = find_clashes(a_programme(late, later, days=(day,)))

    assert [(clash.rule, clash.minutes) for clash in found] == [(ClashRule.STAGE, 10)]


def test_a_troupe_in_two_places_and_on_its_way() -> None:
    first = replace(FIRST, troupe=TROUPE, teardown=5, walk=10)
    meanwhile = an_item("pg-2", "10:20", "10:50", stage="S2", troupe=TROUPE)
    soon = an_item("pg-3", "10:40", "10:50", stage="S2", troupe=TROUPE)
    late = an_item("pg-4", "10:45", "11:00", stage="S2", troupe=TROUPE)
    here = an_item("pg-5", "10:35", "10:50", troupe=TROUPE)

    assert told(first, meanwhile) == [("troupe", ("pg-1", "pg-2"), 15)]
    assert told(first, soon) == [("walk", ("pg-1", "pg-3"), 5)]
    assert told(first, late) == told(first, here) == []


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        (ResourceKind.PERSON, "person"),
        (ResourceKind.PROP, "prop"),
        (ResourceKind.MICROPHONES, "microphones"),
    ],
)
def test_one_thing_in_two_hands(kind: ResourceKind, rule: str) -> None:
    first = replace(FIRST, uses=(a_use(kind),))
    second = an_item("pg-2", "10:20", "10:40", stage="S2", uses=(a_use(kind),))

    assert told(first, second) == [(rule, ("pg-1", "pg-2"), 10)]


def test_a_set_is_shared_until_it_is_used_up() -> None:
    def user(ref: str, start: str, end: str, amount: int, stage: str) -> Item:
        use = a_use(ResourceKind.MICROPHONES, amount=amount, quantity=4)
        return an_item(ref, start, end, stage=stage, uses=(use,))

    one, two = user("pg-1", "10:00", "10:30", 2, "S1"), user("pg-2", "10:10", "10:40", 2, "S2")
    third = user("pg-3", "10:35", "10:50", 3, "S1")
    alone = user("pg-4", "12:00", "12:20", 5, "S1")

    assert told(one, two) == []
    assert told(one, two, third) == [("microphones", ("pg-2", "pg-3"), 5)]
    assert told(alone) == [("microphones", ("pg-4",), 20)]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20), st.integers(1, 3)), max_size=9))
def test_too_few_are_left_where_those_who_hold_a_thing_hold_more_than_there_are(
    uses: list[tuple[int, int, int]],
) -> None:
    items = [
        an_item(
            f"pg-{n}",
            slot=TimeRange(at("9:00") + start * MINUTE, at("9:00") + (start + length) * MINUTE),
            stage=f"S{1 + n % 2}",
            uses=(a_use(ResourceKind.PROP, amount=amount, quantity=4),),
        )
        for n, (start, length, amount) in enumerate(uses)
    ]
    begun = sorted(items, key=lambda item: (item.slot.start, item.ref))
    short = [
        item.ref
        for place, item in enumerate(begun)
        if sum(one.uses[0].amount for one in begun[: place + 1] if item.slot.start in one.slot) > 4
    ]

    found = [refs[-1] for rule, refs, _minutes in told(*items) if rule == "prop"]

    assert sorted(found) == sorted(short)


def test_outside_the_hours_of_the_fair() -> None:
    early = an_item("pg-1", "8:40", "9:10")

    assert told(early) == [("hours", ("pg-1",), 20)]


def test_outside_the_times_of_the_troupe() -> None:
    act = replace(FIRST, troupe=TROUPE, setup=10)

    assert told(act, windows={"tp-1": (a_slot("10:00", "12:00"),)}) == [("availability", ("pg-1",), 10)]
    assert told(act, windows={"tp-1": (a_slot("9:00", "12:00"),), "tp-2": ()}) == []


def test_the_two_parts_of_a_unit_follow_each_other() -> None:
    act, talk = replace(FIRST, unit="大连"), an_item("pg-2", "10:35", "10:50", unit="大连")
    between = an_item("pg-3", "10:30", "10:35")
    elsewhere = replace(talk, stage="S2")

    assert told(act, talk) == []
    assert told(act, talk, between) == [("unit", ("pg-1", "pg-2"), 5)]
    assert told(act, talk, replace(between, stage="S2")) == []
    assert told(act, elsewhere) == [("unit", ("pg-1", "pg-2"), 5)]


def test_an_event_says_how_grave_a_rule_is() -> None:
    other = an_item("pg-7", "10:20", "10:40")
    programme: Programme = a_programme(FIRST, other)

    silent = find_clashes(programme, Rules(severities={**SEVERITIES, ClashRule.STAGE: Severity.SILENT}))
    warned = find_clashes(programme, Rules(severities={**SEVERITIES, ClashRule.STAGE: Severity.WARN}))

    assert silent == ()
    assert [clash.severity for clash in warned] == [Severity.WARN]
    assert blocking(warned) == ()
    assert len(blocking(find_clashes(programme))) == 1


def test_what_blocks_comes_before_what_warns() -> None:
    early = an_item("pg-1", "8:40", "9:10")
    twice = an_item("pg-2", "11:00", "11:30")
    again = an_item("pg-3", "11:00", "11:30")

    assert [rule for rule, _, _ in told(early, twice, again)] == ["stage", "hours"]
