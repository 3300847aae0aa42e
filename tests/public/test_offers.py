"""What a zone and a booth offer, on their own pages."""

from typing import Any

import pytest
from flask import Flask

from tests.support.factories import make_booth, make_event, make_giveaway, make_workshop, make_zone
from tests.support.isolation import PageClient


def furnish(**event: Any) -> None:
    fair = make_event(slug="fair-a", **event)
    here, there = make_zone(fair, code="B"), make_zone(fair, code="F", order=2)
    gift = make_booth(zone=here, code="B-01")
    shop = make_booth(zone=there, code="F-01")
    make_giveaway(booth=gift, ref="gv-1", name_zh="特色鸡架")
    make_workshop(booth=shop, ref="ws-1", name_zh="转手绢教学")
    make_booth(zone=here, code="B-02")


@pytest.mark.parametrize("path", ["booths/B-01", "zones/B"])
def test_page_leads_to_what_is_handed_out(app: Flask, client: PageClient, path: str) -> None:
    with app.app_context():
        furnish()
    page = client.page(f"/e/fair-a/{path}")
    assert "/e/fair-a/giveaways#g-gv-1" in page.links
    assert "转手绢教学" not in page.text


@pytest.mark.parametrize("path", ["booths/F-01", "zones/F"])
def test_page_leads_to_what_one_can_try(app: Flask, client: PageClient, path: str) -> None:
    with app.app_context():
        furnish()
    page = client.page(f"/e/fair-a/{path}")
    assert "/e/fair-a/workshops#w-ws-1" in page.links
    assert "/e/fair-a/giveaways#g-gv-1" not in page.links


def test_a_booth_that_offers_nothing_says_nothing(app: Flask, client: PageClient) -> None:
    with app.app_context():
        furnish()
    assert not [link for link in client.page("/e/fair-a/booths/B-02").links if "giveaways" in link]


def test_what_the_event_does_without_is_not_offered(app: Flask, client: PageClient) -> None:
    with app.app_context():
        furnish(modules={"giveaways": False, "workshops": False})
    for path in ("booths/B-01", "zones/F"):
        links = client.page(f"/e/fair-a/{path}").links
        assert not [link for link in links if "giveaways" in link or "workshops" in link]


def test_links_lead_to_the_thing_itself(app: Flask, client: PageClient) -> None:
    with app.app_context():
        furnish()
    assert client.page("/e/fair-a/giveaways").all("article", id="g-gv-1")
    assert client.page("/e/fair-a/workshops").all("article", id="w-ws-1")
