"""The page of workshops: where, when, how long, for whom, and how to join."""

import pytest
from flask import Flask

from eventsite.events.queries import get_event
from tests.support.counting import count_queries
from tests.support.factories import make_booth, make_event, make_workshop
from tests.support.isolation import PageClient

PATH = "/e/fair-a/workshops"


@pytest.fixture
def fair(app: Flask) -> None:
    """Make a fair with one workshop of each kind, and another fair beside it."""
    with app.app_context():
        event = make_event(slug="fair-a")
        for code, name, mode, more in (
            ("F-01", "转手绢教学", "walk_in", {}),
            ("C-01", "吹糖人体验", "reservation", {"minutes": 20, "capacity": 10, "min_age": 0}),
            ("F-05", "手工编制小课", "order_menu", {"sessions": [], "min_orders": 6}),
        ):
            booth = make_booth(event, code=code)
            make_workshop(booth=booth, name_zh=name, mode=mode, **more)
        make_workshop(make_event(slug="fair-b"), name_zh="别处的课")


@pytest.mark.usefixtures("fair")
def test_page_says_when_for_whom_and_how_to_join(client: PageClient) -> None:
    page = client.page(PATH)
    for words in ("转手绢教学", "吹糖人体验", "手工编制小课", "10:30", "15:30", "练习手绢"):
        assert words in page.text
    text = client.page(f"{PATH}?lang=en").text
    for words in (
        "10:30, 15:30; 30 minutes",
        "30 at a time, from age 6",
        "Just come to F-01.",
        "Please reserve a place at C-01.",
        "On request; 30 minutes",
        "Please sign up at F-05; a class begins as soon as 6 have.",
    ):
        assert words in text


@pytest.mark.usefixtures("fair")
def test_nothing_of_the_other_event_shows(client: PageClient) -> None:
    page = client.page(PATH)
    assert "别处" not in page.text
    assert not [link for link in page.links if "fair-b" in link]


@pytest.mark.usefixtures("fair")
def test_home_leads_there(client: PageClient) -> None:
    assert PATH in client.page("/e/fair-a/").links


def test_empty_event_says_so(app: Flask, client: PageClient) -> None:
    with app.app_context():
        make_event(slug="fair-a")
    assert client.page(PATH).all("p", class_="card-title")


def test_one_row_and_three_cost_the_same_queries(app: Flask, client: PageClient) -> None:
    with app.app_context():
        make_workshop(make_event(slug="fair-a"))
    with count_queries(app) as few:
        client.page(PATH)
    with app.app_context():
        for _ in range(2):
            make_workshop(get_event("fair-a"))
    with count_queries(app) as many:
        client.page(PATH)
    assert len(many) == len(few)
