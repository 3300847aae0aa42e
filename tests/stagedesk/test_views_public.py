"""The boards: what hangs on the fair's walls."""

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
from flask import Flask

from eventsite.events.queries import get_event, list_zones
from eventsite.programme.enums import ActKind
from eventsite.programme.operations.live import Seen, Wish, act
from tests.support.clocks import running_clock, set_clock
from tests.support.factories import make_event, make_item, make_observation, make_stage, make_zone
from tests.support.factories_programme import ORGANIZER, at, make_release
from tests.support.isolation import PageClient

LOBBY, SCREEN = "/e/board-fair/screen", "/e/board-fair/screen/S1"


@pytest.fixture(autouse=True)
def _quarter_past_nine() -> Iterator[None]:
    with running_clock("2025-09-06T09:10+08:00"):
        yield


@pytest.fixture
def fair(app: Flask) -> list[str]:
    """Make a fair with three items on a stage from 9:00 on; return their ids."""
    with app.app_context():
        event = make_event(slug="board-fair")
        stage = make_stage(event, zone=make_zone(event, code="A"), code="S1", name_en="Lake stage")
        make_stage(event, zone=make_zone(event, code="B"), code="S2", name_en="Hall")
        made = [
            make_item(
                event,
                stage=stage,
                title_en=f"Item {n}",
                starts_at=at("9:00") + timedelta(minutes=20 * n),
                ends_at=at("9:20") + timedelta(minutes=20 * n),
            ).ref
            for n in range(3)
        ]
        make_release(event)
        return made


def do(
    app: Flask, kind: ActKind, *items: str, revision: int = 0, clock: str = "9:10", **given: object
) -> None:
    with app.app_context():
        wish = Wish(stage="S1", kind=kind, items=items, **given)  # type: ignore[arg-type]
        act(ORGANIZER, get_event("board-fair"), wish, seen=Seen(release=1, revision=0), now=at("9:10"))


@pytest.mark.parametrize("address", [LOBBY, SCREEN])
def test_a_board_shows_now_and_next_and_follows_the_live_clock(app, fair, client: PageClient, address):
    assert "Item 0" in client.page(f"{address}?lang=en").text
    do(app, ActKind.DELAY, fair[0], minutes=10)
    page = client.page(f"{address}?lang=en").text

    assert "10 min late" in page
    assert "09:30" in page


@pytest.mark.parametrize("address", [LOBBY, SCREEN])
def test_a_board_that_asks_again_is_told_when_nothing_has_changed(fair, client, address):
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")


def test_an_item_that_runs_over_stays_on_and_is_marked(app, fair, client):
    do(app, ActKind.START, fair[0])
    set_clock("2025-09-06T09:35+08:00")

    page = client.page(f"{SCREEN}?lang=en").text
    assert "running over" in page
    assert page.index("Item 0") < page.index("Item 1")


def test_a_skipped_item_is_named_in_its_time(app, fair, client):
    do(app, ActKind.SKIP, fair[1])
    set_clock("2025-09-06T09:25+08:00")

    page = client.page(f"{SCREEN}?lang=en").text
    assert "Skipped" in page
    assert "A pause, it goes on in 15 min" in page


def test_boards_say_what_to_expect_before_after_and_where_nothing_is(fair, client):
    assert "Nothing is planned here" in client.page("/e/board-fair/screen/S2?lang=en").text
    set_clock("2025-09-05T12:00+08:00")
    assert "It goes on on" in client.page(f"{SCREEN}?lang=en").text
    set_clock("2025-09-06T12:00+08:00")
    assert "This stage has finished" in client.page(f"{SCREEN}?lang=en").text


def test_what_comes_past_midnight_is_next(app, client):
    with app.app_context():
        event = make_event(slug="night-fair")
        stage = make_stage(event, zone=make_zone(event, code="A"), code="S1")
        make_item(event, stage=stage, title_en="Late act", starts_at=at("23:00"), ends_at=at("23:50"))
        make_item(event, stage=stage, title_en="Night act", starts_at=at("24:20"), ends_at=at("24:50"))
        make_release(event)
    set_clock("2025-09-06T23:40+08:00")
    assert "Night act" in client.page("/e/night-fair/screen?lang=en").text
    set_clock("2025-09-06T23:55+08:00")
    assert "A pause, it goes on in 25 min" in client.page("/e/night-fair/screen?lang=en").text


def test_the_lobby_shows_how_full_the_zones_are_while_the_count_is_fresh(app, fair, client):
    with app.app_context():
        event = get_event("board-fair")
        full, calm = list_zones(event)
        counts = {full.ref: full.capacity, calm.ref: 0}
        make_observation(event, date=date(2025, 9, 6), time=time(8), by_zone=counts)

    text = client.page(f"{LOBBY}?lang=en").text
    assert "counted at 08:00" in text
    assert ("full" in text, "calm" in text, "crowded" in text) == (True, True, False)
    set_clock("2025-09-06T10:01+08:00")
    assert "counted at" not in client.page(f"{LOBBY}?lang=en").text


def test_a_board_needs_no_script(fair, client):
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in client.get(LOBBY).text


def test_before_a_release_the_lobby_says_so_and_a_stage_is_not_there(app, client):
    with app.app_context():
        make_event(slug="new-fair")

    assert "The programme is not out yet" in client.page("/e/new-fair/screen?lang=en").text
    assert client.get("/e/new-fair/screen/S1").status_code == 404


def test_the_code_leads_to_the_fair(fair, client):
    assert client.get("/e/board-fair/screen-code.svg").mimetype == "image/svg+xml"


def test_many_stages_fit_by_showing_those_where_something_is(app, client):
    with app.app_context():
        event = make_event(slug="wide-fair")
        zone = make_zone(event, code="A")
        for n in range(10):
            stage = make_stage(event, zone=zone, code=f"S{n}", name_en=f"Stage {n}")
            make_item(event, stage=stage, title_en=f"Act {n}", starts_at=at("9:00"), ends_at=at("9:30"))
        make_release(event)
    page = client.page("/e/wide-fair/screen?lang=en").text

    assert "2 more stages in the programme on your phone" in page
