"""Agreements as citizens read and check them."""

import hashlib
import json

import pytest
from flask import Flask

from eventsite.events.enums import EventStatus
from eventsite.events.queries import get_event
from tests.support.counting import count_queries
from tests.support.factories import load_jinan, make_agreement, make_event
from tests.support.isolation import PageClient

LIST = "/e/fair-a/agreements"


@pytest.fixture
def fair(app: Flask) -> None:
    """Make a fair with an agreement, and another beside it with one of the same id."""
    with app.app_context():
        make_agreement(make_event(slug="fair-a"), ref="ag-1", title_zh="合作框架协议")
        make_agreement(make_event(slug="fair-b"), ref="ag-1", title_zh="别处的协议")
        make_agreement(make_event(slug="fair-c"), ref="ag-9", title_zh="别处的协议")


@pytest.mark.usefixtures("fair")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sha256_of_the_record_is_the_fingerprint_of_the_page(client: PageClient, lang: str) -> None:
    page = client.page(f"{LIST}/ag-1?lang={lang}")
    response = client.get(f"{LIST}/ag-1/record.json")
    digest = hashlib.sha256(response.data).hexdigest()
    assert digest in [element.text for element in page.all("code", class_="hash")]
    assert digest in (page.all("div", id="filebox")[0].get("data-hashes") or "")
    assert (response.mimetype, response.headers["Access-Control-Allow-Origin"]) == ("application/json", "*")
    told = json.loads(response.data)
    assert (told["event"], told["id"], told["title"]["zh"]) == ("fair-a", "ag-1", "合作框架协议")
    assert [len(told["parties"]), len(told["commitments"])] == [2, 2]


@pytest.mark.usefixtures("fair")
def test_page_names_parties_commitments_and_what_it_is_not(client: PageClient) -> None:
    page = client.page(f"{LIST}/ag-1?lang=en")
    assert "It is not an electronic signature or seal" in page.text
    chinese = client.page(f"{LIST}/ag-1?lang=zh").text
    for words in ("客源互送", "产品共推", "建立季度互送客源统计", "活动现场"):
        assert words in chinese


@pytest.mark.usefixtures("fair")
def test_nothing_of_the_other_events_shows(client: PageClient) -> None:
    assert "别处" not in client.page(LIST).text
    assert "别处" not in client.page(f"{LIST}/ag-1").text
    client.page(f"{LIST}/ag-9", status=404)
    assert client.get(f"{LIST}/ag-9/record.json").status_code == 404


def test_empty_event_says_so(app: Flask, client: PageClient) -> None:
    with app.app_context():
        make_event(slug="fair-a")
    assert client.page(LIST).all("p", class_="card-title")


def test_draft_event_is_hidden(app: Flask, client: PageClient) -> None:
    with app.app_context():
        make_agreement(make_event(slug="fair-a", status=EventStatus.DRAFT), ref="ag-1")
    for path in (LIST, f"{LIST}/ag-1"):
        client.page(path, status=404)
    assert client.get(f"{LIST}/ag-1/record.json").status_code == 404


def test_record_stays_the_same_to_the_byte(app: Flask, client: PageClient) -> None:
    with app.app_context():
        load_jinan()
    (link,) = [
        link
        for link in client.page("/e/jinan-2025/agreements").links
        if link.startswith("/e/jinan-2025/agreements/")
    ]
    first, second = client.get(f"{link}/record.json").data, client.get(f"{link}/record.json?lang=en").data
    assert first == second


def test_one_agreement_and_three_cost_the_same_queries(app: Flask, client: PageClient) -> None:
    with app.app_context():
        make_agreement(make_event(slug="fair-a"))
    with count_queries(app) as few:
        client.page(LIST)
    with app.app_context():
        for _ in range(2):
            make_agreement(get_event("fair-a"))
    with count_queries(app) as many:
        client.page(LIST)
    assert len(many) == len(few)


def test_agreement_with_the_longest_id_has_its_page(app: Flask, client: PageClient) -> None:
    with app.app_context():
        make_agreement(make_event(slug="fair-long"), ref="协" * 80)
    client.page(f"/e/fair-long/agreements/{'协' * 80}")
