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

FORMATS = ("ics", "xml", "json", "v2.json", "jsonld", "xlsx", "csv")
ALL = (*FORMATS, "pdf")


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


def test_file_has_a_name_that_chinese_and_old_readers_understand(fair, client: PageClient) -> None:
    for extension in FORMATS:
        named = client.get(f"/e/fair-a/programme.{extension}").headers["Content-Disposition"]

        assert f'filename="fair-a--v2.{extension}"' in named
        assert "filename*=UTF-8''fair-a-%E8%8A%82%E7%9B%AE%E5%8D%95-v2" in named


def test_unchanged_file_is_answered_304_without_a_session(app, fair, client) -> None:
    for extension in FORMATS:
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
    addresses += [
        f"programme.ics?{part}" for part in ("stage=M", "city=dl", "day=2025-09-06", "fav=aabbccdd")
    ]
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


def test_a_version_keeps_its_bytes_for_ever(app, fair, client) -> None:
    before = {form: client.get(f"/e/fair-a/programme.{form}?v=2") for form in FORMATS}
    with app.app_context():
        event = get_event("fair-a")
        item = get_item(event, read_draft(event).items[1].number)
        cancel_item(ORGANIZER, event, item.id, version=item.version)
        make_release(event, note="第三版", now=at("9:00"))

    for form, old in before.items():
        after = client.get(f"/e/fair-a/programme.{form}?v=2")

        assert (after.data, after.headers["ETag"]) == (old.data, old.headers["ETag"])
        assert "immutable" in after.headers["Cache-Control"]
        assert client.get(f"/e/fair-a/programme.{form}").data != old.data


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


def test_a_version_that_is_not_is_not_found(fair, client) -> None:
    for query in ("?v=3", "?v=0", "?v=x", "?v=-1", "?v=99999999999"):
        assert client.get(f"/e/fair-a/programme.ics{query}").status_code == 404, query


def test_a_version_that_is_not_is_told_from_no_version_at_all(fair, client) -> None:
    client.set_cookie("lang", "en")

    assert "no version 3 of this programme" in client.get("/e/fair-a/programme.ics?v=3").text
    assert "has not been released yet" in client.get("/e/fair-b/programme.ics").text


def test_a_part_of_the_programme_has_an_address_of_its_own(app, fair, client) -> None:
    def told(query: str) -> tuple[int, str]:
        calendar: Any = Calendar.from_ical(client.get(f"/e/fair-a/programme.ics?{query}").data)
        return len(calendar.events), str(calendar["SOURCE"])

    with app.app_context():
        stage = read_draft(get_event("fair-a")).stages[0].code

    number, source = told(f"stage={stage}")
    assert (number, source.endswith(f"/e/fair-a/programme.ics?stage={stage}")) == (3, True)
    assert told("day=2025-09-06")[0] == 3
    assert [told(query)[0] for query in ("stage=X9", "day=2025-09-07", "day=x", "city=dl-none")] == [
        0,
        0,
        0,
        0,
    ]


def test_favourites_are_a_calendar_of_their_own_by_cookie_and_by_address(app, fair, client) -> None:
    with app.app_context():
        items = read_draft(get_event("fair-a")).items
    link = f"/e/fair-a/programme.ics?fav={items[1].mark}.{items[0].mark}.nonsense"
    client.set_cookie("fav-fair-a", items[2].mark, path="/e/fair-a/")

    by_address = client.get(link)
    by_cookie = client.get("/e/fair-a/programme.ics?fav=1")

    assert uids(by_address.data) == {str(item.uuid) for item in items[:2]}
    assert uids(by_cookie.data) == {str(items[2].uuid)}
    assert by_cookie.headers["Cache-Control"] == "no-store"
    assert client.get(link, headers={"If-None-Match": by_address.headers["ETag"]}).status_code == 304
    assert "我的收藏".encode() in by_address.data


def uids(data: bytes) -> set[str]:
    calendar: Any = Calendar.from_ical(data)
    return {str(event["UID"]) for event in calendar.events}


def test_files_that_are_costly_are_made_of_known_parts_only(fair, client) -> None:
    for query in ("fav=1", "fav=aabbccdd", "stage=X9", "by=moon"):
        assert client.get(f"/e/fair-a/programme.pdf?{query}").status_code == 404


def test_parts_that_are_not_do_not_fill_the_shelf(app, fair, client) -> None:
    client.get("/e/fair-a/programme.ics")
    before = app.extensions["shelf"].size

    client.get("/e/fair-a/programme.ics?stage=X9")
    client.get("/e/fair-a/programme.ics?fav=aabbccdd")

    assert app.extensions["shelf"].size == before


def test_the_paper_is_named_dated_and_answered_304(app, fair, client) -> None:
    got = client.get("/e/fair-a/programme.pdf?v=2&by=stage")
    again = client.get("/e/fair-a/programme.pdf?v=2&by=stage", headers={"If-None-Match": got.headers["ETag"]})

    assert (got.data[:5], got.mimetype, again.status_code) == (b"%PDF-", "application/pdf", 304)
    assert got.headers["Content-Disposition"].startswith('inline; filename="fair-a--v2.pdf"')


def test_changes_are_told_to_machines_with_old_and_new_place(app, fair, client) -> None:
    with app.app_context():
        first = read_draft(get_event("fair-a")).items[0]
    found = json.loads(client.get("/e/fair-a/programme/changes.json").data)

    assert (found["event"], [release["number"] for release in found["releases"]]) == ("fair-a", [2, 1])
    (change,) = found["releases"][0]["changes"]
    assert (change["kind"], change["id"], change["guid"]) == ("cancelled", first.ref, str(first.uuid))
    assert change["old"]["start"] == "2025-09-06T01:00:00Z"
    assert len(found["releases"][1]["changes"]) == 3


def test_scripts_of_partners_pages_may_read_the_public_files(fair, client) -> None:
    addresses = ("programme.json", "programme.v2.json", "programme.ics", "programme/changes.json")

    assert {
        client.get(f"/e/fair-a/{address}").headers["Access-Control-Allow-Origin"] for address in addresses
    } == {"*"}


def test_changes_before_the_first_release_are_none(fair, client) -> None:
    assert json.loads(client.get("/e/fair-b/programme/changes.json").data)["releases"] == []


def test_formats_that_are_not_built_do_not_exist(fair, client) -> None:
    for extension in ("exe", "ICS", "json2", "v2.xml"):
        assert client.get(f"/e/fair-a/programme.{extension}").status_code == 404, extension


def test_before_the_first_release_there_is_no_file(fair, client) -> None:
    for extension in ALL:
        assert client.get(f"/e/fair-b/programme.{extension}").status_code == 404, extension


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
