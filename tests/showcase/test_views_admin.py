"""The team's pages of what cities show: who may edit what, uploads with their refusals, and the figures."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from eventsite.accounts.core import system
from eventsite.accounts.enums import Role
from eventsite.events.models import Event
from eventsite.events.queries import get_event
from eventsite.market.queries import get_booth
from eventsite.showcase.operations import entries, photos
from eventsite.showcase.queries import show_of_booth, show_of_city
from tests.support.factories import make_booth, make_delegation, make_event, make_zone
from tests.support.factories_accounts import client_of
from tests.support.factories_showcase import (
    a_photo,
    inheritor_facts,
    photo_facts,
    product_facts,
    route_facts,
    voucher_facts,
)
from tests.support.isolation import PageClient
from tests.support.lists import ListPage
from tests.support.page import Form
from tests.support.uploads import declared_png, multipart, picture

HOME = "/admin/e/fair-a/showcase"
CLI = system("cli")
CITIES = ListPage(
    "showcase/cities",
    lambda event, word: make_delegation(event, city_zh=word),
    Role.ORGANIZER,
    Role.STAGE_MANAGER,
)
WORDS = {"alt_zh": "贝雕", "alt_en": "Carving", "credit": "王摄影", "consent": "摄影者同意", "agreed": "y"}


@pytest.fixture
def fair(app: Flask) -> None:
    """Make a fair with booths of Dalian and Anshan in zone C."""
    with app.app_context():
        event = make_event(slug="fair-a")
        make_zone(event, code="A")
        zone = make_zone(event, code="C")
        for ref, code in (("dl-dalian", "C-08"), ("dl-anshan", "C-04")):
            city = make_delegation(event, ref=ref)
            make_booth(event, zone=zone, code=code, delegation_id=city.id)


@pytest.mark.parametrize("check", ["check", "check_rights", "check_queries"])
def test_cities_are_a_list_like_all_others(app: Flask, check: str) -> None:
    getattr(CITIES, check)(app)


def test_event_without_delegations_says_so(app: Flask) -> None:
    CITIES.check_empty(app)


FORMS: dict[str, tuple[str, dict[str, Any]]] = {
    "products": ("booths/C-08", {"name_zh": "书签", "name_en": "Bookmark", "price_yuan": "25.5"}),
    "inheritors": (
        "booths/C-08",
        {"name_zh": "李", "name_en": "Li", "craft_zh": "贝雕", "craft_en": "Shell", "rank": "city"},
    ),
    "routes": (
        "cities/dl-dalian",
        {"name_zh": "看海", "name_en": "Sea", "season": "summer", "days": "2"}
        | {"stops_zh": "港口\n海岛", "stops_en": "Port\nIsland"},
    ),
    "vouchers": (
        "cities/dl-dalian",
        {"title_zh": "游船", "title_en": "Boat", "partner_zh": "公司", "partner_en": "Company"}
        | {"place_zh": "码头", "place_en": "Pier", "terms_zh": "一票一券", "terms_en": "One a ticket"}
        | {"valid_until": "2026-06-30", "stock": "5", "offered": "y"},
    ),
}


def form_with(client: PageClient, address: str, field: str) -> Form:
    """Return the form of a page that has the field."""
    (form,) = [one for one in client.page(address).forms if field in one.fields]
    return form


@pytest.mark.parametrize("kind", list(FORMS))
def test_leader_adds_changes_and_removes_an_entry_of_the_own_city(app: Flask, fair: None, kind: str) -> None:
    client = client_of(app, Role.DELEGATION_LEAD, "fair-a", "delegation:dl-dalian")
    place, fields = FORMS[kind]
    name = "title_zh" if kind == "vouchers" else "name_zh"
    form = form_with(client, f"{HOME}/{place}/{kind}/new", name)
    assert client.submit(form, **fields).status_code == 303
    links = {link for link in client.page(f"{HOME}/{place}").links if f"/showcase/{kind}/" in link}
    (link,) = links
    edit = form_with(client, link, name)
    assert client.submit(edit, **{name: "改过的名字"}).status_code == 303
    page = client.page(link)
    assert "改过的名字" in page.text
    assert "改过的名字" in client.page(f"{HOME}/{place}").text
    (remove,) = [one for one in page.forms if one.action.endswith("/remove")]
    assert client.submit(remove).status_code == 303
    assert "改过的名字" not in client.page(f"{HOME}/{place}").text


def test_form_that_does_not_fit_comes_back_with_its_faults(app: Flask, fair: None) -> None:
    client = client_of(app, Role.ORGANIZER, "fair-a")
    form = form_with(client, f"{HOME}/booths/C-08/products/new", "name_zh")
    refused = client.submit(form, name_zh="", price_yuan="-1")
    assert refused.status_code == 422


def test_second_save_shows_both_values(app: Flask, fair: None) -> None:
    with app.app_context():
        event = get_event("fair-a")
        product = entries.create_product(CLI, event, get_booth(event, "C-08"), product_facts())
        address = f"{HOME}/products/{product.id}"
    client = client_of(app, Role.ORGANIZER, "fair-a")
    form = form_with(client, address, "name_zh")
    assert client.submit(form, name_zh="先存").status_code == 303
    late = client.submit(form, name_zh="后存")
    assert late.status_code == 409
    assert "先存" in late.text


STRANGERS = (
    (Role.DELEGATION_LEAD, "delegation:dl-anshan"),
    (Role.ZONE_LEAD, "zone:A"),
    (Role.DESK, ""),
    (Role.AUDITOR, ""),
)


@pytest.mark.parametrize(("role", "scope"), STRANGERS)
def test_who_has_no_part_in_a_city_reads_and_changes_nothing(
    app: Flask, fair: None, role: Role, scope: str
) -> None:
    with app.app_context():
        number = fill(get_event("fair-a"))
    client = client_of(app, role, "fair-a", scope)
    client.page(f"{HOME}/booths/C-08")
    client.page(f"{HOME}/products/{number}")
    for path in ("booths/C-08/products/new", "cities/dl-dalian/vouchers/new", "booths/C-08/upload"):
        client.page(f"{HOME}/{path}", status=403)
    assert client.post(f"{HOME}/products/{number}").status_code in (400, 403)
    assert client.post(f"{HOME}/products/{number}/remove").status_code in (400, 403)


def test_zone_lead_edits_the_booths_of_the_zone_and_no_city(app: Flask, fair: None) -> None:
    client = client_of(app, Role.ZONE_LEAD, "fair-a", "zone:C")
    client.page(f"{HOME}/booths/C-08/products/new")
    client.page(f"{HOME}/cities/dl-dalian/routes/new", status=403)


def fill(event: Event) -> int:
    """Let Dalian show one of each, and return the product's id."""
    booth = get_booth(event, "C-08")
    city = booth.delegation
    assert city is not None
    product = entries.create_product(CLI, event, booth, product_facts())
    entries.create_inheritor(CLI, event, booth, inheritor_facts())
    entries.create_route(CLI, event, city, route_facts())
    entries.create_voucher(CLI, event, city, voucher_facts())
    photos.add_photo(CLI, event, booth, a_photo(), photo_facts())
    return product.id


def send_photo(client: PageClient, data: bytes, name: str, **changes: str) -> Any:
    address = f"{HOME}/booths/C-08/upload"
    fields = {**form_with(client, address, "alt_zh").fields, **WORDS, **changes}
    return client.post(address, **multipart(fields, data, name))


def test_photo_is_uploaded_with_credit_and_consent(app: Flask, fair: None) -> None:
    client = client_of(app, Role.DELEGATION_LEAD, "fair-a", "delegation:dl-dalian")
    assert send_photo(client, picture((900, 700)), "贝雕.jpg").status_code == 303
    with app.app_context():
        (photo,) = show_of_booth(get_booth(get_event("fair-a"), "C-08")).photos
        assert (photo.credit, photo.consent, photo.file.name) == ("王摄影", "摄影者同意", "贝雕.jpg")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", ("空文件", "empty")),
        (b"MZ" + b"x" * 100, ("不是可以接收的图片", "not a picture")),
        (declared_png(30_000, 30_000), ("像素", "pixels")),
        (picture()[:-1500], ("不完整", "damaged")),
    ],
)
def test_photo_that_cannot_be_taken_is_refused_in_both_languages(
    app: Flask, fair: None, data: bytes, words: tuple[str, str]
) -> None:
    client = client_of(app, Role.ORGANIZER, "fair-a")
    for tongue, said in zip(("zh", "en"), words, strict=True):
        client.set_cookie("lang", tongue)
        refused = send_photo(client, data, "a.jpg")
        assert refused.status_code == 422
        assert said in refused.text
    with app.app_context():
        assert show_of_booth(get_booth(get_event("fair-a"), "C-08")).photos == []


def test_photo_without_consent_or_file_is_refused(app: Flask, fair: None) -> None:
    client = client_of(app, Role.ORGANIZER, "fair-a")
    assert send_photo(client, picture(), "a.jpg", agreed="").status_code == 422
    assert send_photo(client, b"", "").status_code == 422


def test_photo_may_be_longer_than_other_forms(app: Flask, fair: None) -> None:
    client = client_of(app, Role.ORGANIZER, "fair-a")
    data = picture((900, 700)) + b"\0" * (3 * 2**20)
    assert send_photo(client, data, "a.jpg").status_code == 303


def test_wrong_code_of_a_voucher_is_told(app: Flask, fair: None) -> None:
    client = client_of(app, Role.ORGANIZER, "fair-a")
    form = form_with(client, f"{HOME}/vouchers/code", "code")
    assert client.submit(form, code="ABCD EFGH").status_code == 404


def test_who_guesses_codes_of_vouchers_is_stopped(app: Flask, fair: None) -> None:
    client = client_of(app, Role.AUDITOR, "fair-a")
    form = form_with(client, f"{HOME}/vouchers/code", "code")
    answers = [client.submit(form, code="ABCD EFGH").status_code for _ in range(31)]
    assert answers == [*[404] * 30, 429]


def test_city_says_what_is_missing_and_then_what_there_is(app: Flask, fair: None) -> None:
    client = client_of(app, Role.ORGANIZER, "fair-a")
    client.set_cookie("lang", "en")
    assert "No voucher yet" in client.page(f"{HOME}/cities/dl-dalian").text
    with app.app_context():
        fill(get_event("fair-a"))
    page = client.page(f"{HOME}/cities/dl-dalian")
    assert "0 of 2 taken" in page.text
    with app.app_context():
        city = get_booth(get_event("fair-a"), "C-08").delegation
        assert city is not None
        assert show_of_city(city).vouchers[0].valid_until == date(2026, 6, 30)
