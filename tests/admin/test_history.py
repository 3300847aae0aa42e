"""The history of an event: the team's acts at once, those of visitors on request."""

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from eventsite.audit.operations import record
from eventsite.audit.queries import NEWEST
from eventsite.database import atomic
from eventsite.events.queries import get_event
from tests.support.factories import make_event, make_zone
from tests.support.factories_accounts import make_member, sign_in
from tests.support.isolation import PageClient


@pytest.fixture
def organizer(app: Flask, client: PageClient) -> PageClient:
    with app.app_context():
        event = make_event(slug="here")
        make_member(Role.ORGANIZER, event, email="here@fair.example")
        with atomic():
            record(
                "system:cli",
                "edit",
                "booth:12",
                event_id=event.id,
                before={"status": "planned", "appliances_zh": []},
                after={"status": "confirmed", "appliances_zh": ["冰柜"]},
            )
            record("pass:7", "stamp", "checkpoint:3", event_id=event.id)
    sign_in(client, "here@fair.example")
    return client


def things(client: PageClient, query: str) -> list[str]:
    """Return what the rows of the history were done with, the newest first."""
    page = client.page(f"/admin/e/here/history{query}")
    return [code.text or "" for code in page.all("code")]


def test_history_shows_the_team_first_and_visitors_on_request(organizer: PageClient) -> None:
    assert "checkpoint:3" not in things(organizer, "")
    assert "booth:12" in things(organizer, "")
    assert things(organizer, "?visitors=1")[0] == "checkpoint:3"


def test_history_of_one_thing(organizer: PageClient) -> None:
    assert things(organizer, "?thing=booth:12&visitors=1") == ["booth:12"]


def test_history_names_fields_and_values_in_words(organizer: PageClient) -> None:
    shown = organizer.page("/admin/e/here/history").all("div", class_="h-diff")
    said = [part for row in shown for part in "".join(row.itertext()).split()]
    assert {"状态", "已确认", "电器", "冰柜"} <= set(said)


def test_page_of_a_thing_says_where_its_older_acts_are(app: Flask, organizer: PageClient) -> None:
    with app.app_context():
        event = get_event("here")
        zone = make_zone(event, code="A")
        page = "/admin/e/here/events/zones/A"
        assert "最近" not in organizer.page(page).text
        with atomic():
            for _ in range(NEWEST):
                record("system:cli", "edit", f"zone:{zone.id}", event_id=event.id)
    assert f"最近 {NEWEST} 次" in organizer.page(page).text
