"""The live clock against both databases: acts, refusals, the log, and releases that take it over."""

from dataclasses import replace

import pytest

from eventsite.audit.queries import history_of
from eventsite.events.models import Event, Stage
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.programme.core.plans import PlanFacts, PlanPlace
from eventsite.programme.enums import ActKind
from eventsite.programme.errors import StaleDesk
from eventsite.programme.models import LiveAct, ProgrammeItem
from eventsite.programme.operations import (
    create_plan,
    edit_item,
    place_in_plan,
    release_programme,
    switch_back,
)
from eventsite.programme.operations.live import Seen, Wish, act, foresee, tell_troupe
from eventsite.programme.queries import ReleaseView, current_release, facts_of, get_item, get_release
from eventsite.programme.queries.live import list_stage_messages, live_view
from tests.support.counting import count_queries
from tests.support.factories import make_event, make_item, make_stage, make_troupe, make_zone
from tests.support.factories_programme import ORGANIZER, at, make_acts, make_release

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]
OTHER = replace(ORGANIZER, ref="account:2", label="other@demo.invalid")


@pytest.fixture
def event() -> Event:
    """Return a fair with three items from 9:00 on and one on another stage, released."""
    event = make_event()
    make_acts(event, 3)
    other = make_stage(event, zone=make_zone(event))
    make_item(event, stage=other, starts_at=at("9:05"), ends_at=at("9:30"))
    make_release(event)
    return event


def view(event: Event) -> ReleaseView:
    found = current_release(event)
    assert found is not None
    return found


def seen(event: Event) -> Seen:
    now = view(event)
    return Seen(release=now.number, revision=now.live_revision)


def refs(event: Event) -> list[str]:
    """Return the items of the first stage in the order of their start."""
    programme = view(event).alone
    stage = programme.items[0].stage
    return [item.ref for item in programme.items if item.stage == stage]


def do(event: Event, kind: ActKind, *items: str, clock: str = "9:00", **given: object) -> LiveAct:
    stage = view(event).alone.items[0].stage
    wish = Wish(stage=stage, kind=kind, items=items, **given)  # type: ignore[arg-type]
    return act(ORGANIZER, event, wish, seen=seen(event), now=at(clock))


def code_of(item: ProgrammeItem) -> str:
    assert item.stage is not None
    return item.stage.code


def starts(event: Event) -> list[str]:
    zone = event.zone
    by_ref = view(event).programme.by_ref
    return [f"{by_ref[ref].slot.start.astimezone(zone):%H:%M}" for ref in refs(event)]


def test_an_act_raises_the_revision_and_moves_what_is_expected(event):
    done = do(event, ActKind.DELAY, refs(event)[0], minutes=10)

    assert (done.revision, view(event).live_revision) == (1, 1)
    assert starts(event) == ["09:10", "09:20", "09:30"]
    assert view(event).programme.items[-1].sequence == 1
    assert get_release(event, 1).programme == view(event).alone, "the release itself stays"


def test_acts_are_told_in_the_history_of_their_item(event):
    ref = refs(event)[0]
    number = view(event).alone.by_ref[ref].number
    do(event, ActKind.DELAY, ref, minutes=10)
    do(event, ActKind.UNDO)

    undo, delay, *_rest = history_of(event.id, f"programme_item:{number}")
    assert (delay.verb, delay.detail["minutes"], delay.detail["revision"]) == ("delay", 10, 1)
    assert (undo.verb, undo.detail["undoes"]) == ("undo", 1)
    assert undo.actor == ORGANIZER.ref


def test_taking_everything_back_shows_the_release(event):
    first, second, third = refs(event)
    do(event, ActKind.START, first, clock="9:02")
    do(event, ActKind.DELAY, first, clock="9:05", minutes=7)
    do(event, ActKind.SWAP, second, third, clock="9:06")
    do(event, ActKind.SKIP, third, clock="9:07", notice_zh="临时", notice_en="Sorry")
    for _n in range(4):
        do(event, ActKind.UNDO, clock="9:10")

    assert starts(event) == ["09:00", "09:10", "09:20"]
    assert view(event).live.standing == ()
    with pytest.raises(Conflict, match="nothing to take back"):
        do(event, ActKind.UNDO)


def test_a_stale_page_is_refused_with_who_did_what(event):
    stale = seen(event)
    first = refs(event)[0]
    do(event, ActKind.DELAY, first, minutes=5)
    stage = view(event).alone.items[0].stage
    wish = Wish(stage=stage, kind=ActKind.DELAY, items=(first,), minutes=5)

    with pytest.raises(StaleDesk) as refusal:
        act(OTHER, event, wish, seen=stale, now=at("9:01"))

    (theirs,) = refusal.value.acts
    assert (theirs.by_label, theirs.kind, theirs.minutes, theirs.at) == (
        ORGANIZER.label,
        ActKind.DELAY,
        5,
        at("9:00"),
    )
    assert view(event).live_revision == 1, "nothing was written"


def test_an_act_on_another_stage_makes_no_page_stale(event):
    stale = seen(event)
    do(event, ActKind.DELAY, refs(event)[0], minutes=5)
    elsewhere = next(item for item in view(event).alone.items if item.ref not in refs(event))
    wish = Wish(stage=elsewhere.stage, kind=ActKind.DELAY, items=(elsewhere.ref,), minutes=5)

    assert act(OTHER, event, wish, seen=stale, now=at("9:01")).revision == 2


def test_a_release_makes_the_page_stale(event):
    stale = seen(event)
    item = make_item(event, starts_at=at("15:00"), ends_at=at("15:30"))
    make_release(event, note="第二版")
    wish = Wish(stage=code_of(item), kind=ActKind.DELAY, items=(item.ref,), minutes=5)

    with pytest.raises(StaleDesk) as refusal:
        act(ORGANIZER, event, wish, seen=stale, now=at("9:01"))
    assert refusal.value.release == 2


@pytest.mark.parametrize(
    ("kind", "clock", "minutes"),
    [
        (ActKind.DELAY, "9:00", 0),
        (ActKind.DELAY, "9:00", 241),
        (ActKind.DELAY, "9:10", 5),  # it is over by the clock
        (ActKind.FINISH, "8:50", 0),
        (ActKind.SKIP, "9:10", 0),
        (ActKind.START, "33:00", 0),  # another day
    ],
)
def test_what_a_stage_does_not_allow_is_refused(event, kind, clock, minutes):
    with pytest.raises(DomainError):
        do(event, kind, refs(event)[0], clock=clock, minutes=minutes)
    assert view(event).live_revision == 0


@pytest.mark.parametrize("kind", [kind for kind in ActKind if kind not in (ActKind.SWAP, ActKind.UNDO)])
def test_an_act_on_one_item_is_refused_for_two(event, kind):
    first, second, *_rest = refs(event)
    with pytest.raises(Conflict):
        do(event, kind, first, second, clock="8:50", minutes=5)
    assert view(event).live_revision == 0


def test_what_comes_first_is_not_passed_over(event):
    first, second, third = refs(event)
    with pytest.raises(Conflict, match="comes before it"):
        do(event, ActKind.START, third, clock="9:05")
    do(event, ActKind.SKIP, second, clock="9:05")
    do(event, ActKind.START, third, clock="9:12")

    assert view(event).programme.by_ref[third].slot.start == at("9:12")
    with pytest.raises(Conflict, match="is not on"):
        do(event, ActKind.FINISH, first, clock="9:13")


def test_a_fixed_point_is_neither_delayed_nor_swapped(event):
    stage = db_stage(event)
    fixed = make_item(event, stage=stage, starts_at=at("9:30"), ends_at=at("9:40"), kind="signing")
    make_release(event, note="签约")
    third = refs(event)[2]

    with pytest.raises(Conflict, match="fixed point"):
        do(event, ActKind.DELAY, fixed.ref, minutes=5)
    with pytest.raises(Conflict, match="fixed point"):
        do(event, ActKind.SWAP, third, fixed.ref)
    do(event, ActKind.DELAY, third, minutes=15)
    (hit,) = view(event).live.hits
    assert (hit.item.ref, hit.minutes) == (fixed.ref, 15)
    assert view(event).programme.by_ref[fixed.ref].slot.start == at("9:30")


def db_stage(event: Event) -> Stage:
    """Return the stage of the first items."""
    stage = get_item(event, view(event).alone.by_ref[refs(event)[0]].number).stage
    assert stage is not None
    return stage


def test_foresight_writes_nothing_and_says_what_moves(event):
    now = view(event)
    first = refs(event)[0]
    wish = Wish(stage=now.alone.items[0].stage, kind=ActKind.DELAY, items=(first,), minutes=10)

    found = foresee(event, now, wish, seen=None, now=at("9:00"))

    assert [move.item.ref for move in found.moves] == refs(event)
    assert view(event).live_revision == 0


def test_a_release_takes_the_sequences_of_the_live_clock_over(event):
    first, second, _third = refs(event)
    do(event, ActKind.DELAY, first, minutes=10)
    row = get_item(event, view(event).alone.by_ref[first].number)
    moved = replace(facts_of(event, row), start="08:30", end="08:40")
    edit_item(ORGANIZER, event, row.id, moved, version=row.version)
    make_release(event, note="第二版", now=at("8:20"))

    programme = view(event).programme
    assert starts(event) == ["08:30", "09:10", "09:20"], "the delay was made on a time that is gone"
    assert programme.by_ref[first].sequence == 2
    assert programme.by_ref[second].sequence == 2
    assert programme.by_ref[first].changed_at == at("8:20")


def test_a_sequence_never_falls_across_acts_a_plan_without_the_item_and_the_way_back(event):
    first, second, _third = refs(event)
    create_plan(ORGANIZER, event, PlanFacts(name_zh="雨天方案", name_en="Rain plan"))
    nowhere = PlanPlace(stage=None, slot=None)
    place_in_plan(ORGANIZER, event, "B", view(event).alone.by_ref[second].number, nowhere)
    do(event, ActKind.DELAY, first, minutes=10)
    do(event, ActKind.UNDO)
    do(event, ActKind.DELAY, first, minutes=5)
    before = view(event)

    release_programme(ORGANIZER, event, note="下雨", now=at("9:30"), plan="B")
    without = view(event).programme
    switch_back(ORGANIZER, event, note="雨停", now=at("10:00"))

    after = view(event).programme
    assert (before.programme.by_ref[second].sequence, second in without.by_ref) == (3, False)
    assert [after.by_ref[ref].sequence for ref in (first, second)] == [3, 4]
    assert [item.slot for item in after.items] == [item.slot for item in before.programme.items]
    assert [item.slot for item in view(event).alone.items] == [item.slot for item in before.alone.items]


def test_reading_what_is_expected_asks_no_more_queries_with_more_acts(event, app):
    do(event, ActKind.DELAY, refs(event)[0], minutes=1)
    view(event)
    with count_queries(app) as few:
        view(event)
    for _n in range(3):
        do(event, ActKind.DELAY, refs(event)[0], minutes=1)
    view(event)
    with count_queries(app) as many:
        view(event)

    assert len(many) == len(few)


def test_a_message_reaches_the_troupe_of_the_item(event):
    troupe = make_troupe(event)
    item = make_item(event, troupe=troupe, starts_at=at("10:00"), ends_at=at("10:30"))
    make_release(event, note="第二版")
    stage = code_of(item)

    tell_troupe(ORGANIZER, event, stage=stage, item=item.ref, text="请到侧台", now=at("9:30"))

    (message,) = list_stage_messages(event, troupe)
    assert (message.text, message.by_label) == ("请到侧台", ORGANIZER.label)
    with pytest.raises(DomainError):
        tell_troupe(ORGANIZER, event, stage=stage, item=item.ref, text="", now=at("9:30"))
    with pytest.raises(Conflict):
        tell_troupe(ORGANIZER, event, stage=stage, item=refs(event)[0], text="?", now=at("9:30"))


def test_a_view_of_a_revision_never_holds_a_later_act() -> None:
    """Another process may commit an act between two reads of a page; kept, it would stand there for good."""
    event = make_event()
    (item,) = make_acts(event, 1)
    make_release(event)
    for revision in (0, 1):
        wish = Wish(stage=code_of(item), kind=ActKind.DELAY, items=(item.ref,), minutes=10)
        act(ORGANIZER, event, wish, seen=Seen(release=1, revision=revision), now=at("8:50"))
    view = current_release(event)
    assert view is not None

    late = [
        live_view(event, view.alone, sha256="of a reader", number=1, revision=revision)
        .programme.by_ref[item.ref]
        .late_minutes
        for revision in (1, 2)
    ]

    assert late == [10, 20]
