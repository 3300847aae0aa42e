"""What strangers write into addresses and forms never becomes part of another address, or a crash."""

from urllib.parse import urljoin

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from tests.support.factories import make_checkpoint, make_event, make_zone
from tests.support.factories_accounts import client_of
from tests.support.isolation import PageClient

pytestmark = pytest.mark.both_databases
HERE = "http://localhost"
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://127.0.0.1:8000"}


@pytest.fixture(autouse=True)
def fair(app: Flask) -> None:
    with app.app_context():
        make_checkpoint(zone=make_zone(make_event(slug="fair-a"), code="A"))


@pytest.mark.parametrize(
    "value",
    ["endpoint=x", "_method=POST", "_external=1&_scheme=https", "_anchor=x", "event=fair-b", "self=x"],
)
def test_query_reaches_no_path_of_a_link(client: PageClient, value: str) -> None:
    page = client.page(f"/e/fair-a/map?{value}&q=a%26b")
    links = {
        urljoin(f"{HERE}/e/fair-a/map", link) for link in page.links if "lang=" in link or "elder=" in link
    }
    assert links == {f"{HERE}/e/fair-a/map?{value}&q=a%26b&{more}" for more in ("elder=1", "lang=en")}


@pytest.mark.parametrize("number", ["2147483648", "9" * 19, "9" * 5000, "\u0663", "-1", "1.0"])
def test_number_that_no_database_holds_is_no_address(app: Flask, client: PageClient, number: str) -> None:
    assert client.get(f"/e/fair-a/programme/v/{number}").status_code == 404
    organizer = client_of(app, Role.ORGANIZER, "fair-a")
    assert organizer.get(f"/admin/e/fair-a/checkin/{number}").status_code == 404


def test_longest_number_of_an_address_is_looked_for(app: Flask) -> None:
    organizer = client_of(app, Role.ORGANIZER, "fair-a")
    assert organizer.get(f"/admin/e/fair-a/checkin/{'9' * 9}").status_code == 404
    assert organizer.get(f"/admin/e/fair-a/programme/items/{'9' * 9}").status_code == 404
    assert organizer.get(f"/e/fair-a/programme/v/{'9' * 9}").status_code == 404


@pytest.mark.parametrize("path", ["/e/fair-a/draws/%00", "/e/fair-a/zones/%00", "/x/%00", "/admin/setup/%00"])
def test_nul_in_a_path_names_nothing(client: PageClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_nul_in_a_query_is_refused(client: PageClient) -> None:
    assert client.get("/e/fair-a/map?q=a%00").status_code == 400


def test_nul_in_a_form_is_refused(client: PageClient) -> None:
    for path, body in (
        ("/e/fair-a/passport/restore", "code=%00"),
        ("/e/fair-a/programme/favourites", "item=%00"),
        ("/admin/login", "email=a%00@b.example&password=x"),
    ):
        assert client.post(path, data=body, headers=FORM).status_code == 400, path


def test_mark_of_a_favourite_breaks_no_header(client: PageClient) -> None:
    body = "item=a%0D%0ASet-Cookie:%20b=c&day=%0D%0A"
    answer = client.post("/e/fair-a/programme/favourites", data=body, headers=FORM)
    assert answer.status_code == 303
    assert "\n" not in answer.location
    assert answer.location.endswith("#i-a%0D%0ASet-Cookie:%20b=c")


@pytest.mark.parametrize("version", ["\u00b2", "9" * 5000, "-1", "1e3", "x"])
def test_version_of_a_form_that_is_no_number_is_refused(app: Flask, version: str) -> None:
    organizer = client_of(app, Role.ORGANIZER, "fair-a")
    path = "/admin/e/fair-a/events/zones/A"
    form = next(form for form in organizer.page(path).forms if "name_zh" in form.fields)
    answer = organizer.submit(form, version=version)
    assert answer.status_code == 422


def test_answer_that_caches_share_sets_no_cookie(client: PageClient) -> None:
    for path in ("/e/fair-a/now.json", "/e/fair-a/programme/changes.atom", "/e/fair-a/theme.css"):
        answer = client.get(f"{path}?lang=en&elder=1")
        assert answer.headers["Cache-Control"].startswith("public"), path
        assert "Set-Cookie" not in answer.headers, path
    assert "lang=en" in client.get("/e/fair-a/map?lang=en").headers["Set-Cookie"]
