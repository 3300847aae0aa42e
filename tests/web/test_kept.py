"""The shelf: what holds, what goes first, what is sent."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, Response

from eventsite.web.access import public
from eventsite.web.kept import Body, Kept, Place, Shelf, keep, pack
from tests.support.factories import NOW


def kept(data: bytes, **more: Any) -> Kept:
    return pack(Body(data=data, mimetype="text/plain", **more), "public")


def test_shelf_gives_back_what_it_holds():
    shelf = Shelf()
    shelf.put("a", kept(b"12345"))

    found = shelf.get("a", NOW)

    assert found is not None
    assert (found.plain.data, shelf.size) == (b"12345", 5)
    assert shelf.get("b", NOW) is None


def test_shelf_forgets_what_no_longer_holds():
    shelf = Shelf()
    shelf.put("a", kept(b"12345", until=NOW))

    assert shelf.get("a", NOW - timedelta(seconds=1)) is not None
    assert shelf.get("a", NOW) is None
    assert shelf.size == 0


def test_shelf_gives_up_what_was_wanted_least_lately():
    shelf = Shelf(limit=10)
    shelf.put("a", kept(b"12345"))
    shelf.put("b", kept(b"12345"))
    shelf.get("a", NOW)
    shelf.put("c", kept(b"1"))

    assert [shelf.get(key, NOW) is not None for key in "abc"] == [True, False, True]


def test_shelf_replaces_in_place():
    shelf = Shelf()
    shelf.put("a", kept(b"12345"))
    shelf.put("a", kept(b"1"))

    assert shelf.size == 1


def test_shelf_never_grows_past_its_limit():
    shelf = Shelf(limit=10)
    shelf.put("a", kept(b"x" * 5000))

    assert shelf.size == 0


@pytest.fixture
def built() -> list[str]:
    return []


@pytest.fixture
def site(built: list[str]) -> Flask:
    """Make a bare application: pages are kept, `/long` has an ETag of its own, `/own` is not kept."""
    app = Flask(__name__)

    def page(name: str) -> Body | Response:
        built.append(name)
        if name == "gone":
            return Response(status=410)
        return Body(data=name.encode() * 400, mimetype="text/plain", headers={"X-Of": name})

    def place(name: str) -> Place | None:
        if name == "own":
            return None
        return Place(key=name, cache_control="public", etag="fixed" if name == "long" else None)

    app.add_url_rule("/<name>", view_func=keep(place)(public(page)))
    return app


def test_page_is_built_once(site: Flask, built: list[str]) -> None:
    answers = [site.test_client().get("/short") for _ in range(3)]

    assert built == ["short"]
    assert {answer.data for answer in answers} == {b"short" * 400}
    assert {answer.headers["X-Of"] for answer in answers} == {"short"}


def test_place_with_an_etag_needs_no_page_to_answer_304(site: Flask, built: list[str]) -> None:
    answer = site.test_client().get("/long", headers={"If-None-Match": '"fixed"'})

    assert (answer.status_code, answer.headers["Cache-Control"], built) == (304, "public", [])


@pytest.mark.parametrize("asked", ['W/"fixed"', '"other", "fixed-gzip"', "*"])
def test_every_form_of_a_known_etag_is_known(site: Flask, asked: str) -> None:
    assert site.test_client().get("/long", headers={"If-None-Match": asked}).status_code == 304


def test_packed_only_for_who_can_unpack(site: Flask) -> None:
    client = site.test_client()

    def encoding(accepted: str) -> str | None:
        return client.get("/short", headers={"Accept-Encoding": accepted}).headers.get("Content-Encoding")

    assert [encoding(said) for said in ("gzip, br", "*")] == ["gzip", "gzip"]
    assert [encoding(said) for said in ("br", "gzip;q=0", "")] == [None, None, None]


def test_packed_and_plain_have_etags_of_their_own(site: Flask) -> None:
    client = site.test_client()
    plain = client.get("/short").headers["ETag"]
    packed = client.get("/short", headers={"Accept-Encoding": "gzip"}).headers["ETag"]

    assert plain != packed
    assert [
        client.get("/short", headers={"If-None-Match": etag}).status_code for etag in (plain, packed)
    ] == [304, 304]


def test_an_own_answer_is_never_stored(site: Flask, built: list[str]) -> None:
    answers = [site.test_client().get("/own") for _ in range(2)]

    assert built == ["own", "own"]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


def test_an_answer_that_is_no_body_goes_through(site: Flask, built: list[str]) -> None:
    client = site.test_client()

    assert [client.get("/gone").status_code for _ in range(2)] == [410, 410]
    assert built == ["gone", "gone"]
