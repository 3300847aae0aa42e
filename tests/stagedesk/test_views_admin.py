"""The stage desk as its manager meets it: what it shows, what it does, and what it refuses."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from eventsite.accounts.enums import Role
from eventsite.database import db
from eventsite.events.queries import get_event
from eventsite.helpdesk.queries import list_notices
from eventsite.programme.core.plans import PlanFacts, PlanPlace
from eventsite.programme.enums import CheckKind
from eventsite.programme.operations import create_plan, place_in_plan
from eventsite.programme.queries import ReleaseView, current_release
from eventsite.stagedesk.queries import list_checks
from tests.support.clocks import running_clock
from tests.support.factories import make_event, make_item, make_stage, make_troupe, make_zone
from tests.support.factories_accounts import client_of
from tests.support.factories_programme import ORGANIZER, a_slot, at, make_release
from tests.support.isolation import PageClient
from tests.support.page import Page

DESK = "/admin/e/desk-fair/stage/S1"
PLANS = "/admin/e/desk-fair/stagedesk/plans"
Story = dict[str, str]


@pytest.fixture(autouse=True)
def _five_past_nine() -> Iterator[None]:
    with running_clock("2025-09-06T09:05+08:00"):
        yield


@pytest.fixture
def fair(app: Flask) -> Story:
    """Make a fair with four items on a stage from 9:00 on, the last one fixed; return their ids by name."""
    with app.app_context():
        event = make_event(slug="desk-fair")
        stage = make_stage(event, zone=make_zone(event, code="A"), code="S1")
        make_stage(event, code="S9")
        troupe = make_troupe(event)
        made = {}
        for n, name in enumerate(("first", "second", "third", "draw")):
            begins = at("9:00") + timedelta(minutes=20 * n)
            made[name] = make_item(
                event,
                stage=stage,
                troupe=troupe,
                title_en=name,
                starts_at=begins,
                ends_at=begins + timedelta(minutes=20),
                kind="raffle" if name == "draw" else "performance",
            ).ref
        make_release(event)
        return made


@pytest.fixture
def manager(app: Flask, fair: Story) -> PageClient:
    """Return the browser of the stage's manager."""
    return client_of(app, Role.STAGE_MANAGER, "desk-fair", "stage:S1")


def view(app: Flask) -> ReleaseView:
    with app.app_context():
        db.session.rollback()
        found = current_release(get_event("desk-fair"))
        assert found is not None
        return found


def desk(client: PageClient, query: str = "") -> Page:
    return client.page(f"{DESK}{query}{'&' if query else '?'}lang=en")


def press(client: PageClient, page: Page, kind: str, **changes: str) -> TestResponse:
    forms = [
        form for form in page.forms if form.fields.get("kind") == [kind] and form.action.endswith("/act")
    ]
    return client.submit(forms[0], **changes)


def test_a_desk_shows_what_is_on_who_stands_by_and_when_to_call(manager):
    text = desk(manager).text

    assert "first" in text
    assert "On now, by the clock" in text
    assert "The next 3 stand by" in text
    assert "Call now (09:00)" in text


def test_a_delay_is_shown_before_it_is_made_with_the_fixed_point_it_hits(app, fair, manager):
    asked = desk(manager, "?plus=10")

    assert "10 min later from “first” on?" in asked.text
    assert "It runs 10 min into the fixed point “draw” at 10:00, which stays." in asked.text
    assert view(app).live_revision == 0
    answer = press(manager, asked, "delay")

    assert answer.status_code == 303
    assert view(app).programme.by_ref[fair["third"]].slot.start == at("9:50")
    assert view(app).programme.by_ref[fair["draw"]].slot.start == at("10:00")
    standing = (
        "The fixed point “draw” stays at 10:00, and what comes before it is expected to run 10 min into it"
    )
    after = desk(manager)
    assert standing in after.text
    press(manager, after, "undo")
    assert standing not in desk(manager).text


def test_a_delay_asked_on_a_stale_page_is_not_laid_on_top_of_anothers(app, fair, manager):
    stale = desk(manager).all("input", name="seen")[0].attrib["value"]
    other = client_of(app, Role.ORGANIZER, "desk-fair")
    press(other, desk(other, "?plus=5"), "delay")

    asked = desk(manager, f"?plus=5&seen={stale}")

    assert "Somebody changed this stage after you opened the page." in asked.text
    assert "5 min later from “first” on" in asked.text
    assert "Yes, +5 min" not in asked.text
    assert "Yes, +5 min" in desk(manager, "?plus=5").text


def test_a_stale_page_is_refused_with_who_did_what(app, fair, manager):
    stale = desk(manager)
    other = client_of(app, Role.ORGANIZER, "desk-fair")
    press(other, desk(other, "?plus=5"), "delay")

    answer = press(manager, stale, "start")

    assert answer.status_code == 409
    assert "Somebody changed this stage after you opened the page." in answer.text
    assert "5 min later from “first” on" in answer.text
    assert view(app).live_revision == 1
    again = press(manager, desk(manager), "start")
    assert again.status_code == 303


def test_starting_ending_swapping_skipping_and_taking_back(app, fair, manager):
    press(manager, desk(manager), "start")
    press(manager, desk(manager), "swap")
    assert (
        view(app).programme.by_ref[fair["third"]].slot.start
        < view(app).programme.by_ref[fair["second"]].slot.start
    )
    press(manager, desk(manager), "undo")
    skip = press(manager, desk(manager, "?skip=1"), "skip", notice_zh="演员受伤", notice_en="An injury")
    assert skip.status_code == 303
    assert view(app).programme.by_ref[fair["second"]].notice_en == "An injury"
    press(manager, desk(manager), "finish")
    assert view(app).programme.by_ref[fair["first"]].ended_at is not None
    for _n in range(3):
        press(manager, desk(manager), "undo")

    assert view(app).programme.by_ref[fair["first"]].slot == view(app).alone.by_ref[fair["first"]].slot


def test_what_was_done_is_told_below(manager):
    press(manager, desk(manager), "start")

    assert "“first” started" in desk(manager).text


def test_ticks_are_kept_with_who_and_when_and_taken_back(app, fair, manager):
    def tick(on: str) -> None:
        form = next(form for form in desk(manager).forms if form.action.endswith("/tick"))
        assert form.fields["on"] == [on]
        assert manager.submit(form).status_code == 303

    tick("1")
    with app.app_context():
        rows = list_checks(get_event("desk-fair"), [fair["second"]])
        assert list(rows) == [(fair["second"], CheckKind.CALLED)]
        assert rows[fair["second"], CheckKind.CALLED].by_label
    assert "Called 09:05" in desk(manager).text
    tick("0")
    with app.app_context():
        assert list_checks(get_event("desk-fair"), [fair["second"]]) == {}


def test_a_message_goes_to_the_troupe(manager):
    form = next(form for form in desk(manager).forms if form.action.endswith("/tell"))
    answer = manager.submit(form, text="Come to the side stage")

    assert answer.status_code == 303
    assert "Come to the side stage" in desk(manager).text


def test_a_desk_that_asks_again_is_told_when_nothing_has_changed(manager):
    first = manager.get(DESK)
    same = manager.get(DESK, headers={"If-None-Match": first.headers["ETag"]})
    press(manager, desk(manager), "start")
    after = manager.get(DESK, headers={"If-None-Match": first.headers["ETag"]})

    assert (same.status_code, same.data, after.status_code) == (304, b"", 200)


def test_a_manager_of_another_stage_looks_and_does_not_press(app, fair):
    other = client_of(app, Role.STAGE_MANAGER, "desk-fair", "stage:S9")
    page = desk(other)

    assert "You can look" in page.text
    assert not [form for form in page.forms if form.action.endswith("/act")]
    token = other.page("/admin/account").forms[0].fields["csrf_token"]
    answer = other.post(f"{DESK}/act", data={"kind": "start", "seen": "1.0", "csrf_token": token})
    assert answer.status_code == 403


@pytest.mark.parametrize("seen", ["", "x", "1", "1.0; drop"])
def test_an_act_that_does_not_say_what_it_saw_is_refused(app, manager, seen):
    assert press(manager, desk(manager), "start", seen=seen).status_code == 422
    assert view(app).live_revision == 0


def test_stages_are_listed_the_own_first(manager):
    page = manager.page("/admin/e/desk-fair/stage?lang=en")

    assert "Open the desk" in page.text
    assert "Yours" in page.text


def test_before_a_release_there_is_nothing_to_run(app):
    with app.app_context():
        make_event(slug="new-fair")
    client = client_of(app, Role.ORGANIZER, "new-fair")

    assert "Desks work on what has been released" in client.page("/admin/e/new-fair/stage?lang=en").text
    assert (
        "Plans are switched on what has been released"
        in client.page("/admin/e/new-fair/stagedesk/plans?lang=en").text
    )
    assert client.get("/admin/e/new-fair/stage/S1").status_code == 404


@pytest.fixture
def organizer(app: Flask, fair: Story) -> PageClient:
    """Prepare plan B, in which the third item is indoors at 14:00, and return an organizer's browser."""
    with app.app_context():
        event = get_event("desk-fair")
        make_stage(event, zone=make_zone(event, code="B"), code="S2", name_en="Hall")
        create_plan(
            ORGANIZER,
            event,
            PlanFacts(name_zh="雨天", name_en="Rain", why_zh="下雨，移到室内", why_en="Rain: moved indoors"),
        )
        item = current_release(event).alone.by_ref[fair["third"]]  # type: ignore[union-attr]
        place = PlanPlace(stage="S2", slot=a_slot("14:00", "14:20"))
        place_in_plan(ORGANIZER, event, "B", item.number, place)
    return client_of(app, Role.ORGANIZER, "desk-fair")


def switch(client: PageClient, code: str, step: str, **changes: str) -> TestResponse:
    page = client.page(f"{PLANS}/{code}?lang=en")
    form = next(form for form in page.forms if "seen" in form.fields)
    return client.submit(form, step=step, **changes)


def test_a_plan_is_read_once_more_before_it_is_in_force(app, organizer):
    assert "1 change against now" in organizer.page(f"{PLANS}?lang=en").text
    again = switch(organizer, "B", "read")

    assert again.status_code == 200
    assert "Read it once more: all visitors see this" in again.text
    assert view(app).number == 1


def test_switching_shows_the_plan_and_tells_visitors_and_goes_back_exactly(app, fair, organizer):
    before = view(app)
    assert switch(organizer, "B", "go").status_code == 303
    there = view(app)
    assert (there.plan, there.programme.by_ref[fair["third"]].stage) == ("B", "S2")
    with app.app_context():
        notice = list_notices(get_event("desk-fair"), at("10:00"))[0]
        assert (notice.title_zh, notice.title_en) == ("下雨，移到室内", "Rain: moved indoors")

    assert "Plan B is in force" in organizer.page(f"{PLANS}?lang=en").text
    assert switch(organizer, "A", "go").status_code == 303
    back = view(app)
    assert (back.plan, back.number) == ("A", 3)
    assert [(i.ref, i.slot, i.stage, i.status) for i in back.programme.items] == [
        (i.ref, i.slot, i.stage, i.status) for i in before.programme.items
    ]


def test_visitors_are_told_in_both_languages_or_nothing_happens(app, organizer):
    answer = switch(organizer, "B", "go", title_en="")

    assert answer.status_code == 422
    assert view(app).number == 1


def test_a_plan_that_changed_after_it_was_read_is_not_switched_on(app, fair, organizer):
    page = organizer.page(f"{PLANS}/B?lang=en")
    form = next(form for form in page.forms if "seen" in form.fields)
    with app.app_context():
        item = current_release(get_event("desk-fair")).alone.by_ref[fair["second"]]  # type: ignore[union-attr]
        place = PlanPlace(stage="S2", slot=a_slot("15:00", "15:20"))
        place_in_plan(ORGANIZER, get_event("desk-fair"), "B", item.number, place)
    answer = organizer.submit(form, step="go")

    assert answer.status_code == 409
    with app.app_context():
        assert list_notices(get_event("desk-fair"), at("20:00")) == []


def test_nothing_is_switched_against_a_release_that_was_not_read(app, organizer):
    page = organizer.page(f"{PLANS}/B?lang=en")
    form = next(form for form in page.forms if "seen" in form.fields)
    with app.app_context():
        event = get_event("desk-fair")
        make_item(event, starts_at=at("18:00"), ends_at=at("18:20"))
        make_release(event, note="第二版")
    answer = organizer.submit(form, step="go", seen=form.fields["seen"][0])

    assert answer.status_code == 409
    assert view(app).plan == "A"


@pytest.mark.parametrize("against", ["", "x", "1x", "-1", "1234567890"])
def test_a_switch_that_does_not_say_against_what_it_was_read_is_refused(app, organizer, against):
    page = organizer.page(f"{PLANS}/B?lang=en")
    form = next(form for form in page.forms if "seen" in form.fields)
    answer = organizer.submit(form, step="go", seen=form.fields["seen"][0], against=against)
    assert answer.status_code == 422
    assert view(app).plan == "A"


def test_a_release_makes_a_desk_stale_and_is_named(app, manager):
    stale = desk(manager)
    with app.app_context():
        event = get_event("desk-fair")
        make_item(event, starts_at=at("18:00"), ends_at=at("18:20"))
        make_release(event, note="第二版", now=at("9:05"))
    answer = press(manager, stale, "start")

    assert answer.status_code == 409
    assert "Version 2 was released at 09:05." in answer.text


def test_only_organizers_switch_plans(manager):
    assert manager.get(PLANS).status_code == 403
