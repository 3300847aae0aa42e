"""The team's lists of agreements and deals."""

import hashlib

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from tests.support.factories import make_agreement, make_deal, make_event
from tests.support.factories_accounts import client_of
from tests.support.lists import ListPage

PAGES = [
    ListPage(
        "agreements/", lambda event, word: make_agreement(event, title_zh=word), Role.PARTNER, Role.DESK
    ),
    ListPage(
        "agreements/deals", lambda event, word: make_deal(event, subject_zh=word), Role.AUDITOR, Role.PARTNER
    ),
]
pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)


@pages
def test_list_shows_its_own_event_and_is_searched(app: Flask, page: ListPage) -> None:
    page.check(app)


@pages
def test_empty_list_says_so(app: Flask, page: ListPage) -> None:
    page.check_empty(app)


@pages
def test_list_is_for_those_with_the_right(app: Flask, page: ListPage) -> None:
    page.check_rights(app)


@pages
def test_one_row_and_three_cost_the_same_queries(app: Flask, page: ListPage) -> None:
    page.check_queries(app)


def test_list_shows_the_fingerprint_of_the_public_record(app: Flask) -> None:
    with app.app_context():
        ref = make_agreement(make_event(slug="fair-a")).ref
    client = client_of(app, Role.ORGANIZER, "fair-a")
    record = client.get(f"/e/fair-a/agreements/{ref}/record.json").data
    assert hashlib.sha256(record).hexdigest() in client.page("/admin/e/fair-a/agreements/").text
