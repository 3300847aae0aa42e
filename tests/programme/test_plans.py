"""Plans beside the draft: prepared, judged, switched on and back."""

from dataclasses import replace

import pytest

from eventsite.kernel.errors import Conflict, DomainError, NotFound, StaleEdit
from eventsite.programme.core.plans import PlanFacts, PlanPlace
from eventsite.programme.operations import (
    cancel_item,
    create_plan,
    edit_plan,
    place_in_plan,
    release_programme,
    remove_item,
    remove_plan,
    reset_in_plan,
    switch_back,
)
from eventsite.programme.operations.releases import plan_in_force
from eventsite.programme.queries import list_plans, list_waiting, read_draft
from tests.support.factories import make_event, make_stage, make_zone
from tests.support.factories_programme import ORGANIZER, a_slot, at, make_acts, make_release, shown_of

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]

RAIN = PlanFacts(
    name_zh="雨天方案", name_en="Rain plan", why_zh="因雨改到室内", why_en="Indoors, because of rain"
)


def a_fair_with_rain_plan():
    """Return an event with two acts, its rain plan, and the stage indoors."""
    event = make_event()
    acts = make_acts(event, 2)
    indoors = make_stage(event, zone=make_zone(event))
    return event, acts, create_plan(ORGANIZER, event, RAIN), indoors


def test_a_plan_begins_as_the_draft_is() -> None:
    event, acts, plan, _ = a_fair_with_rain_plan()

    assert plan.code == "B"
    assert read_draft(event, "B") == read_draft(event)
    assert [one.code for one in list_plans(event)] == ["B"]
    assert len(acts) == 2


def test_an_item_of_a_plan_is_elsewhere_under_the_same_id_and_the_draft_stays() -> None:
    event, (first, second), _, indoors = a_fair_with_rain_plan()
    before = read_draft(event)
    place_in_plan(
        ORGANIZER, event, "B", first.id, PlanPlace(stage=indoors.code, slot=a_slot("11:00", "11:10"))
    )
    place_in_plan(ORGANIZER, event, "B", second.id, PlanPlace(stage=None, slot=None))

    (moved,) = read_draft(event, "B").items

    assert read_draft(event) == before
    assert (moved.ref, moved.uuid, moved.number) == (first.ref, before.by_ref[first.ref].uuid, first.id)
    assert (moved.stage, moved.slot) == (indoors.code, a_slot("11:00", "11:10"))
    assert [item.ref for item in list_waiting(event, "B")] == [second.ref]
    assert list_waiting(event) == []


def test_what_the_draft_calls_off_is_off_in_a_plan_that_has_it_elsewhere() -> None:
    event, (first, _), _, indoors = a_fair_with_rain_plan()
    there = PlanPlace(stage=indoors.code, slot=a_slot("11:00", "11:10"), notice_zh="改到室内")
    place_in_plan(ORGANIZER, event, "B", first.id, there)

    cancel_item(ORGANIZER, event, first.id, version=first.version, notice_zh="演员受伤")

    item = read_draft(event, "B").by_ref[first.ref]
    assert (item.status, item.notice_zh, item.stage) == ("cancelled", "演员受伤", indoors.code)


def test_a_reset_item_is_where_the_draft_has_it() -> None:
    event, (first, _), _, _ = a_fair_with_rain_plan()
    place_in_plan(ORGANIZER, event, "B", first.id, PlanPlace(stage=None, slot=None))

    reset_in_plan(ORGANIZER, event, "B", first.id)
    reset_in_plan(ORGANIZER, event, "B", first.id)

    assert read_draft(event, "B") == read_draft(event)


def test_switching_on_and_back_is_exact() -> None:
    event, (first, second), _, indoors = a_fair_with_rain_plan()
    make_release(event)
    planned = shown_of(event)
    there = PlanPlace(stage=indoors.code, slot=a_slot("11:00", "11:10"), notice_zh="改到室内")
    place_in_plan(ORGANIZER, event, "B", first.id, there)

    switched = release_programme(ORGANIZER, event, note="下雨", now=at("9:30"), plan="B")
    during = shown_of(event)
    back = switch_back(ORGANIZER, event, note="雨停", now=at("10:00"))
    after = shown_of(event)

    assert (switched.number, switched.plan, during.plan, back.plan) == (2, "B", "B", "A")
    assert during.programme.by_ref[first.ref].stage == indoors.code
    assert during.programme.by_ref[first.ref].sequence == 1
    again = after.programme.by_ref[first.ref]
    assert again == replace(planned.programme.by_ref[first.ref], sequence=2, changed_at=at("10:00"))
    assert after.programme.by_ref[second.ref] == planned.programme.by_ref[second.ref]
    assert plan_in_force(event) == "A"


def test_going_back_leaves_what_was_edited_meanwhile_in_the_draft() -> None:
    event, (first, second), _, _ = a_fair_with_rain_plan()
    make_release(event)
    place_in_plan(ORGANIZER, event, "B", second.id, PlanPlace(stage=None, slot=None))
    release_programme(ORGANIZER, event, note="下雨", now=at("9:30"), plan="B")
    make_acts(event, 1, stage=first.stage)

    switch_back(ORGANIZER, event, note="雨停", now=at("10:00"))

    assert {item.ref for item in shown_of(event).programme.items} == {first.ref, second.ref}
    with pytest.raises(Conflict, match="in force already"):
        switch_back(ORGANIZER, event, note="雨停", now=at("10:01"))


def test_a_plan_in_force_is_not_removed_and_another_is_with_its_places() -> None:
    event, (first, _), plan, _ = a_fair_with_rain_plan()
    make_release(event)
    place_in_plan(ORGANIZER, event, "B", first.id, PlanPlace(stage=None, slot=None))
    release_programme(ORGANIZER, event, note="下雨", now=at("9:30"), plan="B")

    with pytest.raises(Conflict, match="in force"):
        remove_plan(ORGANIZER, event, "B", version=plan.version)
    switch_back(ORGANIZER, event, note="雨停", now=at("10:00"))
    remove_plan(ORGANIZER, event, "B", version=plan.version)

    with pytest.raises(NotFound):
        read_draft(event, "B")


def test_an_item_goes_with_its_places_in_plans() -> None:
    event, (first, _), _, _ = a_fair_with_rain_plan()
    place_in_plan(ORGANIZER, event, "B", first.id, PlanPlace(stage=None, slot=None))

    remove_item(ORGANIZER, event, first.id, version=first.version)

    assert len(read_draft(event, "B").items) == 1


def test_the_second_editor_of_a_plan_sees_both_values() -> None:
    event, _, plan, _ = a_fair_with_rain_plan()
    version = plan.version
    edit_plan(ORGANIZER, event, "B", replace(RAIN, name_en="Storm plan"), version=version)

    with pytest.raises(StaleEdit) as stale:
        edit_plan(ORGANIZER, event, "B", replace(RAIN, name_en="Wet plan"), version=version)

    assert (stale.value.theirs["name_en"], stale.value.mine["name_en"]) == ("Storm plan", "Wet plan")


def test_a_stage_without_a_time_is_no_place() -> None:
    with pytest.raises(DomainError, match="date, a start and an end"):
        PlanPlace(stage="S1", slot=None)
