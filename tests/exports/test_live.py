"""An act of the live clock in the files: calendars, schedules and addresses tell it alike."""

import json
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar

from eventsite.events.queries import get_event
from eventsite.programme.enums import ActKind
from eventsite.programme.operations.live import Seen, Wish, act
from eventsite.programme.queries import get_release
from tests.support.factories import make_event
from tests.support.factories_programme import ORGANIZER, at, make_acts, make_release
from tests.support.isolation import PageClient

PAGES = "/e/fair-a/programme"
NOW = at("8:50")


@pytest.fixture
def fair(app: Flask) -> None:
    """Make a fair of three items in a row, 9:00 to 9:30."""
    with app.app_context():
        event = make_event(slug="fair-a")
        make_acts(event, 3)
        make_release(event)


def run(app: Flask, kind: ActKind, number: int, **given: Any) -> None:
    """Do an act on an item, by its place in the programme."""
    with app.app_context():
        event = get_event("fair-a")
        view = get_release(event)
        item = view.programme.items[number]
        wish = Wish(stage=item.stage, kind=kind, items=(item.ref,), **given)
        act(ORGANIZER, event, wish, seen=Seen(release=view.number, revision=view.live_revision), now=NOW)


def events(client: PageClient, query: str = "") -> list[Any]:
    calendar: Any = Calendar.from_ical(client.get(f"{PAGES}.ics{query}").data)
    return list(calendar.events)


def test_a_delay_moves_the_calendar_and_raises_its_sequences(app, fair, client) -> None:
    before = [event["LAST-MODIFIED"].dt for event in events(client)]

    run(app, ActKind.DELAY, 1, minutes=10)

    first, second, third = events(client)
    assert [event["SEQUENCE"] for event in (first, second, third)] == [0, 1, 1]
    assert [event["DTSTART"].dt for event in (first, second, third)] == [at("9:00"), at("9:20"), at("9:30")]
    assert [event["LAST-MODIFIED"].dt for event in (first, second, third)] == [before[0], NOW, NOW]
    assert "原定开始：09:10" in str(second["DESCRIPTION"])


def test_schedules_tell_state_and_version(app, fair, client) -> None:
    run(app, ActKind.DELAY, 1, minutes=10)
    run(app, ActKind.SKIP, 0)

    v2 = json.loads(client.get(f"{PAGES}.v2.json").data)["schedule"]
    v1 = json.loads(client.get(f"{PAGES}.json").data)["schedule"]
    festival = json.loads(client.get(f"{PAGES}.jsonld").data)["subEvent"]

    assert (v1["version"], v2["version"]) == ("1.2", "1.2")
    assert [event["state"] for event in v2["events"]] == ["CANCELED", "DELAYED", "DELAYED"]
    assert len(v1["conference"]["days"][0]["rooms"].popitem()[1]) == 2
    assert [event.get("previousStartDate", "")[11:16] for event in festival] == ["", "09:10", "09:20"]


def test_a_version_alone_knows_no_live_clock(app, fair, client) -> None:
    alone = client.get(f"{PAGES}.ics?v=1")
    shown = client.get(f"{PAGES}.ics")

    run(app, ActKind.DELAY, 0, minutes=5)

    again, now = client.get(f"{PAGES}.ics?v=1"), client.get(f"{PAGES}.ics")
    assert (again.data, again.headers["ETag"]) == (alone.data, alone.headers["ETag"])
    assert now.headers["ETag"] != shown.headers["ETag"]
    assert client.get(f"{PAGES}.ics", headers={"If-None-Match": shown.headers["ETag"]}).status_code == 200


def test_taking_it_back_never_lowers_a_sequence(app, fair, client) -> None:
    run(app, ActKind.DELAY, 2, minutes=5)
    delayed = events(client)[2]["SEQUENCE"]

    run(app, ActKind.UNDO, 2)

    last = events(client)[2]
    assert last["SEQUENCE"] > delayed
    assert last["DTSTART"].dt == at("9:20")
