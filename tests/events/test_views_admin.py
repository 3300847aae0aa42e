"""The team's pages of zones, stages, facilities, delegations and organizations."""

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from eventsite.events.queries import (
    find_zone,
    get_event,
    get_stage,
    get_zone,
    list_facilities,
    list_stages,
)
from eventsite.kernel.boxes import Box
from tests.support.counting import count_queries
from tests.support.factories import (
    make_delegation,
    make_event,
    make_facility,
    make_organization,
    make_stage,
    make_venue,
    make_zone,
)
from tests.support.factories_accounts import client_of
from tests.support.isolation import PageClient

DESK = "/admin/e/fair-a/events"
LISTS = ("zones", "stages", "facilities", "delegations", "organizations")


@pytest.fixture
def fair(app: Flask) -> None:
    with app.app_context():
        event = make_event(slug="fair-a")
        make_venue(event)
        make_zone(event, code="A", order=1, name_zh="玩得乐呵")
        make_event(slug="fair-b")


@pytest.fixture
def organizer(app: Flask, fair: None) -> PageClient:
    return client_of(app, Role.ORGANIZER, "fair-a")


def test_zone_form_saves_and_tells_it_in_the_history(app: Flask, organizer: PageClient) -> None:
    form = organizer.page(f"{DESK}/zones/A").form("/zones/A")
    assert "code" not in form.fields
    assert organizer.submit(form, capacity="650", color="#1f7a4d").status_code == 303
    assert "650" in organizer.page(f"{DESK}/zones/A").text
    with app.app_context():
        assert get_zone(get_event("fair-a"), "A").color == "#1f7a4d"


def test_unreadable_colour_is_refused_at_the_field(app: Flask, organizer: PageClient) -> None:
    form = organizer.page(f"{DESK}/zones/A").form("/zones/A")
    response = organizer.submit(form, color="#ffee00")
    assert response.status_code == 422
    assert 'id="color-error"' in response.text
    with app.app_context():
        assert get_zone(get_event("fair-a"), "A").color == "#C8102E"


def test_new_zone_is_added_and_an_empty_one_removed(app: Flask, organizer: PageClient) -> None:
    form = organizer.page(f"{DESK}/new-zone").form("/new-zone")
    fields = {
        "code": "B",
        "order": "2",
        "name_zh": "香得迷糊",
        "name_en": "Delicious",
        "description_zh": "舌尖品味",
        "description_en": "Tastes",
        "kind": "food",
        "color": "#1F7A4D",
        "capacity": "700",
        "grid_code": "G-B",
        "map_x": "20.5",
        "map_y": "1",
        "map_w": "19",
        "map_h": "18",
    }
    assert organizer.submit(form, **fields).status_code == 303
    assert organizer.submit(organizer.page(f"{DESK}/zones/B").form("/remove")).status_code == 303
    with app.app_context():
        assert find_zone(get_event("fair-a"), "B") is None


def test_lengths_are_metres_on_the_page_and_the_plans_own_units_below(
    app: Flask, organizer: PageClient
) -> None:
    form = organizer.page(f"{DESK}/zones/A").form("/zones/A")
    assert (form.fields["map_x"], form.fields["map_w"]) == (["1"], ["19"])
    assert organizer.submit(form, map_x="1.25", limit_kw="32").status_code == 303
    with app.app_context():
        zone = get_zone(get_event("fair-a"), "A")
        assert (zone.map_x, zone.limit_kw) == (25.0, 32.0)


def test_stage_is_added_placed_and_removed(app: Flask, organizer: PageClient) -> None:
    fields = {
        "code": "S9",
        "zone": "A",
        "name_zh": "小舞台",
        "name_en": "Small stage",
        "audience_capacity": "90",
    }
    form = organizer.page(f"{DESK}/new-stage").form("/new-stage")
    assert organizer.submit(form, **fields, map_x="2").status_code == 422
    assert organizer.submit(form, **fields).status_code == 303
    with app.app_context():
        (stage,) = [one for one in list_stages(get_event("fair-a")) if one.code == "S9"]
        assert stage.box is None
        path = f"{DESK}/stages/{stage.ref}"
    form = organizer.page(path).form(path)
    assert organizer.submit(form, map_x="2", map_y="3", map_w="4", map_h="5").status_code == 303
    with app.app_context():
        placed = get_stage(get_event("fair-a"), stage.ref)
        assert placed.box == Box(x=40, y=60, w=80, h=100)
    assert organizer.submit(organizer.page(path).form("/remove")).status_code == 303
    organizer.page(path, status=404)


def test_facility_is_added_moved_and_removed(app: Flask, organizer: PageClient) -> None:
    fields = {"kind": "gate", "name_zh": "3号入口", "name_en": "Gate 3", "x": "2", "y": "40.5"}
    form = organizer.page(f"{DESK}/new-facility").form("/new-facility")
    assert organizer.submit(form, **fields).status_code == 303
    with app.app_context():
        (gate,) = [one for one in list_facilities(get_event("fair-a")) if one.name_zh == "3号入口"]
        assert (gate.x, gate.y) == (40.0, 810.0)
        path = f"{DESK}/facilities/{gate.ref}"
    form = organizer.page(path).form(path)
    assert organizer.submit(form, x="3").status_code == 303
    assert organizer.submit(form, x="4").status_code == 409
    assert organizer.submit(organizer.page(path).form("/remove")).status_code == 303
    organizer.page(path, status=404)


@pytest.mark.parametrize("path", [*LISTS, "zones/A", "new-zone", "new-stage", "new-facility"])
def test_outsider_finds_nothing(app: Flask, fair: None, path: str) -> None:
    client_of(app, Role.ORGANIZER, "fair-b").page(f"{DESK}/{path}", status=404)


def test_zone_lead_reads_places_and_edits_none(app: Flask, fair: None) -> None:
    lead = client_of(app, Role.ZONE_LEAD, "fair-a", "zone:A")
    lead.page(f"{DESK}/new-stage", status=403)
    lead.page(f"{DESK}/new-facility", status=403)
    page = lead.page(f"{DESK}/zones/A")
    assert page.all("fieldset", disabled="")
    lead.page(f"{DESK}/new-zone", status=403)
    token = page.form("/zones/A").fields["csrf_token"]
    assert lead.post(f"{DESK}/zones/A", data={"csrf_token": token}).status_code == 403


def test_delegations_come_by_the_sound_of_their_city(app: Flask, organizer: PageClient) -> None:
    with app.app_context():
        event = get_event("fair-a")
        for city, letters in (
            ("沈阳", "Shenyang"),
            ("大连", "Dalian"),
            ("朝阳", "Chaoyang"),
            ("鞍山", "Anshan"),
        ):
            make_delegation(event, city_zh=city, city_en=letters, name_zh=f"{city}市展团")
    text = organizer.page(f"{DESK}/delegations").text
    places = [text.index(city) for city in ("鞍山", "朝阳", "大连", "沈阳")]
    assert places == sorted(places)


@pytest.mark.parametrize("path", LISTS)
def test_empty_list_says_so(app: Flask, path: str) -> None:
    with app.app_context():
        make_event(slug="fair-a")
    assert client_of(app, Role.ORGANIZER, "fair-a").page(f"{DESK}/{path}").all("div", class_="a-empty")


@pytest.mark.parametrize("path", LISTS)
def test_one_row_and_three_cost_the_same_queries(app: Flask, fair: None, path: str) -> None:
    with app.app_context():
        _furnish()
    client = client_of(app, Role.ORGANIZER, "fair-a")
    with count_queries(app) as few:
        client.page(f"{DESK}/{path}")
    with app.app_context():
        _furnish()
        _furnish()
    with count_queries(app) as many:
        client.page(f"{DESK}/{path}")
    assert len(many) == len(few)


def _furnish() -> None:
    event = get_event("fair-a")
    make_stage(zone=make_zone(event))
    make_facility(event)
    make_delegation(event)
    make_organization(event)
