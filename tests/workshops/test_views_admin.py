"""The team's list of workshops."""

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from tests.support.factories import make_workshop
from tests.support.lists import ListPage

PAGES = [
    ListPage("workshops/", lambda event, word: make_workshop(event, name_zh=word), Role.DESK, Role.PARTNER),
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
