"""The team's lists of the help desk."""

from datetime import UTC, datetime, time

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from tests.support.factories import (
    make_announcement,
    make_event,
    make_faq,
    make_observation,
    make_post,
    make_ticket,
    make_zone,
)
from tests.support.factories_accounts import client_of
from tests.support.lists import ListPage

PAGES = [
    ListPage(
        "helpdesk/notices",
        lambda event, word: make_announcement(event, title_zh=word),
        Role.STAGE_MANAGER,
        Role.PARTNER,
    ),
    ListPage(
        "helpdesk/questions", lambda event, word: make_faq(event, question_zh=word), Role.DESK, Role.PARTNER
    ),
    ListPage(
        "helpdesk/tickets",
        lambda event, word: make_ticket(event, description_zh=word),
        Role.ZONE_LEAD,
        Role.STAGE_MANAGER,
    ),
    ListPage("helpdesk/posts", lambda event, word: make_post(event, name_zh=word), Role.DESK, Role.PARTNER),
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


def test_footfall_adds_up_the_zones_and_is_found_by_its_time(app: Flask) -> None:
    with app.app_context():
        event = make_event(slug="fair-a")
        for code, order in (("A", 1), ("B", 2)):
            make_zone(event, code=code, order=order, ref=f"zone-{code}")
        make_observation(event, by_zone={"zone-A": 306, "zone-B": 249})
        make_observation(event, time=time(11), by_zone={"zone-A": 1})
        make_observation(make_event(slug="fair-b"), by_zone={"zone-A": 777})
    client, path = client_of(app, Role.ORGANIZER, "fair-a"), "/admin/e/fair-a/helpdesk/footfall"
    text = client.page(path).text
    assert ("306" in text, "249" in text, "555" in text, "777" in text) == (True, True, True, False)
    assert "555" not in client.page(f"{path}?q=11:00").text


def test_notice_that_is_not_out_yet_is_marked(app: Flask) -> None:
    with app.app_context():
        make_announcement(make_event(slug="fair-a"), published_at=datetime(2199, 1, 1, tzinfo=UTC))
    page = client_of(app, Role.DESK, "fair-a").page("/admin/e/fair-a/helpdesk/notices?lang=en")
    assert "not published yet" in page.text
