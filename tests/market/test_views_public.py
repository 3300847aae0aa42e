"""The plan, zones and booths as visitors see them, drawn and in words."""

from dataclasses import replace
from datetime import timedelta
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from eventsite.events.enums import EventStatus
from eventsite.events.queries import get_event, get_zone
from eventsite.kernel import clock
from eventsite.market.enums import LiveState
from eventsite.market.operations import create_shape, edit_booth, say_live
from eventsite.market.queries import get_booth
from tests.market.test_changes import shape
from tests.support.counting import count_queries
from tests.support.factories import (
    make_booth,
    make_clearance,
    make_delegation,
    make_event,
    make_facility,
    make_float,
    make_stage,
    make_venue,
)
from tests.support.factories_market import ORGANIZER, Fair, make_fair
from tests.support.isolation import PageClient
from tests.support.page import Page

PLAN = "/e/fair-a/map"


@pytest.fixture
def fair(app: Flask) -> None:
    """Make a small fair with a plan, two booths and a gate, and a second one beside it."""
    with app.app_context():
        here = make_fair(slug="fair-a")
        furnish(here)
        there = make_fair(slug="fair-b", market_name_zh="别处市集")
        make_venue(there.event)
        make_booth(zone=there.zone, code="A-77", name_zh="别处的展位", name_en="Elsewhere")


def furnish(here: Fair) -> None:
    make_venue(here.event)
    make_facility(here.event, name_zh="卫生间", kind="toilet", x=1150, y=60)
    make_stage(zone=here.zone, name_zh="主舞台", code="S1")
    city = make_delegation(here.event, ref="dl-shenyang", city_zh="沈阳", city_en="Shenyang")
    make_booth(zone=here.zone, code="A-01", name_zh="节目单与问询点", name_en="Enquiries", delegation_id=None)
    porridge = make_booth(
        zone=here.other,
        code="B-01",
        name_zh="朝阳小米粥",
        name_en="Millet porridge",
        delegation_id=city.id,
        map_x=420,
    )
    make_clearance(porridge)


@pytest.mark.usefixtures("fair")
def test_plan_shows_zones_as_links_and_the_same_in_words(client: PageClient) -> None:
    page = client.page(PLAN)
    assert {"/e/fair-a/zones/A", "/e/fair-a/zones/B", "/e/fair-a/booths/A-01"} <= set(page.links)
    assert "卫生间" in page.text
    assert "主舞台" in page.text
    drawn = [rect.get("x") for rect in page.root.iter() if rect.get("class") == "plan-booth"]
    assert drawn == ["30.0", "420.0"]


@pytest.mark.usefixtures("fair")
@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("问询", ["A-01"]),
        ("cyxm", ["B-01"]),
        ("shenyang", ["B-01"]),
        ("sy", ["B-01"]),
        ("ａ-01", ["A-01"]),
        ("porridge 朝阳", ["B-01"]),
        ("没有这个", []),
        ("别处", []),
        ("%", []),
    ],
)
def test_search_finds_by_name_code_city_and_initials(
    client: PageClient, search: str, found: list[str]
) -> None:
    page = client.page(f"{PLAN}?q={search}")
    shown = [link.rsplit("/", 1)[1] for link in page.links if "/booths/" in link]
    assert shown == found


@pytest.mark.usefixtures("fair")
def test_zone_shows_its_own_booths_and_stage(client: PageClient) -> None:
    page = client.page("/e/fair-a/zones/A")
    assert page.headings == ["玩得乐呵"]
    assert "主舞台" in page.text
    assert "/e/fair-a/booths/A-01" in page.links
    assert "/e/fair-a/booths/B-01" not in page.links


@pytest.mark.usefixtures("fair")
def test_booth_names_its_zone_and_city(client: PageClient) -> None:
    page = client.page("/e/fair-a/booths/B-01")
    assert page.headings == ["朝阳小米粥"]
    assert {"/e/fair-a/zones/B", "/e/fair-a/cities/dl-shenyang"} <= set(page.links)
    assert "过敏原" in page.text or "allergens" in page.text


def test_booth_shows_the_float_on_its_place(app: Flask, client: PageClient) -> None:
    with app.app_context():
        fair = make_fair(slug="fair-a")
        booth = make_booth(zone=fair.zone, code="A-05", category="city_show")
        make_float(fair.event, booth_id=booth.id, name_zh="大连号", theme_zh="向海而行")
    assert "大连号" in client.page("/e/fair-a/booths/A-05").text


@pytest.mark.usefixtures("fair")
@pytest.mark.parametrize("path", ["zones/C", "booths/A-77", "booths/A-99", "zones/%00", "cities/dl-unknown"])
def test_what_this_event_does_not_have_is_not_found(client: PageClient, path: str) -> None:
    client.page(f"/e/fair-a/{path}", status=404)


@pytest.mark.usefixtures("fair")
@pytest.mark.parametrize("path", ["map", "zones/A", "booths/A-01", "cities", "cities/dl-shenyang"])
def test_nothing_of_the_other_event_shows(client: PageClient, path: str) -> None:
    page = client.page(f"/e/fair-a/{path}")
    assert "别处" not in page.text
    assert not [link for link in page.links if "fair-b" in link]


@pytest.mark.usefixtures("fair")
@pytest.mark.parametrize("path", ["map", "zones/A", "booths/B-01", "cities", "cities/dl-shenyang"])
def test_pages_in_english_speak_english(client: PageClient, path: str) -> None:
    page = client.page(f"/e/fair-a/{path}?lang=en")
    assert page.all("html")[0].get("lang") == "en"


@pytest.mark.parametrize("path", ["map", "cities"])
def test_empty_event_says_so(app: Flask, client: PageClient, path: str) -> None:
    with app.app_context():
        make_event(slug="fair-a")
    assert client.page(f"/e/fair-a/{path}").all("p", class_="card-title")


def test_draft_event_is_hidden(app: Flask, client: PageClient) -> None:
    with app.app_context():
        furnish(make_fair(slug="fair-a", status=EventStatus.DRAFT))
    for path in ("map", "zones/A", "booths/A-01", "cities"):
        client.page(f"/e/fair-a/{path}", status=404)


@pytest.mark.parametrize("path", ["map", "zones/A", "cities"])
def test_one_row_and_three_cost_the_same_queries(app: Flask, client: PageClient, path: str) -> None:
    with app.app_context():
        furnish(make_fair(slug="fair-a"))
    with count_queries(app) as few:
        client.page(f"/e/fair-a/{path}")
    with app.app_context():
        event = get_event("fair-a")
        for number in (2, 3):
            make_booth(zone=get_zone(event, "A"), code=f"A-0{number}")
            make_delegation(event, ref=f"dl-{number}")
            make_stage(zone=get_zone(event, "A"))
            make_facility(event)
    with count_queries(app) as many:
        client.page(f"/e/fair-a/{path}")
    assert len(many) == len(few)


def say(code: str, state: LiveState) -> None:
    say_live(ORGANIZER, get_event("fair-a"), code, state, now=clock.now())


def drawn(page: Page, look: str) -> list[Element]:
    """Return the elements of a look, those of drawings too."""
    return [one for one in page.root.iter() if one.get("class") == look]


def rows(client: PageClient, query: str) -> list[str]:
    links = client.page(f"{PLAN}?{query}").links
    return [link.rsplit("/", 1)[1] for link in links if "/booths/" in link]


@pytest.mark.usefixtures("fair")
def test_plan_says_how_booths_do_in_words_and_shapes_and_since_when(app: Flask, client: PageClient) -> None:
    assert "live-" not in client.get(PLAN).text
    with app.app_context():
        say("B-01", LiveState.SOLD_OUT)
    page = client.page(f"{PLAN}?lang=en")
    assert "Sold out" in page.text
    assert "How booths do, as of" in page.text
    assert len(drawn(page, "live live-sold_out")) == 3  # on the plan, in its legend and in the list
    assert "Sold out" in client.page("/e/fair-a/zones/B?lang=en").text
    own = client.page("/e/fair-a/booths/B-01?lang=en")
    assert "Sold out As of" in own.text
    assert f"{PLAN}?booth=B-01" in own.links


@pytest.mark.usefixtures("fair")
def test_cancelled_booth_is_on_no_plan_and_its_own_page_says_so(app: Flask, client: PageClient) -> None:
    with app.app_context():
        say("B-01", LiveState.OPEN)
        event = get_event("fair-a")
        facts = replace(get_booth(event, "B-01").facts, status="cancelled")
        edit_booth(ORGANIZER, event, "B-01", facts, version=1)
    for path in (PLAN, "/e/fair-a/zones/B"):
        page = client.page(path)
        assert "/e/fair-a/booths/B-01" not in page.links
        assert "live-" not in client.get(path).text
    own = client.page("/e/fair-a/booths/B-01?lang=en")
    assert "This booth is cancelled." in own.text
    assert "Right now" not in own.text
    assert f"{PLAN}?booth=B-01" not in own.links


@pytest.mark.usefixtures("fair")
def test_what_was_said_yesterday_is_not_shown_today(app: Flask, client: PageClient) -> None:
    with app.app_context():
        now = clock.now() - timedelta(days=1)
        say_live(ORGANIZER, get_event("fair-a"), "B-01", LiveState.BUSY, now=now)
    assert "live-busy" not in client.get(PLAN).text


@pytest.mark.usefixtures("fair")
def test_filters_narrow_by_category_and_state(app: Flask, client: PageClient) -> None:
    with app.app_context():
        say("B-01", LiveState.BUSY)
        event = get_event("fair-a")
        booth = get_booth(event, "A-01")
        edit_booth(ORGANIZER, event, "A-01", replace(booth.facts, category="heritage"), version=1)
    assert rows(client, "category=heritage") == ["A-01"]
    assert rows(client, "state=busy") == ["B-01"]
    assert rows(client, "state=busy&category=heritage") == []
    assert rows(client, "state=open&q=") == []
    assert rows(client, "category=&state=&q=porridge") == ["B-01"]


@pytest.mark.usefixtures("fair")
def test_link_points_at_one_booth_on_the_plan_and_in_the_list(client: PageClient) -> None:
    page = client.page(f"{PLAN}?booth=B-01")
    assert len(drawn(page, "plan-hit")) == 1
    assert [row.get("data-zone") for row in page.all("li", class_="is-hit")] == ["B"]
    assert [fold.get("data-zone") for fold in page.all("details", open="")] == ["B"]
    nothing = client.page(f"{PLAN}?booth=<B-99>&lang=en")
    assert "There is no booth “<B-99>” on this plan." in nothing.text
    assert drawn(nothing, "plan-hit") == []


@pytest.mark.usefixtures("fair")
def test_routes_water_and_stages_are_drawn_and_fire_lanes_are_not(app: Flask, client: PageClient) -> None:
    with app.app_context():
        event = get_event("fair-a")
        for facts in (
            shape(name_zh="消防通道"),
            shape(kind="water", name_zh="大明湖", map_x=0.0),
            shape(kind="route", name_zh="巡游路线", points=[[1.0, 2.0], [30.0, 40.0]]),
        ):
            create_shape(ORGANIZER, event, facts)
    page = client.page(PLAN)
    assert "大明湖" in page.text
    assert "巡游路线" in page.text
    assert "消防通道" not in page.text
    assert [one.get("points") for one in drawn(page, "plan-route")] == ["1.0,2.0 30.0,40.0 "]
