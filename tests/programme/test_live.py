"""The live clock's arithmetic: ripple, gaps, fixed points, starts and ends, and taking everything back."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventsite.programme.core.acting import items_of
from eventsite.programme.core.board import StagePhase, board_at, is_over, overrun_minutes
from eventsite.programme.core.live import ClockAct, carry_on, fold, live_programme
from eventsite.programme.core.values import Item, Programme
from eventsite.programme.enums import ActKind
from tests.support.factories_programme import a_day, a_programme, an_item, at

FIRST = an_item("pg-1", "10:00", "10:20")
SECOND = an_item("pg-2", "10:20", "10:40")
THIRD = an_item("pg-3", "10:50", "11:10")
DRAW = an_item("pg-4", "11:15", "11:30", kind="raffle", fixed=True)
LAST = an_item("pg-5", "11:30", "12:00")
ELSEWHERE = an_item("pg-6", "10:00", "10:30", stage="S2")
PROGRAMME = a_programme(FIRST, SECOND, THIRD, DRAW, LAST, ELSEWHERE)


def an_act(kind: ActKind, *items: Item, revision: int = 1, clock: str = "10:00", **given: object) -> ClockAct:
    """Return an act on items as they stand in the release."""
    plain = ClockAct(
        revision=revision,
        stage=items[0].stage if items else "S1",
        kind=kind,
        at=at(clock),
        release=1,
        items=tuple(item.ref for item in items),
        anchors=tuple(item.slot.start for item in items),
    )
    return replace(plain, **given)  # type: ignore[arg-type]


def delay(item: Item, minutes: int, **given: object) -> ClockAct:
    return an_act(ActKind.DELAY, item, minutes=minutes, **given)  # type: ignore[arg-type]


def undo(of: int, *, revision: int) -> ClockAct:
    return an_act(ActKind.UNDO, revision=revision, undoes=of)


def clocks(programme: Programme, *items: Item) -> list[str]:
    """Return the expected times of items as the venue's clock shows them."""
    zone = programme.fair.zone
    found = [programme.by_ref[item.ref].slot for item in items]
    return [f"{slot.start.astimezone(zone):%H:%M}-{slot.end.astimezone(zone):%H:%M}" for slot in found]


def plain(programme: Programme) -> Programme:
    """Return a programme without what only rises: sequences and last changes."""
    return replace(
        programme, items=tuple(replace(item, sequence=0, changed_at=None) for item in programme.items)
    )


def test_without_acts_the_release_is_what_is_expected():
    assert live_programme(PROGRAMME, ()) is PROGRAMME


def test_a_delay_ripples_and_a_gap_absorbs_it():
    live = live_programme(PROGRAMME, [delay(FIRST, 5)])

    assert clocks(live, FIRST, SECOND, THIRD) == ["10:05-10:25", "10:25-10:45", "10:50-11:10"]
    moved, still = live.by_ref["pg-1"], live.by_ref["pg-3"]
    assert (moved.planned, moved.late_minutes) == (FIRST.slot, 5)
    assert (still.planned, still.late_minutes) == (None, 0)
    assert live.by_ref["pg-6"] is ELSEWHERE


def test_set_up_and_tear_down_are_kept_as_far_as_the_plan_had_room_for_them():
    one = an_item("pg-1", "10:00", "10:20", teardown=3)
    two = an_item("pg-2", "10:25", "10:45", setup=4)
    live = live_programme(a_programme(one, two), [delay(one, 10)])

    assert clocks(live, two) == ["10:35-10:55"], "five of the seven minutes were planned"

    far = an_item("pg-2", "10:40", "11:00", setup=4)
    live = live_programme(a_programme(one, far), [delay(one, 20)])
    assert clocks(live, far) == ["10:47-11:07"]


def test_a_fixed_point_is_hit_and_stays():
    live = fold(PROGRAMME, [delay(THIRD, 10)])

    assert clocks(live.programme, THIRD, DRAW, LAST) == ["11:00-11:20", "11:15-11:30", "11:30-12:00"]
    assert [(hit.item.ref, hit.minutes) for hit in live.hits] == [("pg-4", 5)]


def test_what_runs_past_a_fixed_point_pushes_what_follows_it():
    live = live_programme(PROGRAMME, [delay(THIRD, 40)])

    assert clocks(live, DRAW, LAST) == ["11:15-11:30", "11:50-12:20"]


def test_a_delay_of_a_fixed_item_does_not_count():
    live = fold(PROGRAMME, [delay(DRAW, 5)])

    assert live.programme == PROGRAMME
    assert live.standing == ()


def test_starting_late_moves_what_follows_and_starting_early_does_not():
    late = live_programme(PROGRAMME, [an_act(ActKind.START, FIRST, clock="10:07")])
    assert clocks(late, FIRST, SECOND) == ["10:07-10:27", "10:27-10:47"]

    early = live_programme(PROGRAMME, [an_act(ActKind.START, FIRST, clock="9:50")])
    assert clocks(early, FIRST, SECOND) == ["09:50-10:10", "10:20-10:40"]


def test_starting_the_next_ends_the_one_that_runs():
    acts = [
        an_act(ActKind.START, FIRST, revision=1, clock="10:00"),
        an_act(ActKind.START, SECOND, revision=2, clock="10:16"),
    ]
    live = live_programme(PROGRAMME, acts)

    assert live.by_ref["pg-1"].ended_at == at("10:16")
    assert clocks(live, FIRST, SECOND, THIRD) == ["10:00-10:16", "10:16-10:36", "10:50-11:10"]


def test_starting_the_next_ends_what_is_on_by_the_clock_alone():
    live = live_programme(PROGRAMME, [an_act(ActKind.START, SECOND, clock="10:15")])

    assert live.by_ref["pg-1"].ended_at == at("10:15")
    assert live.by_ref["pg-1"].started_at is None
    assert clocks(live, FIRST, SECOND) == ["10:00-10:15", "10:15-10:35"]


def test_what_was_planned_side_by_side_is_not_ended_or_pushed():
    show = an_item("pg-1", "10:00", "12:00")
    act = an_item("pg-2", "10:30", "11:00")
    programme = a_programme(show, act)
    acts = [
        an_act(ActKind.START, show, revision=1, clock="10:10"),
        an_act(ActKind.START, act, revision=2, clock="10:30"),
    ]
    live = live_programme(programme, acts)

    assert live.by_ref["pg-1"].ended_at is None
    assert clocks(live, show, act) == ["10:10-12:10", "10:30-11:00"]
    assert [item.ref for _place, item in board_at(live, at("10:40")).on] == ["pg-1", "pg-2"]


def test_what_lies_behind_two_things_side_by_side_waits_for_the_one_before_it():
    show, act, after = (
        an_item("pg-1", "10:00", "12:00"),
        an_item("pg-2", "10:00", "10:30"),
        an_item("pg-3", "10:30", "11:00"),
    )
    live = live_programme(a_programme(show, act, after), [delay(act, 20)])

    assert clocks(live, act, after) == ["10:20-10:50", "10:50-11:20"]


def test_a_delay_of_what_has_started_moves_its_end():
    acts = [an_act(ActKind.START, FIRST, revision=1), delay(FIRST, 10, revision=2, clock="10:15")]
    live = live_programme(PROGRAMME, acts)

    assert clocks(live, FIRST, SECOND) == ["10:00-10:30", "10:30-10:50"]


def test_ending_early_leaves_the_rest_and_ending_late_pushes_it():
    early = live_programme(PROGRAMME, [an_act(ActKind.FINISH, FIRST, clock="10:12")])
    assert clocks(early, FIRST, SECOND) == ["10:00-10:12", "10:20-10:40"]

    acts = [
        an_act(ActKind.START, FIRST, revision=1),
        an_act(ActKind.FINISH, FIRST, revision=2, clock="10:33"),
    ]
    late = live_programme(PROGRAMME, acts)
    assert clocks(late, FIRST, SECOND, THIRD) == ["10:00-10:33", "10:33-10:53", "10:53-11:13"]


def test_a_skipped_item_keeps_its_time_and_takes_none():
    acts = [
        delay(FIRST, 15, revision=1),
        an_act(ActKind.SKIP, SECOND, revision=2, notice_zh="演员受伤", notice_en="An injury"),
    ]
    live = live_programme(PROGRAMME, acts)
    skipped = live.by_ref["pg-2"]

    assert (skipped.status, skipped.notice_zh, skipped.notice_en) == ("skipped", "演员受伤", "An injury")
    assert skipped.is_cancelled
    assert clocks(live, FIRST, SECOND, THIRD) == ["10:15-10:35", "10:20-10:40", "10:50-11:10"]


def test_two_items_change_places_with_their_gap_between_them():
    live = live_programme(PROGRAMME, [an_act(ActKind.SWAP, SECOND, THIRD)])
    assert clocks(live, THIRD, SECOND, DRAW) == ["10:20-10:40", "10:50-11:10", "11:15-11:30"]

    longer = an_item("pg-3", "10:50", "11:15")
    live = live_programme(a_programme(FIRST, SECOND, longer), [an_act(ActKind.SWAP, SECOND, longer)])
    assert clocks(live, longer, SECOND) == ["10:20-10:45", "10:55-11:15"]


def test_the_place_keeps_its_delay_when_items_change_places():
    acts = [delay(SECOND, 5, revision=1), an_act(ActKind.SWAP, SECOND, THIRD, revision=2)]
    live = live_programme(PROGRAMME, acts)

    assert clocks(live, THIRD, SECOND) == ["10:25-10:45", "10:50-11:10"]


def test_a_fixed_item_does_not_change_places():
    live = fold(PROGRAMME, [an_act(ActKind.SWAP, THIRD, DRAW)])

    assert (live.programme, live.standing) == (PROGRAMME, ())


def test_an_act_on_what_was_planned_anew_does_not_count_but_what_happened_does():
    moved = replace(FIRST, slot=SECOND.slot)
    other = a_programme(moved, THIRD)
    acts = [
        delay(FIRST, 5, revision=1),
        an_act(ActKind.START, FIRST, revision=2, clock="10:02"),
    ]
    live = fold(other, acts)

    assert [act.revision for act in live.standing] == [2]
    assert clocks(live.programme, moved) == ["10:02-10:22"]
    assert fold(a_programme(THIRD), acts).standing == ()


def test_a_delay_ends_with_the_fair_day():
    late, tomorrow = an_item("pg-1", "22:00", "23:00"), an_item("pg-2", "9:00", "9:30", day=1)
    night = an_item("pg-3", "23:00", "0:30", end_day=1)
    programme = replace(
        a_programme(late, tomorrow, night), days=(a_day(0, "9:00", "25:00"), a_day(1, "9:00", "20:00"))
    )
    live = live_programme(programme, [delay(late, 660)])

    assert clocks(live, tomorrow) == ["09:00-09:30"]
    assert clocks(live, late, night) == ["09:00-10:00", "10:00-11:30"], "past midnight is the same fair day"


def test_sequences_count_the_acts_that_changed_an_item():
    acts = [
        delay(FIRST, 5, revision=1, clock="9:50"),
        delay(FIRST, 5, revision=2, clock="9:55"),
        undo(2, revision=3),
    ]
    live = live_programme(PROGRAMME, acts)

    assert [live.by_ref[ref].sequence for ref in ("pg-1", "pg-2", "pg-3", "pg-6")] == [3, 3, 0, 0]
    assert live.by_ref["pg-1"].changed_at == at("10:00")
    assert live.by_ref["pg-3"].changed_at is None


def test_acts_on_an_earlier_release_are_in_its_content_already():
    before = live_programme(PROGRAMME, [delay(FIRST, 5)], release=1)
    reworded = replace(FIRST, title_zh="新名", changed_at=at("10:30"))
    settled = replace(PROGRAMME, items=(reworded, *PROGRAMME.items[1:]))
    acts = [delay(FIRST, 5)]

    next_one = carry_on(settled, before, live_programme(settled, acts, release=2), at("10:30"))
    live = live_programme(next_one, acts, release=2)

    assert [live.by_ref[ref].sequence for ref in ("pg-1", "pg-2", "pg-3")] == [1, 1, 0]
    assert live.by_ref["pg-1"].changed_at == at("10:30")


def test_a_release_that_ends_a_ripple_raises_the_sequence_of_what_falls_back():
    acts = [delay(FIRST, 5)]
    before = live_programme(PROGRAMME, acts, release=1)
    anew = a_programme(replace(FIRST, slot=an_item("x", "9:50", "10:10").slot), *PROGRAMME.items[1:])
    settled = carry_on(anew, before, live_programme(anew, acts, release=2), at("9:40"))

    assert clocks(live_programme(settled, acts, release=2), SECOND) == ["10:20-10:40"]
    assert [settled.by_ref[ref].sequence for ref in ("pg-1", "pg-2", "pg-3")] == [2, 2, 0]


def test_what_a_desk_started_is_on_past_its_end_and_the_next_waits():
    live = live_programme(PROGRAMME, [an_act(ActKind.START, FIRST)])
    row = board_at(live, at("10:27")).stages[0]

    assert [item.ref for item in row.on] == ["pg-1"]
    assert row.next is not None
    assert row.next.ref == "pg-2"
    assert row.waiting == (row.next,)
    assert row.phase is StagePhase.ON
    assert overrun_minutes(row.on[0], at("10:27")) == 7
    assert not is_over(row.on[0], at("10:27"))


def test_what_nobody_ends_is_over_after_an_hour():
    live = live_programme(PROGRAMME, [an_act(ActKind.START, FIRST)])
    board = board_at(live, at("11:20"))

    assert [item.ref for item in board.stages[0].on] == ["pg-4"]
    assert board_at(live, at("11:19")).until == at("11:20")


def test_what_ended_early_is_over():
    live = live_programme(PROGRAMME, [an_act(ActKind.FINISH, FIRST, clock="10:12")])
    row = board_at(live, at("10:13")).stages[0]

    assert (row.on, row.phase) == ((), StagePhase.GAP)
    assert row.next is not None
    assert row.next.ref == "pg-2"


@pytest.mark.parametrize(
    ("clock", "on", "following", "phase"),
    [
        ("9:59", [], "pg-1", StagePhase.BEFORE),
        ("10:10", ["pg-1"], "pg-3", StagePhase.ON),
        ("10:25", [], "pg-3", StagePhase.GAP),
        ("11:59", ["pg-5"], None, StagePhase.ON),
        ("12:00", [], None, StagePhase.OVER),
    ],
)
def test_now_and_next_pass_over_what_was_skipped(clock, on, following, phase):
    live = live_programme(PROGRAMME, [an_act(ActKind.SKIP, SECOND)])
    row = board_at(live, at(clock)).stages[0]

    assert [item.ref for item in row.on] == on
    assert (row.next.ref if row.next else None, row.phase) == (following, phase)
    assert bool(row.called_off) == (clock == "10:25")


def test_now_and_next_are_right_across_midnight():
    first = an_item("pg-1", "23:30", "0:10", end_day=1)
    second = an_item("pg-2", "24:10", "24:40")
    programme = replace(a_programme(first, second), days=(a_day(0, "18:00", "26:00"),))
    live = live_programme(programme, [delay(first, 15, clock="23:20")])
    row = board_at(live, at("24:20")).stages[0]

    assert [item.ref for item in row.on] == ["pg-1"]
    assert clocks(live, second) == ["00:25-00:55"]


def test_what_is_still_on_after_midnight_brings_its_day_to_the_desk():
    late = an_item("pg-1", "23:40", "24:20")
    after = an_item("pg-2", "24:20", "24:40")
    programme = a_programme(late, after, days=(a_day(0, "9:00", "20:30"),))

    assert [item.ref for item in items_of(programme, "S1", at("23:50"))] == ["pg-1"]
    assert [item.ref for item in items_of(programme, "S1", at("24:10"))] == ["pg-1", "pg-2"]


# Days made up at random: items of two stages, one behind the other, some fixed, with gaps; and acts on them.

FEW = settings(max_examples=40)  # a day is many draws
LENGTHS, GAPS = st.integers(1, 40), st.integers(0, 20)


@st.composite
def programmes(draw) -> Programme:
    items = []
    for stage in ("S1", "S2"):
        start = at("9:00")
        for n in range(draw(st.integers(1, 6))):
            minutes = draw(LENGTHS)
            item = an_item(
                f"{stage}-{n}", stage=stage, fixed=draw(st.booleans()), setup=draw(st.integers(0, 5))
            )
            slot = type(item.slot)(start, start + timedelta(minutes=minutes))
            items.append(replace(item, slot=slot, teardown=draw(st.integers(0, 5))))
            start = slot.end + timedelta(minutes=draw(GAPS))
    return a_programme(*items)


@st.composite
def days(draw) -> tuple[Programme, list[ClockAct]]:
    """Return a programme with acts and undos in the order of the clock."""
    programme = draw(programmes())
    acts: list[ClockAct] = []
    clock = at("8:50")
    for revision in range(1, draw(st.integers(0, 10)) + 1):
        clock += timedelta(minutes=draw(st.integers(0, 30)), seconds=draw(st.integers(0, 59)))
        newest = fold(programme, acts).newest(draw(st.sampled_from(["S1", "S2"])))
        if newest and draw(st.integers(0, 3)) == 0:
            acts.append(replace(an_act(ActKind.UNDO, revision=revision, undoes=newest.revision), at=clock))
            continue
        acts.append(draw(an_act_of(programme, revision, clock)))
    return programme, acts


@st.composite
def an_act_of(draw, programme: Programme, revision: int, clock: datetime) -> ClockAct:
    kind = draw(st.sampled_from([kind for kind in ActKind if kind is not ActKind.UNDO]))
    item = draw(st.sampled_from(programme.items))
    beside = [other for other in programme.items if other.stage == item.stage]
    place = beside.index(item)
    pair = beside[place : place + 2] if kind is ActKind.SWAP else [item]
    made = an_act(kind, *pair, revision=revision, minutes=draw(st.integers(1, 30)))
    return replace(made, at=clock)


@FEW
@given(days())
def test_taking_everything_back_gives_the_release_again(day):
    programme, acts = day
    while standing := fold(programme, acts).standing:
        newest = standing[-1]
        acts.append(
            replace(an_act(ActKind.UNDO, revision=len(acts) + 1, undoes=newest.revision), stage=newest.stage)
        )

    assert plain(live_programme(programme, acts)) == plain(programme)


@FEW
@given(days())
def test_nothing_is_expected_earlier_than_planned_unless_started_or_changed_places(day):
    programme, acts = day
    free = {ref for act in acts if act.kind in (ActKind.SWAP, ActKind.START) for ref in act.items}
    for item in live_programme(programme, acts).items:
        if item.ref not in free:
            assert item.slot.start >= item.released_slot.start


@FEW
@given(days())
def test_fixed_items_are_where_they_were_planned_until_they_start(day):
    programme, acts = day
    for item in live_programme(programme, acts).items:
        if item.fixed and not item.started_at:
            assert item.slot.start == item.released_slot.start


@FEW
@given(days())
def test_stages_do_not_touch_each_other(day):
    programme, acts = day
    whole = live_programme(programme, acts)
    for stage in ("S1", "S2"):
        own = {act.revision for act in acts if act.stage == stage and act.kind is not ActKind.UNDO}
        alone = live_programme(programme, [act for act in acts if act.revision in own or act.undoes in own])
        assert [item for item in whole.items if item.stage == stage] == [
            item for item in alone.items if item.stage == stage
        ]


@FEW
@given(days())
def test_unstarted_items_of_a_stage_never_overlap_unless_one_is_fixed(day):
    programme, acts = day
    live = live_programme(programme, acts)
    for stage in ("S1", "S2"):
        waiting = [
            item
            for item in live.items
            if item.stage == stage
            and not (item.fixed or item.is_cancelled or item.started_at or item.ended_at)
        ]
        for one, two in pairwise(waiting):
            assert one.slot.end <= two.slot.start


@FEW
@given(days())
def test_sequences_never_fall_while_the_day_goes_on(day):
    programme, acts = day
    before = programme
    for n in range(len(acts) + 1):
        after = live_programme(programme, acts[:n])
        for item in after.items:
            was = before.by_ref[item.ref]
            changed = (was.slot, was.status) != (item.slot, item.status)
            assert item.sequence == was.sequence + changed
        before = after
