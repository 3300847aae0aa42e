"""Files over HTTP: names, ETags, languages, versions, and nothing of another event."""

import gzip
import json
from typing import Any

import feedparser
import pytest
from flask import Flask
from icalendar import Calendar

from eventsite.database import atomic
from eventsite.events.enums import EventStatus
from eventsite.events.queries import get_event
from eventsite.programme.operations import cancel_item
from eventsite.programme.queries import get_item, read_draft
from tests.support.counting import count_queries
from tests.support.factories import make_event
from tests.support.factories_programme import ORGANIZER, at, make_acts, make_release
from tests.support.isolation import PageClient

FORMATS = ("ics", "json", "csv")


@pytest.fixture
def fair(app: Flask) -> None:
    """Make a fair whose first item was cancelled by its second version, and one beside it without any."""
    with app.app_context():
        event = make_event(slug="fair-a")
        item = make_acts(event, 3)[0]
        make_release(event)
        cancel_item(ORGANIZER, event, item.id, version=item.version)
        make_release(event, note="第二版", now=at("8:00"))
        make_acts(make_event(slug="fair-b"), 2)


@pytest.mark.parametrize("extension", FORMATS)
def test_file_has_a_name_that_chinese_and_old_readers_understand(fair, client: PageClient, extension) -> None:
    named = client.get(f"/e/fair-a/programme.{extension}").headers["Content-Disposition"]

    assert f'filename="fair-a--v2.{extension}"' in named
    assert "filename*=UTF-8''fair-a-%E8%8A%82%E7%9B%AE%E5%8D%95-v2" in named


@pytest.mark.parametrize("extension", FORMATS)
def test_unchanged_file_is_answered_304_without_a_session(app, fair, client, extension) -> None:
    address = f"/e/fair-a/programme.{extension}"
    etag = client.get(address).headers["ETag"]

    with count_queries(app) as asked:
        again = client.get(address, headers={"If-None-Match": etag})

    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
    assert asked == []  # nothing through the session; the one small row is read at a glance


def test_a_process_that_never_built_the_file_answers_304_too(app, fair, client) -> None:
    etag = client.get("/e/fair-a/programme.ics").headers["ETag"]
    app.extensions.pop("shelf")

    assert client.get("/e/fair-a/programme.ics", headers={"If-None-Match": etag}).status_code == 304
    assert "shelf" not in app.extensions


def test_etags_differ_by_format_language_and_version(fair, client) -> None:
    addresses = [f"programme.{form}{query}" for form in FORMATS for query in ("", "?lang=en", "?v=1", "?v=2")]
    etags = [client.get(f"/e/fair-a/{address}").headers["ETag"] for address in addresses]

    assert len(set(etags)) == len(etags)


def test_warm_file_is_sent_from_memory_plain_and_packed(app, fair, client) -> None:
    plain = client.get("/e/fair-a/programme.json")
    with count_queries(app) as asked:
        packed = client.get("/e/fair-a/programme.json", headers={"Accept-Encoding": "gzip"})

    assert asked == []
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    again = {"If-None-Match": packed.headers["ETag"], "Accept-Encoding": "gzip"}
    assert client.get("/e/fair-a/programme.json", headers=again).status_code == 304


def test_head_says_what_get_would(fair, client) -> None:
    head, got = client.head("/e/fair-a/programme.ics"), client.get("/e/fair-a/programme.ics")

    assert head.data == b""
    assert (head.status_code, head.headers["ETag"], head.content_length) == (
        200,
        got.headers["ETag"],
        got.content_length,
    )


@pytest.mark.parametrize("extension", FORMATS)
def test_a_version_keeps_its_bytes_for_ever(app, fair, client, extension) -> None:
    address = f"/e/fair-a/programme.{extension}?v=2"
    before = client.get(address)
    with app.app_context():
        event = get_event("fair-a")
        item = get_item(event, read_draft(event).items[1].number)
        cancel_item(ORGANIZER, event, item.id, version=item.version)
        make_release(event, note="第三版", now=at("9:00"))

    after = client.get(address)

    assert (after.data, after.headers["ETag"]) == (before.data, before.headers["ETag"])
    assert "immutable" in after.headers["Cache-Control"]
    assert client.get(f"/e/fair-a/programme.{extension}").data != before.data


def test_calendar_tells_subscribers_of_the_cancellation(fair, client) -> None:
    def first(query: str) -> tuple[Any, str]:
        calendar: Any = Calendar.from_ical(client.get(f"/e/fair-a/programme.ics{query}").data)
        return calendar.events[0]["SEQUENCE"], str(calendar.events[0]["STATUS"])

    assert (first("?v=1"), first("")) == ((0, "CONFIRMED"), (1, "CANCELLED"))


def test_language_is_the_addresss_never_the_cookies(fair, client) -> None:
    def track(query: str) -> str:
        found = json.loads(client.get(f"/e/fair-a/programme.json{query}").data)
        return str(found["schedule"]["conference"]["tracks"][0]["name"])

    client.set_cookie("lang", "en")

    assert (track(""), track("?lang=en")) == ("演出", "Performance")


@pytest.mark.parametrize("query", ["?v=3", "?v=0", "?v=x", "?v=-1", "?v=99999999999"])
def test_a_version_that_is_not_is_not_found(fair, client, query) -> None:
    assert client.get(f"/e/fair-a/programme.ics{query}").status_code == 404


def test_a_version_that_is_not_is_told_from_no_version_at_all(fair, client) -> None:
    client.set_cookie("lang", "en")

    assert "no version 3 of this programme" in client.get("/e/fair-a/programme.ics?v=3").text
    assert "has not been released yet" in client.get("/e/fair-b/programme.ics").text


@pytest.mark.parametrize("extension", ["exe", "ICS", "json2", "v2.xml"])
def test_formats_that_are_not_built_do_not_exist(fair, client, extension) -> None:
    assert client.get(f"/e/fair-a/programme.{extension}").status_code == 404


@pytest.mark.parametrize("extension", FORMATS)
def test_before_the_first_release_there_is_no_file(fair, client, extension) -> None:
    assert client.get(f"/e/fair-b/programme.{extension}").status_code == 404


def test_files_of_a_draft_event_are_not_for_strangers(app, fair, client) -> None:
    warm = client.get("/e/fair-a/programme.ics")
    with app.app_context(), atomic():
        get_event("fair-a").status = EventStatus.DRAFT

    again = client.get("/e/fair-a/programme.ics", headers={"If-None-Match": warm.headers["ETag"]})

    assert (warm.status_code, again.status_code) == (200, 404)


def test_feed_tells_each_release_in_both_languages(fair, client) -> None:
    zh = feedparser.parse(client.get("/e/fair-a/programme/changes.atom").data)
    en = feedparser.parse(client.get("/e/fair-a/programme/changes.atom?lang=en").data)

    assert not zh.bozo
    assert [entry.link.rsplit("?")[0].rsplit("/", 1)[1] for entry in zh.entries] == ["2", "1"]
    assert (zh.feed.language, en.feed.language) == ("zh-CN", "en")
    assert "6 Sep 09:00 Main stage" in en.entries[0].content[0].value
    assert "第二版" in zh.entries[0].content[0].value


def test_feed_before_the_first_release_is_empty(fair, client) -> None:
    found = feedparser.parse(client.get("/e/fair-b/programme/changes.atom").data)

    assert (found.bozo, found.entries) == (False, [])
