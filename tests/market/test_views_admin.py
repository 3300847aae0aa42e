"""The team's booth pages: who may open them, what they save, and what they say when they do not."""

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from eventsite.audit.queries import history_of
from eventsite.events.models import Event
from eventsite.events.operations.zones import remove_zone
from eventsite.events.queries import get_delegation, get_event, get_zone
from eventsite.market.core import CircuitFacts
from eventsite.market.operations import connect_booths, create_circuit, create_shape, remove_booth
from eventsite.market.queries import find_booth, get_booth, list_booths
from tests.market.test_changes import shape
from tests.support.counting import count_queries
from tests.support.factories import (
    make_application,
    make_booth,
    make_event,
    make_float,
)
from tests.support.factories_accounts import client_of
from tests.support.factories_market import ORGANIZER, make_fair
from tests.support.isolation import PageClient
from tests.support.page import Form, read_page

DESK = "/admin/e/fair-a/market"
LISTS = ("booths", "floats", "circuits", "shapes")


@pytest.fixture
def fair(app: Flask) -> None:
    """Make a fair with a booth in each of its two zones, and another beside it."""
    with app.app_context():
        here, there = make_fair(slug="fair-a"), make_fair(slug="fair-b")
        make_booth(zone=here.zone, code="A-01", name_zh="特色鸡架", name_en="Chicken frames", power_kw=6)
        make_booth(zone=here.other, code="B-01", name_zh="剪纸", category="heritage", map_x=420, power_kw=0.5)
        make_booth(zone=there.zone, code="A-77", name_zh="别处的展位")


@pytest.fixture
def organizer(app: Flask, fair: None) -> PageClient:
    return client_of(app, Role.ORGANIZER, "fair-a")


def test_list_narrows_by_words_zone_and_category(organizer: PageClient) -> None:
    def codes(query: str) -> list[str]:
        links = organizer.page(f"{DESK}/booths{query}").links
        return [link.rsplit("/", 1)[1] for link in links if f"{DESK}/booths/" in link]

    assert codes("") == ["A-01", "B-01"]
    assert codes("?q=jz") == ["B-01"]
    assert codes("?zone=A") == ["A-01"]
    assert codes("?category=heritage&q=剪") == ["B-01"]
    assert codes("?zone=A&q=剪") == []
    assert codes("?page=99") == ["A-01", "B-01"]


def test_list_adds_up_the_power_of_what_it_shows(organizer: PageClient) -> None:
    assert "6.5 kW" in organizer.page(f"{DESK}/booths").text
    text = organizer.page(f"{DESK}/booths?q=jz").text
    assert "6.5 kW" not in text
    assert text.count("0.5 kW") == 2  # the sum and the row


def test_form_saves_logs_and_shows_the_history(app: Flask, organizer: PageClient) -> None:
    form = edit_form(organizer, "A-01")
    response = organizer.submit(
        form, code="A-09", power_kw="7.5", needs_water="", appliances_zh="保温柜\n\n 冰柜 "
    )
    assert (response.status_code, response.location) == (303, f"{DESK}/booths/A-09")
    page = organizer.page(f"{DESK}/booths/A-09")
    assert "A-01" in page.text  # the old code, in the history
    with app.app_context():
        booth = get_booth(get_event("fair-a"), "A-09")
        assert (booth.power_kw, booth.appliances_zh) == (7.5, ["保温柜", "冰柜"])
        assert history_of(booth.event_id, f"booth:{booth.id}")[0].verb == "edit"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("power_kw", "nan"),
        ("power_kw", "inf"),
        ("power_kw", "-1"),
        ("power_kw", "a lot"),
        ("code", "A 01"),
        ("code", "../x"),
        ("name_zh", "  \u202e "),
        ("zone", "Z"),
        ("staff_passes", "1000000000000"),
        ("map_w", "0"),
    ],
)
def test_form_with_a_wrong_value_says_so_at_the_field(
    app: Flask, organizer: PageClient, field: str, value: str
) -> None:
    form = edit_form(organizer, "A-01")
    response = organizer.submit(form, **{field: value})
    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text
    with app.app_context():
        assert get_booth(get_event("fair-a"), "A-01").version == 1


def test_second_editor_sees_both_values_and_may_save_again(app: Flask, organizer: PageClient) -> None:
    mine = edit_form(organizer, "A-01")
    theirs = edit_form(organizer, "A-01")
    organizer.submit(theirs, name_en="Theirs")
    refused = organizer.submit(mine, name_en="Mine")
    assert refused.status_code == 409
    assert "Theirs" in refused.text
    assert "Mine" in refused.text
    with app.app_context():
        assert get_booth(get_event("fair-a"), "A-01").name_en == "Theirs"
    again = read_page(refused.text, refused.request.path).form("/booths/A-01")
    assert again.fields["name_en"] == ["Mine"]
    assert organizer.submit(again).status_code == 303


def test_new_booth_is_added_and_a_taken_code_is_refused(app: Flask, organizer: PageClient) -> None:
    form = organizer.page(f"{DESK}/new-booth").form("/new-booth")
    fields = {
        "code": "A-02",
        "name_zh": "雪糕",
        "name_en": "Ice cream",
        "size_m": "3x3",
        "power_kw": "2",
        "staff_passes": "2",
        "vehicle_passes": "0",
        "map_x": "10",
        "map_y": "3.7",
        "map_w": "4",
        "map_h": "4",
    }
    assert organizer.submit(form, **fields).status_code == 303
    refused = organizer.submit(form, **{**fields, "map_x": "15"})
    assert refused.status_code == 409
    assert 'id="code-error"' in refused.text
    with app.app_context():
        assert len(list_booths(get_event("fair-a"))) == 3


def test_removal_is_refused_with_its_reason_then_done(app: Flask, organizer: PageClient) -> None:
    with app.app_context():
        booth = get_booth(get_event("fair-a"), "A-01")
        make_float(get_event("fair-a"), booth_id=booth.id, name_zh="大连号")
    removal = organizer.page(f"{DESK}/booths/A-01").form("/remove")
    refused = organizer.submit(removal)
    assert refused.status_code == 409
    assert "大连号" in refused.text
    other = organizer.page(f"{DESK}/booths/B-01").form("/remove")
    assert organizer.submit(other).status_code == 303
    with app.app_context():
        assert find_booth(get_event("fair-a"), "B-01") is None


@pytest.mark.parametrize("path", [*LISTS, "booths/A-01", "new-booth"])
def test_outsider_finds_nothing_and_visitor_is_sent_to_sign_in(app: Flask, fair: None, path: str) -> None:
    outsider = client_of(app, Role.ORGANIZER, "fair-b")
    outsider.page(f"{DESK}/{path}", status=404)
    response = app.test_client().get(f"{DESK}/{path}")
    assert (response.status_code, response.location.split("?")[0]) == (302, "/admin/login")


def test_zone_lead_edits_the_own_zone_alone(app: Flask, fair: None) -> None:
    lead = client_of(app, Role.ZONE_LEAD, "fair-a", "zone:A")
    own = edit_form(lead, "A-01")
    assert lead.submit(own, power_kw="3").status_code == 303
    assert lead.submit(own, zone="B").status_code == 422  # not offered
    token = own.fields["csrf_token"]
    assert lead.post(f"{DESK}/booths/B-01", data={"csrf_token": token}).status_code == 403
    assert lead.post(f"{DESK}/booths/B-01/remove", data={"csrf_token": token}).status_code == 403


def test_delegation_lead_edits_the_own_booth_but_not_its_place(app: Flask, fair: None) -> None:
    with app.app_context():
        event = get_event("fair-a")
        own = make_booth(zone=get_zone(event, "A"), code="A-05", map_x=200, delegation_id=_dalian(event))
        place = own.facts.box
    lead = client_of(app, Role.DELEGATION_LEAD, "fair-a", "delegation:dl-dalian")
    form = edit_form(lead, "A-05")
    assert lead.submit(form, name_en="Seaside", map_x="1.5", zone="B", delegation="").status_code == 303
    with app.app_context():
        facts = get_booth(get_event("fair-a"), "A-05").facts
        assert (facts.name_en, facts.zone, facts.delegation, facts.box) == (
            "Seaside",
            "A",
            "dl-dalian",
            place,
        )
    assert lead.post(f"{DESK}/booths/A-01", data={"csrf_token": form.fields["csrf_token"]}).status_code == 403


def test_delegation_lead_does_not_grant_the_own_booth_passes_or_spare_it_a_permit(
    app: Flask, fair: None
) -> None:
    with app.app_context():
        event = get_event("fair-a")
        own = make_booth(
            zone=get_zone(event, "A"),
            code="A-05",
            map_x=200,
            delegation_id=_dalian(event),
            food_permit_required=True,
        )
        granted = (own.staff_passes, own.vehicle_passes, True)
    lead = client_of(app, Role.DELEGATION_LEAD, "fair-a", "delegation:dl-dalian")
    form = edit_form(lead, "A-05")
    assert lead.submit(form, name_en="Seaside", staff_passes="900", vehicle_passes="90").status_code == 303
    with app.app_context():
        facts = get_booth(get_event("fair-a"), "A-05").facts
        assert facts.name_en == "Seaside"
        assert (facts.staff_passes, facts.vehicle_passes, facts.food_permit_required) == granted


def test_zone_lead_without_a_zone_is_told_so(app: Flask, fair: None) -> None:
    lead = client_of(app, Role.ZONE_LEAD, "fair-a", "zone:B")
    with app.app_context():
        event = get_event("fair-a")
        remove_booth(ORGANIZER, event, "B-01", version=1)
        remove_zone(ORGANIZER, event, "B", version=1)
    response = lead.get(f"{DESK}/new-booth")
    assert (response.status_code, response.location) == (303, f"{DESK}/booths")


def test_reader_of_a_foreign_zone_sees_where_the_booth_stands(app: Flask, fair: None) -> None:
    lead = client_of(app, Role.ZONE_LEAD, "fair-a", "zone:A")
    form = lead.page(f"{DESK}/booths/B-01").form("/booths/B-01")
    assert form.fields["zone"] == ["B"]


def test_auditor_reads_and_writes_nothing(app: Flask, fair: None) -> None:
    auditor = client_of(app, Role.AUDITOR, "fair-a")
    page = auditor.page(f"{DESK}/booths/A-01")
    assert page.all("fieldset", disabled="")
    assert not [form for form in page.forms if form.action.endswith("/remove")]
    token = page.form("/booths/A-01").fields["csrf_token"]
    assert auditor.post(f"{DESK}/booths/A-01", data={"csrf_token": token}).status_code == 403
    auditor.page(f"{DESK}/new-booth", status=403)


@pytest.mark.parametrize("path", LISTS)
def test_empty_list_says_so(app: Flask, path: str) -> None:
    with app.app_context():
        make_event(slug="fair-a")
    assert client_of(app, Role.ORGANIZER, "fair-a").page(f"{DESK}/{path}").all("div", class_="a-empty")


@pytest.mark.parametrize("path", LISTS)
def test_one_row_and_three_cost_the_same_queries(app: Flask, path: str) -> None:
    with app.app_context():
        make_fair(slug="fair-a")
        _furnish("A-11")
    client = client_of(app, Role.ORGANIZER, "fair-a")
    with count_queries(app) as few:
        client.page(f"{DESK}/{path}")
    with app.app_context():
        _furnish("A-12")
        _furnish("A-13")
    with count_queries(app) as many:
        client.page(f"{DESK}/{path}")
    assert len(many) == len(few)


def edit_form(client: PageClient, code: str) -> Form:
    return client.page(f"{DESK}/booths/{code}").form(f"/booths/{code}")


def _dalian(event: Event) -> int:
    return get_delegation(event, "dl-dalian").id


def _furnish(code: str) -> None:
    event = get_event("fair-a")
    zone = get_zone(event, "A")
    booth = make_booth(zone=zone, code=code, delegation_id=_dalian(event))
    make_float(event, booth_id=booth.id, delegation_id=_dalian(event))
    make_application(event, zone=zone, booth_id=booth.id)
    create_circuit(ORGANIZER, event, CircuitFacts(code=f"{code}-1", zone="A", limit_kw=16.0))
    connect_booths(ORGANIZER, event, f"{code}-1", {code})
    create_shape(ORGANIZER, event, shape(name_zh=code))
