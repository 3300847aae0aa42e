"""What visitors see and do: pages of booths and cities, photos, vouchers, visits."""

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventsite.accounts.core import system
from eventsite.accounts.enums import Role
from eventsite.database import atomic, db
from eventsite.events.enums import EventStatus
from eventsite.events.queries import find_delegation, get_event
from eventsite.kernel.tokens import Purpose, seal
from eventsite.showcase.models import CityVisit, TakenVoucher
from eventsite.showcase.operations import entries, photos
from eventsite.showcase.queries import show_of_city
from eventsite.web.passes import cookie_name
from tests.support.factories import make_booth, make_delegation, make_event, make_item, make_stage, make_zone
from tests.support.factories_accounts import client_of
from tests.support.factories_draws import make_pass
from tests.support.factories_programme import make_release
from tests.support.factories_showcase import (
    a_photo,
    inheritor_facts,
    photo_facts,
    product_facts,
    route_facts,
    voucher_facts,
)
from tests.support.isolation import PageClient

CLI = system("cli")
SAME_ORIGIN = {"Origin": "http://127.0.0.1:8000"}


@pytest.fixture
def fair(app: Flask) -> None:
    """Make a fair where Dalian shows one of each at C-08, and a booth of the committee shows nothing."""
    with app.app_context():
        event = make_event(slug="fair-a")
        zone = make_zone(event, code="C")
        city = make_delegation(event, ref="dl-dalian", city_zh="大连", highlights_zh=["海滨风光"])
        booth = make_booth(event, zone=zone, code="C-08", delegation_id=city.id)
        make_booth(event, zone=zone, code="C-01", category="heritage")
        holder = entries.create_inheritor(CLI, event, booth, inheritor_facts())
        entries.create_product(CLI, event, booth, product_facts())
        entries.create_product(CLI, event, booth, product_facts(name_zh="挂画", price_yuan=None, position=1))
        entries.create_route(CLI, event, city, route_facts())
        entries.create_voucher(CLI, event, city, voucher_facts(stock=1, valid_until=date(2099, 12, 31)))
        for subject in (booth, city, holder):
            photos.add_photo(CLI, event, subject, a_photo(), photo_facts())
        stage = make_stage(event, zone=zone)
        make_item(event, stage=stage, title_zh="大连歌舞", delegation_id=city.id)
        make_release(event)


def stamped(app: Flask, client: PageClient, **given: Any) -> None:
    """Give the client a pass that has stamps."""
    with app.app_context():
        visitor = make_pass(get_event("fair-a"), **given)
        token = seal(app.extensions["keyring"], Purpose.PASS, visitor.key)
    client.set_cookie(cookie_name("fair-a"), token)


def voucher_id(app: Flask) -> int:
    with app.app_context():
        city = find_delegation(get_event("fair-a"), "dl-dalian")
        assert city is not None
        return show_of_city(city).vouchers[0].id


def taken(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(TakenVoucher)) or 0


def test_booth_shows_photos_goods_and_their_maker(client: PageClient, fair: None) -> None:
    page = client.page("/e/fair-a/booths/C-08?lang=zh")
    for words in ("贝雕书签", "¥25 / 枚", "到展位询价", "李师傅", "王摄影"):
        assert words in page.text
    for image in page.all("img"):
        assert image.get("loading") == "lazy"
        assert image.get("width")
        assert image.get("height")
        assert image.get("alt")
    assert "贝雕书签" not in client.page("/e/fair-a/booths/C-08?lang=en").text


def test_booth_without_a_photo_shows_our_drawing(client: PageClient, fair: None) -> None:
    page = client.page("/e/fair-a/booths/C-01")
    assert page.all("img") == []
    assert "silhouettes.svg" in client.get("/e/fair-a/booths/C-01").text


def test_city_shows_all_that_it_promotes(client: PageClient, fair: None) -> None:
    page = client.page("/e/fair-a/cities/dl-dalian?lang=zh")
    for words in ("海滨风光", "大连歌舞", "看海两日", "夏季", "游船立减", "还剩 1 张"):
        assert words in page.text
    assert "/e/fair-a/booths/C-08" in page.links


def test_masters_are_listed_with_their_booths(client: PageClient, fair: None) -> None:
    page = client.page("/e/fair-a/inheritors")
    assert "李师傅" in page.text
    assert "/e/fair-a/booths/C-08" in page.links
    assert "/e/fair-a/inheritors" in client.page("/e/fair-a/cities").links


def test_list_of_masters_may_be_empty(app: Flask, client: PageClient) -> None:
    with app.app_context():
        make_event(slug="fair-a")
    assert client.page("/e/fair-a/inheritors?lang=en").text.count("not named yet") == 1
    assert "no city voucher yet" in client.page("/e/fair-a/vouchers?lang=en").text


def test_photo_of_a_fair_that_strangers_do_not_see_is_kept_by_nobody(app: Flask, fair: None) -> None:
    member = client_of(app, Role.AUDITOR, "fair-a")
    (large, *_) = [link for link in member.page("/e/fair-a/booths/C-08").links if "/photos/" in link]
    with app.app_context(), atomic():
        get_event("fair-a").status = EventStatus.DRAFT
    sent = member.get(large)
    assert (sent.status_code, sent.headers["Cache-Control"]) == (200, "no-store")
    assert app.test_client().get(large).status_code == 404


def test_photo_is_sent_by_its_hash_and_lasts(client: PageClient, fair: None) -> None:
    page = client.page("/e/fair-a/booths/C-08")
    small = page.all("img")[0].get("src")
    (large, *_) = [link for link in page.links if "/photos/" in link]
    assert small != large
    for address in (str(small), large):
        sent = client.get(address)
        assert (sent.status_code, sent.mimetype) == (200, "image/jpeg")
        assert sent.headers["Cache-Control"] == "public, max-age=3600"  # consent may be withdrawn
        assert "sandbox" in sent.headers["Content-Security-Policy"]
        assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"{large.rpartition('-')[0]}-0123456789abcdef.jpg").status_code == 404
    assert client.get(large.replace("fair-a", "fair-b")).status_code == 404


def test_voucher_is_taken_with_a_stamped_card_once(app: Flask, client: PageClient, fair: None) -> None:
    stamped(app, client)
    address = f"/e/fair-a/vouchers/{voucher_id(app)}/take"
    first = client.post(address, headers=SAME_ORIGIN)
    again = client.post(address, headers=SAME_ORIGIN)
    assert (first.status_code, first.location) == (303, again.location)
    assert taken(app) == 1
    shown = client.page(first.location)
    assert "游船立减" in shown.text
    assert client.get(f"{first.location}/code.svg").mimetype == "image/svg+xml"
    assert first.location in client.page("/e/fair-a/vouchers").links
    assert first.location in client.page("/e/fair-a/cities/dl-dalian").links


def test_voucher_without_a_stamp_or_after_the_last_says_why(
    app: Flask, client: PageClient, fair: None
) -> None:
    address = f"/e/fair-a/vouchers/{voucher_id(app)}/take"
    client.set_cookie("lang", "en")
    bare = client.post(address, headers=SAME_ORIGIN)
    assert bare.status_code == 409
    assert "first stamp" in bare.text
    stamped(app, client)
    client.post(address, headers=SAME_ORIGIN)
    stamped(app, client)
    late = client.post(address, headers=SAME_ORIGIN)
    assert late.status_code == 409
    assert "All vouchers" in late.text
    assert "all taken" in client.page("/e/fair-a/cities/dl-dalian").text


def test_voucher_is_taken_from_our_own_page_alone(app: Flask, client: PageClient, fair: None) -> None:
    stamped(app, client)
    address = f"/e/fair-a/vouchers/{voucher_id(app)}/take"
    assert client.post(address, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert client.get(address).status_code == 405
    assert taken(app) == 0


def test_visit_is_counted_by_its_own_post_and_by_no_reading(
    app: Flask, client: PageClient, fair: None
) -> None:
    stamped(app, client)
    page = client.page("/e/fair-a/cities/dl-dalian")
    address = str(next(one.get("data-visit") for one in page.all("div") if one.get("data-visit")))
    client.page("/e/fair-a/booths/C-08")
    assert visits(app) == 0
    for _ in range(2):
        assert client.post(address, headers=SAME_ORIGIN).status_code == 204
    assert visits(app) == 1
    assert client.post(address).status_code == 403


def test_visit_without_a_card_counts_nobody(app: Flask, client: PageClient, fair: None) -> None:
    sent = client.post("/e/fair-a/cities/dl-dalian/visit", headers=SAME_ORIGIN)
    assert sent.status_code == 204
    assert visits(app) == 0
    assert client.post("/e/fair-a/cities/dl-nowhere/visit", headers=SAME_ORIGIN).status_code == 404


def visits(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(CityVisit)) or 0


@pytest.mark.parametrize("path", ["booths/C-08", "cities/dl-dalian", "cities", "inheritors"])
def test_pages_stay_light(client: PageClient, fair: None, path: str) -> None:
    """Page, style sheets, scripts and drawings together, without photos: at most 50 KB as they are sent."""
    page = client.get(f"/e/fair-a/{path}").data
    parts = set(re.findall(r'(?:href|src)="(/static/[^"#]+|/e/fair-a/theme[^"]+)', page.decode()))
    packed = {"Accept-Encoding": "gzip"}
    assert len(parts) > 4
    assert len(page) + sum(len(client.get(part, headers=packed).data) for part in parts) <= 50_000
