"""The team's pages of zones, stages, facilities, delegations and organizations."""

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from eventsite.events.queries import find_zone, get_event, get_zone
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
        "map_x": "410",
        "map_y": "20",
        "map_w": "380",
        "map_h": "360",
    }
    assert organizer.submit(form, **fields).status_code == 303
    assert organizer.submit(organizer.page(f"{DESK}/zones/B").form("/remove")).status_code == 303
    with app.app_context():
        assert find_zone(get_event("fair-a"), "B") is None


@pytest.mark.parametrize("path", [*LISTS, "zones/A", "new-zone"])
def test_outsider_finds_nothing(app: Flask, fair: None, path: str) -> None:
    client_of(app, Role.ORGANIZER, "fair-b").page(f"{DESK}/{path}", status=404)


def test_zone_lead_reads_zones_and_edits_none(app: Flask, fair: None) -> None:
    lead = client_of(app, Role.ZONE_LEAD, "fair-a", "zone:A")
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
