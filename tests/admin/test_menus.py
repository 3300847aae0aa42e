"""Which page of the menu is marked on the pages that the menu does not list."""

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from tests.support.factories import make_booth
from tests.support.factories_accounts import client_of, enrol, make_member, sign_in
from tests.support.factories_market import make_fair
from tests.support.isolation import PageClient
from tests.support.page import Page, text_of

DESK = "/admin/e/fair-a"


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("market/booths", "展位"),
        ("market/booths/A-01", "展位"),
        ("market/import-booths/upload", "展位"),
        ("market/new-circuit", "用电回路"),
        ("events/new-facility", "服务设施"),
        ("readiness/certificates", "就绪"),
    ],
)
def test_page_below_the_menu_marks_the_list_that_it_is_about(app: Flask, path: str, marked: str) -> None:
    with app.app_context():
        here = make_fair(slug="fair-a")
        make_booth(zone=here.zone, code="A-01")
    page = client_of(app, Role.ORGANIZER, "fair-a").page(f"{DESK}/{path}")
    (current,) = page.all("a", **{"aria-current": "page"})
    assert "".join(current.itertext()) == marked


def groups_of(page: Page) -> dict[str, bool]:
    """Return the groups of the menu, and whether each stands open."""
    groups = page.all("details", class_="a-nav__group")
    return {text_of(group[0]): "open" in group.attrib for group in groups}


def test_a_long_menu_stands_open_where_the_page_is(app: Flask) -> None:
    with app.app_context():
        make_fair(slug="fair-a")
    organizer = client_of(app, Role.ORGANIZER, "fair-a")

    booths, dashboard = (groups_of(organizer.page(f"{DESK}/{path}")) for path in ("market/booths", ""))

    assert [name for name, is_open in booths.items() if is_open] == ["总览", "市集"]
    assert [name for name, is_open in dashboard.items() if is_open] == ["总览"]


def test_a_short_menu_stands_open(app: Flask, client: PageClient) -> None:
    with app.app_context():
        make_member(Role.ADMINISTRATOR, email="chief@fair.example")
    sign_in(client, "chief@fair.example")
    enrol(client)

    assert groups_of(client.page("/admin/outbox")) == {"站点": True}
