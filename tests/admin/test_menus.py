"""Which page of the menu is marked on the pages that the menu does not list."""

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from tests.support.factories import make_booth
from tests.support.factories_accounts import client_of
from tests.support.factories_market import make_fair

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
