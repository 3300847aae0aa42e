"""The plan's editor, circuits, lanes and the live page: who may do what there, and what a refusal says."""

import io
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from eventsite.accounts.enums import Role
from eventsite.audit.queries import history_of
from eventsite.database import db
from eventsite.events.queries import get_event, get_zone
from eventsite.files.models import StoredFile
from eventsite.market.core import CircuitFacts
from eventsite.market.enums import LiveState
from eventsite.market.operations import create_circuit, create_shape, edit_booth
from eventsite.market.queries import get_booth, get_circuit, list_booths, list_shapes
from eventsite.readiness.operations import open_unready_booth
from tests.market.test_changes import shape
from tests.support.factories import NOW, make_booth, make_event
from tests.support.factories_accounts import client_of
from tests.support.factories_market import ORGANIZER, make_fair
from tests.support.isolation import PageClient
from tests.support.uploads import picture

DESK = "/admin/e/fair-a/market"


@pytest.fixture
def fair(app: Flask) -> None:
    """Make a fair with a booth in each of its two zones."""
    with app.app_context():
        here = make_fair(slug="fair-a")
        make_booth(zone=here.zone, code="A-01", map_x=30, power_kw=6)
        make_booth(zone=here.other, code="B-01", map_x=420)
        make_event(slug="fair-b")


@pytest.fixture
def organizer(app: Flask, fair: None) -> PageClient:
    return client_of(app, Role.ORGANIZER, "fair-a")


def save(client: PageClient, *changes: dict[str, Any], token: str | None = None) -> TestResponse:
    """Send changes as the editor does."""
    page = head_of(client)
    return client.post(
        f"{DESK}/plan/changes",
        json={"changes": list(changes)},
        headers={
            "X-CSRFToken": page.get("data-token", "") if token is None else token,
            "Accept": "application/json",
        },
    )


def head_of(client: PageClient) -> Element:
    """Return the element that tells the script where to save."""
    (head,) = [one for one in client.page(f"{DESK}/plan").root.iter("div") if one.get("data-token")]
    return head


def things(client: PageClient) -> dict[str, dict[str, Any]]:
    """Return what the editor draws, booths and zones by code."""
    data = client.get(f"{DESK}/plan.json").get_json()
    return {thing["facts"].get("code", thing["key"]): thing for thing in data["things"]}


def move(thing: dict[str, Any], **facts: Any) -> dict[str, Any]:
    return {"op": "edit", **{name: thing[name] for name in ("kind", "key", "version")}, "facts": facts}


def test_editor_says_how_to_do_without_a_script(organizer: PageClient) -> None:
    page = organizer.page(f"{DESK}/plan")
    for path in (f"{DESK}/booths", f"{DESK}/circuits", f"{DESK}/shapes", "/admin/e/fair-a/events/stages"):
        assert path in page.links
    assert [part.get("hidden") for part in page.all("div", class_="p-work")] == [""]


def test_data_come_packed_with_what_the_reader_may_change(app: Flask, organizer: PageClient) -> None:
    found = things(organizer)
    assert found["A-01"]["facts"]["power_kw"] == 6
    assert all(thing["may"] for thing in found.values())
    packed = organizer.get(f"{DESK}/plan.json", headers={"Accept-Encoding": "gzip"})
    assert (packed.headers["Content-Encoding"], packed.headers["Cache-Control"]) == ("gzip", "no-store")
    lead = client_of(app, Role.ZONE_LEAD, "fair-a", "zone:A")
    assert {code: thing["may"] for code, thing in things(lead).items()} == {
        "A": False,
        "B": False,
        "A-01": True,
        "B-01": False,
    }


def test_save_answers_with_versions_and_tells_it_in_the_history(app: Flask, organizer: PageClient) -> None:
    booth = things(organizer)["A-01"]
    answer = save(organizer, move(booth, map_x=50, name_zh="  新\u202e名 "))
    assert (answer.status_code, answer.get_json()["saved"]) == (
        200,
        [{"kind": "booth", "key": booth["key"], "version": 2}],
    )
    with app.app_context():
        event = get_event("fair-a")
        now = get_booth(event, "A-01")
        assert (now.map_x, now.name_zh) == (50, "新名")
        assert history_of(event.id, f"booth:{now.id}")[0].verb == "edit"


def test_stale_save_shows_what_is_there_now(app: Flask, organizer: PageClient) -> None:
    booth = things(organizer)["A-01"]
    save(organizer, move(booth, map_x=50))
    answer = save(organizer, move(booth, map_x=60))
    told = answer.get_json()
    assert (answer.status_code, told["stale"][0]["version"], told["stale"][0]["theirs"]["map_x"]) == (
        409,
        2,
        50,
    )
    with app.app_context():
        assert get_booth(get_event("fair-a"), "A-01").map_x == 50


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        '"x"',
        '{"changes": [{"kind": "tent"}]}',
        "[" * 100_000,
        '{"changes": ' + "[" * 900 + "]" * 900 + "}",
    ],
    ids=["nothing", "half", "list", "text", "tent", "bottomless", "deep"],
)
def test_what_is_no_plan_is_refused_in_words(organizer: PageClient, body: str) -> None:
    page = head_of(organizer)
    answer = organizer.post(
        f"{DESK}/plan/changes",
        data=body,
        content_type="application/json",
        headers={"X-CSRFToken": page.get("data-token", ""), "Accept": "application/json"},
    )
    assert answer.status_code == 422
    assert answer.get_json()["error"]


def test_save_without_a_token_is_refused(organizer: PageClient) -> None:
    assert save(organizer, move(things(organizer)["A-01"], map_x=50), token="").status_code == 400


def test_zone_lead_changes_the_own_zone_alone(app: Flask, fair: None) -> None:
    lead = client_of(app, Role.ZONE_LEAD, "fair-a", "zone:A")
    found = things(lead)
    own, other, zone = found["A-01"], found["B-01"], found["A"]
    assert save(lead, move(own, map_x=50)).status_code == 200
    own = things(lead)["A-01"]
    elsewhere = {**own["facts"], "zone": "B", "code": "X"}
    for change in (
        move(other, map_x=430),
        move(own, zone="B"),
        {**move(other), "op": "remove"},
        move(zone, map_x=30),
        {
            "op": "create",
            "kind": "booth",
            "key": "bt-new",
            "facts": elsewhere,
        },
        {
            "op": "create",
            "kind": "facility",
            "key": "fc-new",
            "facts": {"kind": "gate", "name_zh": "门", "name_en": "Gate", "x": 1, "y": 1},
        },
    ):
        assert save(lead, change).status_code == 403, change
    assert save(lead, move(own, map_x=70), move(other, map_x=430)).status_code == 403
    with app.app_context():
        assert get_booth(get_event("fair-a"), "A-01").map_x == 50


def test_zone_lead_places_no_booth_on_the_ground_of_another_zone(app: Flask, organizer: PageClient) -> None:
    lead = client_of(app, Role.ZONE_LEAD, "fair-a", "zone:A")
    own = things(lead)["A-01"]
    onto = {**own["facts"], "code": "A-02", "map_x": 420}
    create = {"op": "create", "kind": "booth", "key": "bt-new", "facts": onto}
    for change, code in ((move(own, map_x=420), "A-01"), (create, "A-02")):
        answer = save(lead, change)
        assert (answer.status_code, code in answer.get_json()["error"]) == (403, True)
    assert save(lead, move(own, map_x=10)).status_code == 200  # out of the zone, on nobody's ground
    assert save(organizer, move(things(organizer)["A-01"], map_x=420)).status_code == 200
    assert save(lead, move(things(lead)["A-01"], name_zh="留在原处")).status_code == 200
    assert save(lead, move(things(lead)["A-01"], map_y=80)).status_code == 403
    with app.app_context():
        now = get_booth(get_event("fair-a"), "A-01")
        assert (now.map_x, now.map_y, now.name_zh) == (420, 74, "留在原处")


def test_booth_that_is_gone_is_a_conflict_for_a_zone_lead_and_removing_it_again_is_done(
    app: Flask, organizer: PageClient
) -> None:
    lead = client_of(app, Role.ZONE_LEAD, "fair-a", "zone:A")
    booth = things(lead)["A-01"]
    gone = {**move(booth), "op": "remove"}
    assert save(organizer, gone).status_code == 200
    answer = save(lead, move(booth, map_x=50))
    assert (answer.status_code, answer.get_json()["stale"]) == (
        409,
        [{"kind": "booth", "key": booth["key"], "version": 0, "theirs": None}],
    )
    again = save(lead, gone)
    assert (again.status_code, again.get_json()["saved"]) == (200, [])


def test_delegation_lead_and_auditor_read(app: Flask, fair: None) -> None:
    for role, scope in ((Role.DELEGATION_LEAD, "delegation:dl-dalian"), (Role.AUDITOR, "")):
        reader = client_of(app, role, "fair-a", scope)
        page = reader.page(f"{DESK}/plan")
        assert not page.all("button", **{"data-act": "save"})
        assert not any(thing["may"] for thing in things(reader).values())
        assert save(reader, move(things(reader)["A-01"], map_x=50)).status_code == 403


def test_stranger_finds_no_plan(app: Flask, fair: None) -> None:
    stranger = client_of(app, Role.ORGANIZER, "fair-b")
    for path in ("plan", "plan.json", "circuits", "shapes", "live"):
        assert stranger.get(f"{DESK}/{path}").status_code == 404


def test_fair_without_a_venue_or_a_booth_has_a_plan_to_begin_with(app: Flask) -> None:
    with app.app_context():
        make_event(slug="fair-a")
    data = client_of(app, Role.ORGANIZER, "fair-a").get(f"{DESK}/plan.json").get_json()
    assert (data["things"], data["ground"]["w"]) == ([], 1200)


def test_circuit_is_added_fed_to_booths_and_removed(app: Flask, organizer: PageClient) -> None:
    form = organizer.page(f"{DESK}/new-circuit").form("/new-circuit")
    assert organizer.submit(form, code="A-1", zone="A", limit_kw="0").status_code == 422
    assert organizer.submit(form, code="A-1", zone="A", limit_kw="5").status_code == 303
    page = organizer.page(f"{DESK}/circuits/A-1")
    assert organizer.submit(page.form("/booths"), booths=["A-01"]).status_code == 303
    page = organizer.page(f"{DESK}/circuits/A-1")
    assert page.all("span", class_="a-tag--bad")
    assert organizer.submit(page.form("/remove")).status_code == 409
    assert organizer.submit(page.form("/circuits/A-1"), limit_kw="16").status_code == 303
    assert organizer.submit(page.form("/circuits/A-1"), limit_kw="20").status_code == 409
    assert (
        organizer.submit(organizer.page(f"{DESK}/circuits/A-1").form("/booths"), booths=[]).status_code == 303
    )
    assert organizer.submit(organizer.page(f"{DESK}/circuits/A-1").form("/remove")).status_code == 303
    organizer.page(f"{DESK}/circuits/A-1", status=404)


def test_zone_lead_edits_the_circuits_of_the_own_zone(app: Flask, fair: None) -> None:
    with app.app_context():
        event = get_event("fair-a")
        for zone in ("A", "B"):
            create_circuit(ORGANIZER, event, CircuitFacts(code=f"{zone}-1", zone=zone, limit_kw=16.0))
    lead = client_of(app, Role.ZONE_LEAD, "fair-a", "zone:A")
    form = lead.page(f"{DESK}/circuits/A-1").form("/circuits/A-1")
    assert lead.submit(form, limit_kw="20").status_code == 303
    assert lead.submit(lead.page(f"{DESK}/circuits/A-1").form("/booths"), booths=["A-01"]).status_code == 303
    token = form.fields["csrf_token"]
    assert lead.post(f"{DESK}/circuits/B-1", data={"csrf_token": token}).status_code == 403
    assert lead.post(f"{DESK}/circuits/B-1/booths", data={"csrf_token": token}).status_code == 403
    with app.app_context():
        event = get_event("fair-a")
        assert (get_circuit(event, "A-1").limit_kw, get_booth(event, "A-01").facts.circuit) == (20, "A-1")


def test_lane_and_route_are_drawn_by_forms(app: Flask, organizer: PageClient) -> None:
    names = {"name_zh": "主通道", "name_en": "Main lane"}
    form = organizer.page(f"{DESK}/new-shape").form("/new-shape")
    lane = {**names, "kind": "fire_lane", "map_x": "1", "map_y": "38", "map_w": "58", "map_h": "4"}
    assert organizer.submit(form, **lane).status_code == 303
    assert organizer.submit(form, **names, kind="route", points="1, 2\n3，x").status_code == 422
    assert organizer.submit(form, **names, kind="route", points="1, 2").status_code == 422
    assert organizer.submit(form, **names, kind="route", points="1, 2\n3，4.5").status_code == 303
    with app.app_context():
        drawn = list_shapes(get_event("fair-a"))
        assert [(one.kind.value, one.map_w, one.points) for one in drawn] == [
            ("fire_lane", 1160, []),
            ("route", 40, [[20, 40], [60, 90]]),
        ]
        path = f"{DESK}/shapes/{drawn[1].ref}"
    page = organizer.page(path)
    assert page.form(path).fields["points"][0].split() == ["1,", "2", "3,", "4.5"]
    assert organizer.submit(page.form(path), points="1, 2\n3, 4.5\n9, 9").status_code == 303
    assert organizer.submit(organizer.page(path).form("/remove")).status_code == 303
    organizer.page(path, status=404)


def test_only_organizers_draw(app: Flask, fair: None) -> None:
    with app.app_context():
        ref = create_shape(ORGANIZER, get_event("fair-a"), shape()).ref
    lead = client_of(app, Role.ZONE_LEAD, "fair-a", "zone:A")
    assert lead.page(f"{DESK}/shapes/{ref}").all("fieldset", disabled="")
    lead.page(f"{DESK}/new-shape", status=403)


def test_leads_say_how_their_booths_do(app: Flask, fair: None) -> None:
    with app.app_context():
        event = get_event("fair-a")
        held = get_booth(event, "B-01")
        facts = replace(held.facts, delegation="dl-dalian")
        edit_booth(ORGANIZER, event, "B-01", facts, version=held.version)
        for code in ("A-01", "B-01"):
            open_unready_booth(ORGANIZER, event, code, reason="先行开放", now=NOW)
    for role, scope, own, other in (
        (Role.ZONE_LEAD, "zone:A", "A-01", "B-01"),
        (Role.DELEGATION_LEAD, "delegation:dl-dalian", "B-01", "A-01"),
    ):
        lead = client_of(app, role, "fair-a", scope)
        page = lead.page(f"{DESK}/live")
        assert [form.action.rsplit("/", 1)[1] for form in page.forms if "/live/" in form.action] == [own]
        response = lead.submit(page.form(f"/live/{own}"), state="busy")
        assert response.location == f"{DESK}/live#b-{own}"
        token = page.form(f"/live/{own}").fields["csrf_token"]
        data = {"csrf_token": token, "state": "busy"}
        assert lead.post(f"{DESK}/live/{other}", data=data).status_code == 403
        assert lead.post(f"{DESK}/live/{own}", data={**data, "state": "on fire"}).status_code == 303
    with app.app_context():
        assert {one.live_state for one in list_booths(get_event("fair-a"))} == {LiveState.BUSY}


def test_auditor_reads_how_booths_do(app: Flask, fair: None) -> None:
    page = client_of(app, Role.AUDITOR, "fair-a").page(f"{DESK}/live")
    assert not [form for form in page.forms if "/live/" in form.action]


def test_booth_form_offers_circuits(app: Flask, organizer: PageClient) -> None:
    with app.app_context():
        event = get_event("fair-a")
        zone = get_zone(event, "A").code
        create_circuit(ORGANIZER, event, CircuitFacts(code="A-1", zone=zone, limit_kw=16.0))
    form = organizer.page(f"{DESK}/booths/A-01").form("/booths/A-01")
    assert organizer.submit(form, circuit="A-1").status_code == 303
    assert organizer.page(f"{DESK}/booths/A-01").form("/booths/A-01").fields["circuit"] == ["A-1"]


def test_picture_lies_under_the_plan_until_it_is_taken_away(app: Flask, organizer: PageClient) -> None:
    path = f"{DESK}/plan/background"
    for seed in (1, 2):
        form = organizer.page(path).form("/upload")
        sent = {**form.fields, "picture": (io.BytesIO(picture(seed=seed)), "ground.jpg")}
        answer = organizer.post(f"{path}/upload", data=sent, content_type="multipart/form-data")
        assert answer.status_code == 303
    address = organizer.get(f"{DESK}/plan.json").get_json()["background"]
    shown = organizer.get(address)
    assert (shown.status_code, shown.mimetype, shown.headers["Cache-Control"]) == (
        200,
        "image/jpeg",
        "no-store",
    )
    assert organizer.get(f"{path}/0000000000000000.jpg").status_code == 404
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 1
    assert organizer.submit(organizer.page(path).form("/remove")).status_code == 303
    assert organizer.get(address).status_code == 404
    assert organizer.get(f"{DESK}/plan.json").get_json()["background"] is None


def test_what_is_no_picture_is_refused_and_zone_leads_lay_none(app: Flask, organizer: PageClient) -> None:
    path = f"{DESK}/plan/background"
    form = organizer.page(path).form("/upload")
    sent = {**form.fields, "picture": (io.BytesIO(b"MZ not a picture"), "ground.jpg")}
    assert organizer.post(f"{path}/upload", data=sent, content_type="multipart/form-data").status_code == 422
    assert organizer.submit(form).status_code == 422
    lead = client_of(app, Role.ZONE_LEAD, "fair-a", "zone:A")
    lead.page(path, status=403)
    token = head_of(lead).get("data-token", "")
    for act in ("upload", "remove"):
        assert lead.post(f"{path}/{act}", data={"csrf_token": token}).status_code == 403
