"""The day itself: partners see expected times, hear of moves and of another plan, and lose none of it."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventsite.database import db
from eventsite.events.models import Event
from eventsite.events.queries import get_event
from eventsite.kernel.ranges import TimeRange
from eventsite.partners.enums import HookEvent
from eventsite.partners.models import Delivery
from eventsite.partners.operations import queue_deliveries
from eventsite.partners.queries import list_takings
from eventsite.programme.core.plans import PlanFacts, PlanPlace
from eventsite.programme.enums import ActKind
from eventsite.programme.models import ProgrammeItem
from eventsite.programme.operations import create_plan, place_in_plan, release_programme, switch_back
from eventsite.programme.operations.live import Seen, Wish, act
from eventsite.programme.queries import current_release, get_stage
from tests.support.factories import NOW, make_event, make_stage
from tests.support.factories_partners import make_token, make_webhook
from tests.support.factories_programme import ORGANIZER, at, make_acts, make_release
from tests.support.isolation import PageClient

HOME = "https://fair.example"
ACTOR = replace(ORGANIZER, ref="account:9")


@pytest.fixture
def token(app: Flask) -> str:
    """Make a fair of three items, one after the other, with a webhook for everything; return its token."""
    with app.app_context():
        event = make_event(slug="fair-a")
        make_acts(event, 3)
        make_release(event)
        issued = make_token(event)
        kinds = (HookEvent.RELEASED, HookEvent.SWITCHED, HookEvent.LIVE)
        make_webhook(event, issued.row.organization, kinds=kinds)
        return issued.token


def delay(event: Event, minutes: int) -> str:
    """Let the first item begin later and return its id."""
    view = current_release(event)
    assert view is not None
    first = view.programme.items[0]
    wish = Wish(stage=first.stage, kind=ActKind.DELAY, items=(first.ref,), minutes=minutes)
    seen = Seen(release=view.number, revision=view.live_revision)
    act(ACTOR, event, wish, seen=seen, now=at("9:00"))
    return first.ref


def told() -> list[dict[str, object]]:
    """Return what the webhook will be told, the oldest first."""
    queue_deliveries(site=HOME, now=NOW)
    return [json.loads(body) for body in db.session.scalars(select(Delivery.body).order_by(Delivery.id))]


def test_expected_times_stand_beside_planned_ones(app: Flask, client: PageClient, token: str) -> None:
    proof = {"Authorization": f"Bearer {token}"}
    address = "/api/v1/events/fair-a/programme"
    before = client.get(address, headers=proof)
    feed = client.get(f"/feeds/{token}/fair-a/programme.csv")
    with app.app_context():
        ref = delay(get_event("fair-a"), 15)
    after = client.get(address, headers={**proof, "If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.json is not None
    item = next(one for one in after.json["items"] if one["id"] == ref)
    assert item["late_minutes"] == 15
    assert item["planned"]["start"] == "2025-09-06T01:00:00Z"
    assert item["expected"]["start"] == "2025-09-06T01:15:00Z"
    assert after.json["release"]["live_revision"] == 1
    assert client.get(f"{address}?v=1", headers=proof).json["items"][0]["late_minutes"] == 0  # type: ignore[index]
    newer = client.get(
        f"/feeds/{token}/fair-a/programme.csv", headers={"If-None-Match": feed.headers["ETag"]}
    )
    assert (newer.status_code, newer.data) == (200, client.get("/e/fair-a/programme.csv").data)
    assert newer.data != feed.data
    with app.app_context():
        states = {
            (row.what, row.release_number, row.live_revision) for row in list_takings(get_event("fair-a"))
        }
    assert {("programme.csv", 1, 0), ("programme.csv", 1, 1), ("api:programme", 1, 1)} <= states


@pytest.mark.usefixtures("context")
def test_moves_of_the_live_clock_are_told(token: str) -> None:
    assert token
    delay(get_event("fair-a"), 10)
    delay(get_event("fair-a"), 5)
    (message,) = told()
    assert (message["type"], message["live_revision"]) == ("programme.live", 2)
    delay(get_event("fair-a"), 5)
    assert [one["live_revision"] for one in told()] == [2, 3]


@pytest.mark.usefixtures("context")
def test_another_plan_and_the_way_back_are_told(token: str) -> None:
    assert token
    event = get_event("fair-a")
    shelter = make_stage(event, code="TENT")
    plan = create_plan(ACTOR, event, PlanFacts(name_zh="雨天方案", name_en="Rain"))
    item = db.session.scalars(select(ProgrammeItem).where(ProgrammeItem.event_id == event.id)).first()
    assert item is not None
    assert item.starts_at is not None
    slot = TimeRange(item.starts_at, item.starts_at + timedelta(minutes=10))
    stage = get_stage(event, shelter.code)
    place_in_plan(ACTOR, event, plan.code, item.id, PlanPlace(stage=stage.code, slot=slot))
    release_programme(ACTOR, event, note="下雨了", now=NOW, plan=plan.code)
    switch_back(ACTOR, event, note="雨停了", now=NOW)
    kinds = [(one["type"], one["release"]["plan"]) for one in told() if "plan" in one.get("release", {})]  # type: ignore[index,operator]
    assert kinds == [("programme.switched", "B"), ("programme.switched", "A")]
