"""The programme's arithmetic: on and next, clashes, changes, days, and the frozen content."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.kernel.canon import canon
from eventsite.programme.core.board import Board, StageNow, StagePhase, board_at
from eventsite.programme.core.changes import compare, read_changes, settle, write_changes
from eventsite.programme.core.content import read_content, write_content
from eventsite.programme.core.days import fair_day, plan_days
from eventsite.programme.core.values import Act, City, Programme, lasting_uuid
from eventsite.programme.enums import ChangeKind, Daypart
from tests.support.factories_programme import (
    SLUG,
    a_day,
    a_fair,
    a_place,
    a_programme,
    a_slot,
    an_item,
    at,
)

FIRST = an_item("pg-1", "10:00", "10:30")
SECOND = an_item("pg-2", "11:00", "11:30")
OFF = an_item("pg-3", "11:30", "12:00", status="cancelled")
LATE = an_item("pg-4", "23:40", "0:20", end_day=1)
ELSEWHERE = an_item("pg-5", "10:10", "10:50", stage="S2")
PROGRAMME = a_programme(FIRST, SECOND, OFF, LATE, ELSEWHERE)


def main_stage(board: Board) -> StageNow:
    return board.stages[0]


@pytest.mark.parametrize(
    ("clock", "phase", "on", "following"),
    [
        ("9:59", StagePhase.BEFORE, (), FIRST),
        ("10:00", StagePhase.ON, (FIRST,), SECOND),
        ("10:29", StagePhase.ON, (FIRST,), SECOND),
        ("10:30", StagePhase.GAP, (), SECOND),
        ("11:29", StagePhase.ON, (SECOND,), LATE),
        ("11:30", StagePhase.GAP, (), LATE),
        ("23:59", StagePhase.ON, (LATE,), None),
        ("24:10", StagePhase.ON, (LATE,), None),
        ("24:20", StagePhase.OVER, (), None),
    ],
)
def test_stage_at_every_edge(clock, phase, on, following):
    found = main_stage(board_at(PROGRAMME, at(clock)))

    assert (found.phase, found.on, found.next) == (phase, on, following)


def test_stage_says_what_was_called_off():
    found = main_stage(board_at(PROGRAMME, at("11:40")))

    assert (found.on, found.called_off) == ((), (OFF,))


def test_stage_with_nothing_but_cancelled_items_is_empty():
    found = main_stage(board_at(a_programme(OFF), at("11:40")))

    assert (found.phase, found.next) == (StagePhase.EMPTY, None)


def test_a_withdrawn_item_is_as_good_as_cancelled():
    withdrawn = replace(OFF, status="withdrawn")

    assert main_stage(board_at(a_programme(FIRST, withdrawn), at("11:40"))).called_off == (withdrawn,)


def test_each_stage_has_its_own_now():
    board = board_at(PROGRAMME, at("10:15"))

    assert [item for _, item in board.on] == [FIRST, ELSEWHERE]
    assert [item for _, item in board.next] == [SECOND]


def test_board_knows_how_long_it_holds():
    board = board_at(PROGRAMME, at("10:15"))

    assert (board.since, board.until) == (at("10:10"), at("10:30"))
    assert board_at(PROGRAMME, at("9:00")).since is None
    assert board_at(PROGRAMME, at("24:20")).until is None


def test_on_the_last_day_of_two_the_next_is_tomorrows():
    tomorrow = an_item("pg-9", "9:00", "9:30", day=1)

    assert main_stage(board_at(a_programme(FIRST, tomorrow), at("18:00"))).next == tomorrow


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9)), max_size=12), st.integers(0, 60))
def test_board_never_calls_an_item_on_outside_its_time(times, minute):
    items = [
        an_item(f"pg-{n}", f"10:{start:02}", f"{10 + (start + long) // 60}:{(start + long) % 60:02}")
        for n, (start, long) in enumerate(times)
    ]
    now = at(f"{10 + minute // 60}:{minute % 60:02}")

    found = main_stage(board_at(a_programme(*items), now))

    assert {item.ref for item in found.on} == {item.ref for item in items if now in item.slot}
    assert all(item.slot.start > now for item in [found.next] if item)


def test_compare_tells_what_happened_to_each_item():
    moved = replace(FIRST, slot=a_slot("10:10", "10:40"))
    edited = replace(SECOND, title_zh="新名")
    off = replace(LATE, status="cancelled")
    restored = replace(OFF, status="scheduled")
    added = an_item("pg-6", "15:00", "15:30")

    changes = compare(PROGRAMME, a_programme(moved, edited, off, restored, added))

    assert {change.ref: change.kind for change in changes} == {
        "pg-1": ChangeKind.MOVED,
        "pg-2": ChangeKind.EDITED,
        "pg-3": ChangeKind.RESTORED,
        "pg-4": ChangeKind.CANCELLED,
        "pg-5": ChangeKind.REMOVED,
        "pg-6": ChangeKind.ADDED,
    }
    told = next(change for change in changes if change.ref == "pg-1")
    assert told.old is not None
    assert told.new is not None
    assert (told.old.slot, told.new.slot) == (FIRST.slot, moved.slot)


def test_compare_with_nothing_adds_everything():
    assert {change.kind for change in compare(None, PROGRAMME)} == {ChangeKind.ADDED}


def test_changes_survive_being_written():
    changes = compare(PROGRAMME, a_programme(replace(FIRST, stage="S2")))

    assert read_changes(write_changes(changes)) == changes


def test_sequence_rises_with_time_place_and_state_only():
    released = settle(PROGRAMME, None, at("8:00"))
    draft = a_programme(
        replace(FIRST, slot=a_slot("10:10", "10:40")),
        replace(SECOND, stage="S2"),
        replace(OFF, status="scheduled"),
        replace(LATE, title_zh="新名"),
        ELSEWHERE,
    )

    found = settle(draft, released, at("8:30"))

    assert {item.ref: (item.sequence, item.changed_at) for item in found.items} == {
        "pg-1": (1, at("8:30")),
        "pg-2": (1, at("8:30")),
        "pg-3": (1, at("8:30")),
        "pg-4": (0, at("8:30")),
        "pg-5": (0, at("8:00")),
    }


def test_a_renamed_stage_is_a_change_of_its_items():
    released = settle(PROGRAMME, None, at("8:00"))
    renamed = replace(PROGRAMME, stages=(a_place("S1"), a_place("S2", name_zh="湖边舞台")))

    found = settle(renamed, released, at("8:30"))

    assert [item.ref for item in found.items if item.changed_at == at("8:30")] == ["pg-5"]


def test_settling_an_unchanged_draft_gives_the_release_again():
    released = settle(PROGRAMME, None, at("8:00"))

    assert settle(PROGRAMME, released, at("8:30")) == released


def test_content_comes_back_as_it_was():
    item = an_item(
        "pg-6",
        "13:00",
        "13:30",
        troupe=Act(ref="tp", uuid=lasting_uuid(SLUG, "troupe", "tp"), name_zh="队", name_en="Troupe"),
        delegation=City(ref="dl", name_zh="团", name_en="Delegation", city_zh="大连", city_en="Dalian"),
        demo_fields=("start",),
        changed_at=at("8:00"),
        sequence=3,
    )
    programme = a_programme(item, LATE)

    assert read_content(write_content(programme)) == programme


def test_content_can_be_hashed():
    assert canon(write_content(PROGRAMME))


def test_uuid_is_the_same_for_ever():
    assert str(lasting_uuid("jinan-2025", "item", "pg-01")) == "6cfb617e-7735-5d1d-a0de-922649dd5762"


def test_after_midnight_the_fair_day_goes_on():
    night = a_programme(LATE, an_item("pg-8", "0:30", "0:50", day=1), days=(a_day(end="25:00"), a_day(1)))

    assert fair_day(night, at("24:40")) == date(2025, 9, 6)
    assert [part.daypart for part in plan_days(night, night.items)[0].parts] == [
        Daypart.EVENING,
        Daypart.NIGHT,
    ]


def test_days_and_their_parts_are_in_order():
    tomorrow = an_item("pg-9", "9:00", "9:30", day=1)

    days = plan_days(a_programme(), [tomorrow, FIRST, an_item("pg-7", "12:00", "12:10"), LATE])

    assert [(day.date.day, part.daypart.value, len(part.items)) for day in days for part in day.parts] == [
        (6, "morning", 1),
        (6, "afternoon", 1),
        (6, "evening", 1),
        (7, "morning", 1),
    ]


def test_zone_of_the_fair_decides_the_day():
    programme: Programme = a_programme(fair=a_fair(timezone="America/New_York"), days=())

    assert fair_day(programme, at("10:00")) == date(2025, 9, 5)
