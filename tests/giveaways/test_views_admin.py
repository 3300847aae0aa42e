"""The team's list of giveaways."""

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from eventsite.database import atomic
from eventsite.giveaways.models import Giveaway
from tests.support.factories import make_event, make_giveaway
from tests.support.factories_accounts import client_of
from tests.support.lists import ListPage

PAGES = [
    ListPage("giveaways/", lambda event, word: make_giveaway(event, name_zh=word), Role.DESK, Role.PARTNER),
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


def test_releases_that_do_not_add_up_to_the_stock_are_marked(app: Flask) -> None:
    with app.app_context():
        gift = make_giveaway(make_event(slug="fair-a"))
        with atomic() as session:
            session.get_one(Giveaway, gift.id).stock_total = 700
    page = client_of(app, Role.ORGANIZER, "fair-a").page("/admin/e/fair-a/giveaways/?lang=en")
    assert "releases add up to 600" in page.text
