"""The released programme as visitors meet it: from memory, with their favourites, never of another fair."""

import gzip
import json
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventsite.database import atomic, db
from eventsite.events.enums import EventStatus
from eventsite.events.queries import get_event
from eventsite.kernel import clock
from eventsite.programme.enums import ActKind
from eventsite.programme.models import ProgrammeItem
from eventsite.programme.operations import cancel_item
from eventsite.programme.operations.live import Seen, Wish, act
from eventsite.programme.queries import get_release
from eventsite.web.kept import shelf
from tests.support.clocks import running_clock
from tests.support.counting import count_queries
from tests.support.factories import make_delegation, make_event, make_item, make_stage, make_zone
from tests.support.factories_programme import ORGANIZER, at, make_acts, make_many_acts, make_release
from tests.support.isolation import PageClient

BASE = "http://127.0.0.1:8000"
PAGES = ("programme", "programme/v/1", "programme/changes", "now")


@pytest.fixture
def fair(app: Flask) -> list[str]:
    """Make a fair with a first version, and another beside it; return the marks of the first one's items."""
    with app.app_context():
        event = make_event(slug="fair-a")
        stage = make_stage(event, zone=make_zone(event, code="A"), code="S1", name_en="Lake stage")
        make_acts(event, 2, stage=stage)
        city = make_delegation(event, ref="dl-dalian", city_en="Dalian")
        other = make_stage(event, zone=make_zone(event, code="B"), code="S2")
        make_item(event, stage=other, title_zh="皮影", title_en="Shadows", delegation_id=city.id)
        make_release(event)
        foreign = make_event(slug="fair-b")
        make_item(foreign, title_zh="别处的节目", title_en="Elsewhere")
        make_release(foreign)
        return [item.mark for item in get_release(event, 1).programme.items]


def on_today(app: Flask) -> datetime:
    """Make a fair with an item that is on now and one that comes; return when the first ends."""
    now = clock.now()
    with app.app_context():
        event = make_event(slug="fair-now")
        stage = make_stage(event, code="S1")
        ends = now + timedelta(minutes=10)
        make_item(
            event,
            stage=stage,
            title_zh="正在演",
            title_en="On it",
            starts_at=now - timedelta(minutes=5),
            ends_at=ends,
        )
        make_item(event, stage=stage, title_en="Later", starts_at=ends, ends_at=ends + timedelta(minutes=5))
        make_release(event)
        return ends


def titles(client: PageClient, query: str = "") -> list[str]:
    page = client.page(f"/e/fair-a/programme{query}{'&' if query else '?'}lang=en")
    return ["".join(element.itertext()) for element in page.all("h3")]


def test_filters_choose_by_stage_city_and_day(fair, client: PageClient) -> None:
    everything = titles(client)
    assert len(everything) == 3
    assert titles(client, "?stage=S2") == ["Shadows"]
    assert titles(client, "?city=dl-dalian") == ["Shadows"]
    assert titles(client, "?stage=S1&city=dl-dalian") == []
    assert titles(client, "?day=2025-09-06") == everything
    assert titles(client, "?day=2025-09-07") == titles(client, "?stage=nowhere") == []


@pytest.mark.parametrize("page", PAGES)
def test_pages_show_nothing_of_another_fair(fair, client: PageClient, page) -> None:
    assert "别处的节目" not in client.get(f"/e/fair-a/{page}").text


def test_before_the_first_release_pages_say_so(app, client: PageClient) -> None:
    with app.app_context():
        make_acts(make_event(slug="fair-new"), 1)

    for page in ("programme", "now", "programme/changes"):
        assert "not out yet" in client.page(f"/e/fair-new/{page}?lang=en").text
    assert json.loads(client.get("/e/fair-new/now.json").data)["release"] is None
    assert client.get("/e/fair-new/programme/v/1").status_code == 404


def test_pages_of_a_draft_event_are_not_for_strangers(app, fair, client: PageClient) -> None:
    etag = client.get("/e/fair-a/programme").headers["ETag"]
    with app.app_context(), atomic():
        get_event("fair-a").status = EventStatus.DRAFT

    for page in (*PAGES, "now.json"):
        assert client.get(f"/e/fair-a/{page}").status_code == 404
    assert client.get("/e/fair-a/programme", headers={"If-None-Match": etag}).status_code == 404


def test_warm_page_is_sent_from_memory_without_a_session(app, fair, client: PageClient) -> None:
    first = client.get("/e/fair-a/programme")

    with count_queries(app) as asked:
        again = client.get("/e/fair-a/programme")
    with count_queries(app) as asked_less:
        unchanged = client.get("/e/fair-a/programme", headers={"If-None-Match": first.headers["ETag"]})

    assert again.data == first.data
    assert (asked, asked_less) == ([], [])
    assert (unchanged.status_code, unchanged.data) == (304, b"")


def test_a_new_version_is_shown_at_once(app, fair, client: PageClient) -> None:
    client.get("/e/fair-a/programme")
    with app.app_context():
        event = get_event("fair-a")
        item = db_item(event.id, "皮影")
        cancel_item(ORGANIZER, event, item.id, version=item.version, notice_en="Too windy")
        make_release(event, note="第二版")

    page = client.page("/e/fair-a/programme?lang=en").text

    assert "Too windy" in page
    assert "This version changed 1 item." in page


def db_item(event_id: int, title: str) -> ProgrammeItem:
    own = select(ProgrammeItem).where(ProgrammeItem.event_id == event_id)
    return db.session.scalars(own.where(ProgrammeItem.title_zh == title)).one()


def test_languages_sizes_and_filters_are_kept_apart(fair, client: PageClient) -> None:
    pages = {
        client.get(f"/e/fair-a/programme{query}").data
        for query in ("", "?lang=en", "?elder=1", "?stage=S1", "?stage=S1&lang=en")
    }

    assert len(pages) == 5


def test_what_nobody_will_ask_for_again_is_not_kept(app, fair, client: PageClient) -> None:
    app.extensions.pop("shelf", None)
    for query in ("?x=1", "?stage=nowhere", "?stage=S1&stage=S2", "?fav=1", "?day=tomorrow"):
        client.get(f"/e/fair-a/programme{query}")

    with app.app_context():
        assert shelf().size == 0


def test_favourite_is_marked_and_found_again(fair, client: PageClient) -> None:
    mark = fair[2]
    form = client.page("/e/fair-a/programme").form("favourites")

    answer = client.post(form.action, data={**form.fields, "item": mark}, headers={"Origin": BASE})

    assert (answer.status_code, answer.location) == (303, f"/e/fair-a/programme#i-{mark}")
    assert titles(client, "?fav=1") == ["Shadows"]
    page = client.get("/e/fair-a/programme")
    assert page.headers["Cache-Control"] == "no-store"
    assert page.text.count('aria-pressed="true"') == 1


def test_favourite_tapped_again_is_taken_out(fair, client: PageClient) -> None:
    for _ in range(2):
        client.post("/e/fair-a/programme/favourites", data={"item": fair[0]}, headers={"Origin": BASE})

    page = client.get("/e/fair-a/programme")
    assert 'aria-pressed="true"' not in page.text
    assert client.get_cookie("fav-fair-a", path="/e/fair-a/") is None


def test_favourites_do_not_leak_into_the_shared_page(app, fair, client: PageClient) -> None:
    client.post("/e/fair-a/programme/favourites", data={"item": fair[0]}, headers={"Origin": BASE})
    client.get("/e/fair-a/programme")

    assert 'aria-pressed="true"' not in app.test_client().get("/e/fair-a/programme").text


@pytest.mark.parametrize(
    "origin", [None, "https://evil.example", "null", "http://127.0.0.1:8000.evil.example"]
)
def test_favourite_from_elsewhere_is_refused(fair, client: PageClient, origin) -> None:
    headers = {"Origin": origin} if origin else {}

    answer = client.post("/e/fair-a/programme/favourites", data={"item": fair[0]}, headers=headers)

    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("mark", ["", "zzzzzzzz", "../../x", "a" * 5000])
def test_favourite_that_is_none_changes_nothing(fair, client: PageClient, mark) -> None:
    answer = client.post("/e/fair-a/programme/favourites", data={"item": mark}, headers={"Origin": BASE})

    assert answer.status_code == 303
    assert client.get("/e/fair-a/programme?fav=1").text.count('class="item') == 0


def test_what_is_on_is_marked_until_it_ends(app, client: PageClient) -> None:
    on_today(app)

    page = client.page("/e/fair-now/programme?lang=en")
    (row,) = page.all("li", class_="is-now")

    assert "On it" in "".join(row.itertext())
    assert "On now" in client.page("/e/fair-now/now?lang=en").text


def test_now_json_says_what_is_on_next_and_how_long_that_holds(app, client: PageClient) -> None:
    ends = on_today(app)

    found = client.get("/e/fair-now/now.json")
    told = json.loads(found.data)

    (stage,) = told["stages"]
    assert ([item["title_en"] for item in stage["now"]], stage["next"]["title_en"]) == (["On it"], "Later")
    assert (told["release"], told["live_revision"]) == (1, 0)
    assert datetime.fromisoformat(told["until"]) == ends
    assert found.headers["Cache-Control"] == "public, max-age=5"
    again = client.get("/e/fair-now/now.json", headers={"If-None-Match": found.headers["ETag"]})
    assert again.status_code == 304


def test_old_version_says_that_it_is_old(app, fair, client: PageClient) -> None:
    with app.app_context():
        event = get_event("fair-a")
        make_acts(event, 1, stage=None)
        make_release(event, note="第二版", now=at("8:00"))

    old, new = (client.page(f"/e/fair-a/programme/v/{n}?lang=en").text for n in (1, 2))

    assert "This is an old version." in old
    assert "This version is in force." in new
    assert client.get("/e/fair-a/programme/v/3").status_code == 404


def test_changes_tell_old_and_new(app, fair, client: PageClient) -> None:
    with app.app_context():
        event = get_event("fair-a")
        item = db_item(event.id, "皮影")
        with atomic():
            item.starts_at, item.ends_at = at("15:10"), at("15:40")
        make_release(event, note="第二版", now=at("8:00"))

    page = client.page("/e/fair-a/programme/changes?lang=en").text

    assert "Moved" in page
    assert "10:00–10:30" in page
    assert "15:10–15:40" in page
    assert "The first programme, with 3 items." in page


def test_a_page_of_300_items_is_light(app, client: PageClient) -> None:
    with app.app_context():
        event = make_event(slug="fair-300")
        make_many_acts(event, 300)
        make_release(event)

    page = client.get("/e/fair-300/programme")

    assert page.data.count(b'<li class="item') == 300
    assert len(gzip.compress(page.data, 6)) <= 25_000  # half of what a first load may weigh


def test_what_waits_behind_an_item_that_runs_over_is_neither_on_nor_over(
    app: Flask, client: PageClient
) -> None:
    with running_clock("2025-09-06T09:25+08:00"), app.app_context():
        event = make_event(slug="fair-late")
        stage = make_stage(event, code="S1")
        first, _second = make_acts(event, 2, stage=stage)
        make_release(event)
        wish = Wish(stage="S1", kind=ActKind.START, items=(first.ref,))
        act(ORGANIZER, event, wish, seen=Seen(release=1, revision=0), now=at("9:00"))

        page = client.page("/e/fair-late/programme?lang=en").text
        assert "Running over" in page
        assert "After what is on" in page
        assert "is over" not in page
        told = client.get("/e/fair-late/now.json").json["stages"][0]  # type: ignore[index]
        assert [item["overrun"] for item in told["now"]] == [True]
        assert told["next"]["late_minutes"] == 0
        assert "Right after" in client.page("/e/fair-late/now?lang=en").text


def test_the_mark_of_a_page_is_the_one_that_machines_are_told(app: Flask, client: PageClient) -> None:
    with running_clock("2025-09-06T09:05+08:00"), app.app_context():
        event = make_event(slug="fair-mark")
        (item,) = make_acts(event, 1, stage=make_stage(event, code="S1"))
        make_release(event)
        before = client.get("/e/fair-mark/now.json").json["mark"]  # type: ignore[index]
        pages = ("programme", "now", "")
        assert all(f'data-mark="{before}"' in client.get(f"/e/fair-mark/{page}").text for page in pages)
        wish = Wish(stage="S1", kind=ActKind.DELAY, items=(item.ref,), minutes=10)
        act(ORGANIZER, event, wish, seen=Seen(release=1, revision=0), now=at("9:05"))
        after = client.get("/e/fair-mark/now.json").json["mark"]  # type: ignore[index]

        assert after != before
        assert all(f'data-mark="{after}"' in client.get(f"/e/fair-mark/{page}").text for page in pages)


def test_embedded_programme_may_be_framed_and_runs_no_script(fair, client: PageClient) -> None:
    answer = client.get("/e/fair-a/embed/programme?stage=S2&lang=en")

    policy = answer.headers["Content-Security-Policy"]
    assert (answer.status_code, "Shadows" in answer.text, "Lake stage" in answer.text) == (200, True, False)
    assert "frame-ancestors *" in policy
    assert "script-src" not in policy
    assert "<script" not in answer.text
    assert "X-Frame-Options" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    usual = client.get("/e/fair-a/programme").headers
    assert usual["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in usual["Content-Security-Policy"]


def test_a_framed_page_that_is_unchanged_keeps_the_policy_it_came_with(fair, client: PageClient) -> None:
    first = client.get("/e/fair-a/embed/programme")
    again = client.get("/e/fair-a/embed/programme", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    told = {"Content-Security-Policy", "X-Frame-Options", "Cross-Origin-Resource-Policy"}
    assert not told & set(again.headers.keys())


def test_embedded_programme_before_the_first_version_and_where_nothing_fits(app: Flask, fair, client) -> None:
    with app.app_context():
        make_event(slug="fair-new")
        make_event(slug="fair-hidden", status=EventStatus.DRAFT)

    assert "not been released" in client.get("/e/fair-new/embed/programme?lang=en").text
    assert "Nothing found" in client.get("/e/fair-a/embed/programme?stage=nowhere&lang=en").text
    assert client.get("/e/fair-hidden/embed/programme").status_code == 404


def test_embedded_programme_of_300_items_is_light(app: Flask, client: PageClient) -> None:
    with app.app_context():
        event = make_event(slug="fair-long")
        make_many_acts(event, 300)
        make_release(event)

    page = client.get("/e/fair-long/embed/programme")

    assert page.text.count("</li>") == 300
    assert len(gzip.compress(page.data, 6)) < 20_000


def test_partners_get_the_frame_to_copy(fair, client: PageClient) -> None:
    page = client.page("/e/fair-a/embed?stage=S2&lang=en")

    (frame,) = page.all("textarea")
    assert f'src="{BASE}/e/fair-a/embed/programme?stage=S2&lang=en"' in (frame.text or "")
