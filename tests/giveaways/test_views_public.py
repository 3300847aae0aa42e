"""The page of free things: what, where, from when, how many each; nothing of another fair."""

import pytest
from flask import Flask

from eventsite.events.queries import get_event
from tests.support.counting import count_queries
from tests.support.factories import make_booth, make_event, make_giveaway, make_zone
from tests.support.isolation import PageClient

PATH = "/e/fair-a/giveaways"


@pytest.fixture
def fair(app: Flask) -> None:
    """Make a fair with three giveaways, and another beside it."""
    with app.app_context():
        event = make_event(slug="fair-a")
        booth = make_booth(zone=make_zone(event, name_zh="香得迷糊"), code="B-01")
        make_giveaway(booth=booth, name_zh="特色鸡架", allergen_note_zh="含辣椒、大豆")
        make_giveaway(
            booth=booth, name_zh="红叶帆布袋", eligibility="stamps", stamps_required=6, unit_zh="个"
        )
        make_giveaway(booth=booth, name_zh="练习手绢", eligibility="after_workshop", limit_scope="per_event")
        make_giveaway(make_event(slug="fair-b"), name_zh="别处的礼物")


@pytest.mark.usefixtures("fair")
def test_page_says_what_where_when_and_how_many(client: PageClient) -> None:
    page = client.page(PATH)
    for words in ("特色鸡架", "B-01", "香得迷糊", "含辣椒、大豆", "10:30", "600 份"):
        assert words in page.text
    assert "/e/fair-a/booths/B-01" in page.links
    assert page.forms == []  # nothing can be claimed here yet


@pytest.mark.usefixtures("fair")
def test_what_is_earned_stands_apart(client: PageClient) -> None:
    page = client.page(f"{PATH}?lang=en")
    free, earned = page.text.split("Collect and get")
    assert "Handed out at B-01 from 10:30. One each a day." in free
    assert "With 6 stamps on your card, at B-01. One each a day." in earned
    assert "After the workshop, from the teacher at B-01. One each." in earned


@pytest.mark.usefixtures("fair")
def test_nothing_of_the_other_event_shows(client: PageClient) -> None:
    page = client.page(PATH)
    assert "别处" not in page.text
    assert not [link for link in page.links if "fair-b" in link]


@pytest.mark.usefixtures("fair")
def test_home_leads_there(client: PageClient) -> None:
    assert PATH in client.page("/e/fair-a/").links


def test_home_of_a_fair_without_giveaways_leads_elsewhere(app: Flask, client: PageClient) -> None:
    with app.app_context():
        make_event(slug="fair-a", modules={"giveaways": False, "workshops": False})
    links = client.page("/e/fair-a/").links
    assert PATH not in links
    assert "/e/fair-a/workshops" not in links


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_empty_event_says_so(app: Flask, client: PageClient, lang: str) -> None:
    with app.app_context():
        make_event(slug="fair-a")
    page = client.page(f"{PATH}?lang={lang}")
    assert page.all("p", class_="card-title")
    assert page.all("html")[0].get("lang") == {"zh": "zh-CN", "en": "en"}[lang]


def test_fair_of_several_days_names_the_days(app: Flask, client: PageClient) -> None:
    with app.app_context():
        make_giveaway(make_event(slug="fair-a", days=2))
    assert "Sat 6 Sep" in client.page(f"{PATH}?lang=en").text


def test_one_row_and_three_cost_the_same_queries(app: Flask, client: PageClient) -> None:
    with app.app_context():
        make_giveaway(make_event(slug="fair-a"))
    with count_queries(app) as few:
        client.page(PATH)
    with app.app_context():
        for _ in range(2):
            make_giveaway(get_event("fair-a"))
    with count_queries(app) as many:
        client.page(PATH)
    assert len(many) == len(few)
