"""Feeds and bundles: the public bytes, counted by token, and nothing for anybody else."""

import base64
import hashlib
import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask import Flask

from eventsite.database import atomic
from eventsite.events.enums import EventStatus
from eventsite.events.models import Event
from eventsite.events.queries import get_event
from eventsite.exports.formats import FORMATS
from eventsite.kernel import clock
from eventsite.partners.enums import Scope
from eventsite.partners.operations import revoke_token
from eventsite.partners.queries import list_takings
from eventsite.partners.views_public.doors import BUNDLES
from eventsite.programme.models import ProgrammeItem
from tests.support.counting import count_queries
from tests.support.factories import make_event, make_item, make_organization, make_stage
from tests.support.factories_partners import SITE, make_token
from tests.support.factories_programme import make_acts, make_release
from tests.support.isolation import PageClient

LIGHT = [name for name, form in FORMATS.items() if name not in ("pdf", "xlsx")]


def a_fair(slug: str = "fair-a") -> Event:
    event = make_event(slug=slug)
    make_acts(event, 3)
    make_release(event)
    return event


def a_token(app: Flask, slug: str = "fair-a", **given: Any) -> str:
    with app.app_context():
        return make_token(a_fair(slug), **given).token


def test_a_feed_has_the_bytes_of_the_public_address(app: Flask, client: PageClient) -> None:
    token = a_token(app)
    for name in LIGHT:
        for query in ("", "?v=1", "?lang=en", "?day=2025-09-06"):
            feed = client.get(f"/feeds/{token}/fair-a/programme.{name}{query}")
            shown = client.get(f"/e/fair-a/programme.{name}{query}")
            assert (feed.status_code, feed.data) == (200, shown.data), name
            assert feed.headers["Cache-Control"] == "private, no-cache"


def test_a_feed_never_has_the_draft(app: Flask, client: PageClient) -> None:
    with app.app_context():
        event = make_event(slug="fair-a")
        stage = make_stage(event)
        make_item(event, stage=stage, title_zh="已发布的节目")
        token = make_token(event).token
        assert client.get(f"/feeds/{token}/fair-a/programme.csv").status_code == 404
        make_release(event)
        make_item(event, stage=stage, title_zh="草稿里的节目", starts_at=clock.now())
    found = client.get(f"/feeds/{token}/fair-a/programme.csv").text
    assert "已发布的节目" in found
    assert "草稿里的节目" not in found


def test_an_unpublished_event_is_open_to_no_token(app: Flask, client: PageClient) -> None:
    token = a_token(app)
    with app.app_context(), atomic():
        get_event("fair-a").status = EventStatus.DRAFT
    assert client.get(f"/feeds/{token}/fair-a/programme.ics").status_code == 404


def test_tokens_that_open_nothing_are_answered_alike(app: Flask, client: PageClient) -> None:
    with app.app_context():
        event = a_fair()
        revoked, foreign = make_token(event), make_token(a_fair("fair-b"))
        expired = make_token(event, expires_at=clock.now() + timedelta(hours=1), now=clock.now())
        revoke_token(SITE, event, revoked.row.id, now=clock.now())
        with atomic():
            expired.row.expires_at = clock.now() - timedelta(seconds=1)
    forged = revoked.token[:-1] + ("A" if revoked.token[-1] != "A" else "B")
    answers = {
        token: client.get(f"/feeds/{token}/fair-a/programme.ics").text
        for token in (revoked.token, foreign.token, expired.token, forged, "x", "节目")
    }
    assert len(set(answers.values())) == 1
    for path in ("programme.ics", "bundle.zip"):
        assert client.get(f"/feeds/{forged}/fair-a/{path}").status_code == 404
    assert client.get(f"/feeds/{foreign.token}/fair-b/programme.ics").status_code == 200


def test_a_forged_token_asks_the_database_nothing(app: Flask, client: PageClient) -> None:
    a_token(app)
    with count_queries(app) as statements:
        client.get("/feeds/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/fair-a/programme.ics")
    assert [one for one in statements if "partner" in one] == []


def test_a_token_opens_what_its_scopes_say(app: Flask, client: PageClient) -> None:
    token = a_token(app, scopes=(Scope.FEED,))
    assert client.get(f"/feeds/{token}/fair-a/programme.ics").status_code == 200
    assert client.get(f"/feeds/{token}/fair-a/bundle.zip").status_code == 403
    assert client.get(f"/feeds/{token}/fair-a/programme.docx").status_code == 404
    assert client.get(f"/feeds/{token}/fair-a/programme.ics?v=9").status_code == 404
    assert client.get(f"/feeds/{token}/fair-a/programme.ics?v=x").status_code == 404
    assert client.get(f"/feeds/{token}/fair-a/programme.ics?stage=none").status_code == 404
    assert client.get(f"/feeds/{token}/fair-a/programme.ics?by=none").status_code == 404


def test_takings_and_checks_are_counted(app: Flask, client: PageClient) -> None:
    token = a_token(app)
    first = client.get(f"/feeds/{token}/fair-a/programme.ics")
    known = {"If-None-Match": first.headers["ETag"]}
    assert client.get(f"/feeds/{token}/fair-a/programme.ics", headers=known).status_code == 304
    with app.app_context():
        (row,) = list_takings(get_event("fair-a"))
        assert (row.what, row.release_number, row.taken, row.checked) == ("programme.ics", 1, 1, 0)
        assert row.bytes == len(first.data) or row.bytes > 0
        with atomic():
            row.last_at -= timedelta(minutes=2)
    for _ in range(3):
        assert client.get(f"/feeds/{token}/fair-a/programme.ics", headers=known).status_code == 304
    with app.app_context():
        (row,) = list_takings(get_event("fair-a"))
        assert (row.taken, row.checked) == (1, 1)


def test_a_token_is_limited_by_itself(app: Flask, client: PageClient) -> None:
    with app.app_context():
        event = a_fair()
        busy, calm = make_token(event, scopes=(Scope.BUNDLE,)).token, make_token(event).token
    statuses = [client.get(f"/feeds/{busy}/fair-a/bundle.zip").status_code for _ in range(BUNDLES.amount + 1)]
    assert statuses == [200] * BUNDLES.amount + [429]
    assert client.get(f"/feeds/{calm}/fair-a/bundle.zip").status_code == 200


def test_asking_for_the_head_alone_is_limited_and_counts_as_nothing_taken(
    app: Flask, client: PageClient
) -> None:
    with app.app_context():
        token = make_token(a_fair(), scopes=(Scope.BUNDLE,)).token
    asked = [client.head(f"/feeds/{token}/fair-a/bundle.zip").status_code for _ in range(BUNDLES.amount + 1)]
    assert asked == [200] * BUNDLES.amount + [429]
    with app.app_context():
        assert list_takings(get_event("fair-a")) == []


def manifest_of(data: bytes) -> tuple[zipfile.ZipFile, dict[str, Any]]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    return archive, json.loads(archive.read("manifest.json"))


def test_the_bundle_holds_every_format_and_is_signed(app: Flask, client: PageClient) -> None:
    token = a_token(app)
    answer = client.get(f"/feeds/{token}/fair-a/bundle.zip")
    archive, manifest = manifest_of(answer.data)
    assert {one["name"] for one in manifest["files"]} == {f"programme.{name}" for name in FORMATS}
    for one in manifest["files"]:
        data = archive.read(one["name"])
        assert (len(data), hashlib.sha256(data).hexdigest()) == (one["size"], one["sha256"])
    assert archive.read("programme.ics") == client.get("/e/fair-a/programme.ics?v=1").data
    keys = client.get("/.well-known/eventsite.json").json
    assert keys is not None
    (key,) = (one for one in keys["keys"] if one["kid"] == manifest["signature"]["kid"])
    assert (key["purpose"], key["current"]) == ("partner-bundle", True)
    public = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(key["x"] + "="))
    public.verify(archive.read("manifest.sig"), archive.read("manifest.json"))
    with pytest.raises(InvalidSignature):
        public.verify(archive.read("manifest.sig"), archive.read("manifest.json") + b" ")


def test_the_same_bundle_has_the_same_bytes(app: Flask, client: PageClient) -> None:
    token = a_token(app)
    first = client.get(f"/feeds/{token}/fair-a/bundle.zip?v=1")
    app.extensions.pop("shelf")
    assert client.get(f"/feeds/{token}/fair-a/bundle.zip?v=1").data == first.data
    known = {"If-None-Match": first.headers["ETag"]}
    assert client.get(f"/feeds/{token}/fair-a/bundle.zip", headers=known).status_code == 304


def test_the_bundle_comes_in_english(app: Flask, client: PageClient) -> None:
    archive, manifest = manifest_of(client.get(f"/feeds/{a_token(app)}/fair-a/bundle.zip?lang=en").data)
    assert manifest["language"] == "en"
    assert archive.read("programme.csv") == client.get("/e/fair-a/programme.csv?v=1&lang=en").data


def test_the_bundle_says_what_changed_since_this_partner_last_took_it(app: Flask, client: PageClient) -> None:
    with app.app_context():
        event = make_event(slug="fair-a")
        stage = make_stage(event)
        items = [make_item(event, stage=stage, starts_at=clock.now() + timedelta(hours=n)) for n in range(3)]
        refs = [item.ref for item in items]
        ids = [item.id for item in items]
        make_release(event)
        home, other = make_organization(event), make_organization(event)
        token, stranger = make_token(event, home).token, make_token(event, other).token
    client.get(f"/feeds/{token}/fair-a/bundle.zip")
    for number, item in enumerate(ids[:2], 2):
        with app.app_context():
            event = get_event("fair-a")
            with atomic() as session:
                session.get_one(ProgrammeItem, item).title_zh = f"改名{number}"
            make_release(event, note=f"第{number}版")
    _, manifest = manifest_of(client.get(f"/feeds/{token}/fair-a/bundle.zip").data)
    assert (manifest["since"], manifest["release"]["number"]) == (1, 3)
    assert [one["ref"] for one in manifest["changes"]] == refs[:2]
    _, again = manifest_of(client.get(f"/feeds/{token}/fair-a/bundle.zip").data)
    assert again["since"] == 1
    _, asked = manifest_of(client.get(f"/feeds/{token}/fair-a/bundle.zip?since=2").data)
    assert [one["ref"] for one in asked["changes"]] == refs[1:2]
    _, first = manifest_of(client.get(f"/feeds/{stranger}/fair-a/bundle.zip").data)
    assert (first["since"], first["changes"]) == (None, [])
    assert client.get(f"/feeds/{token}/fair-a/bundle.zip?since=9").status_code == 422
    assert client.get(f"/feeds/{token}/fair-a/bundle.zip?v=1&since=2").status_code == 422
