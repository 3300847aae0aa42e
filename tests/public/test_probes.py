"""What machines ask: alive even while the database is taken, ready only with it, figures for the few."""

import base64
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text
from sqlalchemy.engine import make_url
from werkzeug.test import TestResponse

from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.kernel.timings import Stopwatch
from eventsite.kernel.tokens import new_body
from eventsite.public.views_probes import _buckets
from eventsite.signing.core import open_note, sign_note
from eventsite.signing.enums import KeyPurpose
from eventsite.signing.operations import signing_keys

QUICK, SOON = 0.5, 2.0  # seconds
HERE, ELSEWHERE = {"REMOTE_ADDR": "127.0.0.1"}, {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def blocked(real_app: Flask) -> Iterator[Flask]:
    """Hold the database's write lock from outside, as a stuck program does."""
    path = make_url(real_app.config["SQLALCHEMY_DATABASE_URI"]).database or ""
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        yield real_app
        holder.execute("ROLLBACK")


def write_row(app: Flask) -> None:
    with app.app_context(), atomic():
        record("account:1", "rename", "booth:1")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probe_answers_quickly_while_the_database_is_taken(blocked: Flask, path: str) -> None:
    client = blocked.test_client()
    client.get(path)
    asked = time.monotonic()
    response = client.get(path)
    assert (response.status_code, time.monotonic() - asked < QUICK) == (200, True)


def resting(app: Flask) -> TestResponse:
    """Ask until the writer has taken its turn back: it hears of the end of the last one in its own thread."""
    until = time.monotonic() + SOON
    while True:
        response = app.test_client().get("/readyz")
        if (response.json or {})["write_stalled_seconds"] == 0 or time.monotonic() > until:
            return response
        time.sleep(0.01)


@pytest.mark.both_databases
def test_ready_site_says_so(real_app: Flask) -> None:
    response = resting(real_app)
    assert (response.status_code, response.json) == (
        200,
        {"ready": True, "database": True, "write_stalled_seconds": 0.0},
    )


@pytest.mark.both_databases
def test_site_without_its_tables_is_not_ready_and_alive(real_app: Flask) -> None:
    with real_app.app_context(), atomic() as session:
        session.execute(text("ALTER TABLE event RENAME TO gone"))
    client = real_app.test_client()
    response = client.get("/readyz")
    assert (response.status_code, response.json and response.json["ready"]) == (503, False)
    assert client.get("/healthz").status_code == 200


def test_probes_set_no_cookie_and_are_not_kept(real_app: Flask) -> None:
    for path in ("/healthz", "/readyz", "/metrics"):
        response = real_app.test_client().get(path)
        assert (response.headers.get("Set-Cookie"), response.headers["Cache-Control"]) == (None, "no-store")


@pytest.mark.both_databases
def test_metrics_count_what_was_written(real_app: Flask, database: str) -> None:
    client = real_app.test_client()
    before = figures(client.get("/metrics").text)
    write_row(real_app)
    after = figures(client.get("/metrics").text)
    assert (
        after["eventsite_write_seconds_count", "operation"]
        == before["eventsite_write_seconds_count", "operation"] + 1
    )
    assert (
        after["eventsite_write_seconds_sum", "operation"] > before["eventsite_write_seconds_sum", "operation"]
    )
    assert ("eventsite_write_waiting" in {name for name, _ in after}) == (database == "sqlite")


def test_metrics_are_for_allowed_addresses_alone(real_app: Flask) -> None:
    client = real_app.test_client()
    assert client.get("/metrics", environ_overrides=HERE).status_code == 200
    assert client.get("/metrics", environ_overrides=ELSEWHERE).status_code == 404
    real_app.config["METRICS_ALLOW"] = ["203.0.113.0/24"]
    assert client.get("/metrics", environ_overrides=HERE).status_code == 404
    assert client.get("/metrics", environ_overrides=ELSEWHERE).status_code == 200


def test_buckets_hold_all_that_were_as_quick() -> None:
    watch = Stopwatch((0.1, 1.0))
    for seconds in (0.05, 0.1, 0.5, 3.0):
        watch.add(seconds)
    assert _buckets(watch.read()) == [("0.1", 2), ("1.0", 3), ("+Inf", 4)]


def test_published_key_checks_what_the_site_signs(real_app: Flask, tmp_path: Path) -> None:
    real_app.config["KEYS_DIR"] = tmp_path
    client = real_app.test_client()
    assert client.get("/.well-known/eventsite.json").json == {"site": "http://127.0.0.1:8000", "keys": []}
    ring = signing_keys(tmp_path, KeyPurpose.AUDIT_HEAD)
    response = client.get("/.well-known/eventsite.json")
    (key,) = (response.json or {})["keys"]
    assert (key["purpose"], key["current"], key["kty"], key["crv"]) == ("audit-head", True, "OKP", "Ed25519")
    public = base64.urlsafe_b64decode(key["x"] + "=")
    assert open_note(sign_note("text\n", "name", ring.keys[1]), [public]) == "text\n"
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert open_note(sign_note("text\n", "name", new_body(32)), [public]) is None


def figures(text: str) -> dict[tuple[str, str], float]:
    """Read metrics as Prometheus does: values by name and kind."""
    return {
        (sample.name, sample.labels.get("kind", "")): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if not sample.name.endswith("_bucket")
    }
