"""Signing in and out as a person does it: words, sessions, targets, proof of origin."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask_security import UserMixin
from sqlalchemy import select

from eventsite.accounts.core import system
from eventsite.accounts.models import Account, SignIn
from eventsite.accounts.operations import disable_account, sign_out_everywhere
from eventsite.audit.queries import list_history
from eventsite.database import atomic, db
from eventsite.kernel.clock import machine_now
from tests.support.factories_accounts import PASSWORD, make_account, sign_in
from tests.support.isolation import PageClient

EMAIL = "stage@fair.example"


@pytest.fixture
def account(app: Flask) -> int:
    with app.app_context():
        return make_account(EMAIL).id


def signed_in(client: PageClient) -> bool:
    return client.get("/admin/account").status_code == 200


def verbs(app: Flask) -> list[str]:
    with app.app_context():
        return [entry.verb for entry in list_history(None).entries]


def test_right_password_opens_the_account_and_is_logged(app: Flask, client: PageClient, account: int) -> None:
    response = sign_in(client, EMAIL)
    assert response.status_code == 302
    assert signed_in(client)
    assert "sign in" in verbs(app)
    with app.app_context():
        assert db.session.get_one(Account, account).login_count == 1


def test_wrong_password_and_unknown_address_get_the_same_words(client: PageClient, account: int) -> None:
    wrong, unknown = (
        sign_in(client, EMAIL, "no password at all"),
        sign_in(client, "nobody@fair.example", "nothing here"),
    )
    strip = re.compile(r'value="[^"]*"')
    assert wrong.status_code == unknown.status_code == 200
    assert strip.sub("", wrong.text) == strip.sub("", unknown.text)


def test_failures_are_logged_without_password_or_unknown_address(
    app: Flask, client: PageClient, account: int
) -> None:
    sign_in(client, EMAIL, "a wrong password")
    sign_in(client, "somebody@else.example", "a wrong password")
    with app.app_context():
        entries = list_history(None, verb="fail to sign in").entries
    assert {entry.thing for entry in entries} == {f"account:{account}", "account:unknown"}
    told = " ".join(str(entry) for entry in entries)
    assert "a wrong password" not in told
    assert "somebody@else" not in told
    assert "s***@else.example" in told


def test_disabled_account_gets_the_words_of_a_wrong_password(
    app: Flask, client: PageClient, account: int
) -> None:
    with app.app_context():
        disable_account(system("test"), account, now=machine_now())
    right, wrong = sign_in(client, EMAIL), sign_in(client, EMAIL, "no password at all")
    strip = re.compile(r'value="[^"]*"')
    assert strip.sub("", right.text) == strip.sub("", wrong.text)
    assert not signed_in(client)


def test_session_is_new_after_signing_in(client: PageClient, account: int) -> None:
    client.get("/admin/login")
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
        session["sid"] = "known to somebody else"
        before = session.get("csrf_token")
    sign_in(client, EMAIL)
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session["sid"] != "known to somebody else"
        assert session.get("csrf_token") != before


def test_sign_out_kills_a_copied_cookie(app: Flask, client: PageClient, account: int) -> None:
    sign_in(client, EMAIL)
    copied = client.get_cookie("session")
    assert copied is not None
    form = client.page("/admin/account").form("/admin/logout")
    assert client.submit(form).status_code == 302
    assert not signed_in(client)
    client.set_cookie("session", copied.value)
    assert not signed_in(client)
    assert "sign out" in verbs(app)


def test_sign_out_everywhere_ends_both_browsers(app: Flask, client: PageClient, account: int) -> None:
    other = app.test_client()
    assert isinstance(other, PageClient)
    sign_in(client, EMAIL)
    sign_in(other, EMAIL)
    form = client.page("/admin/account").form("sign-out-everywhere")
    client.submit(form)
    assert not signed_in(client)
    assert not signed_in(other)


def test_administrator_can_end_sessions_and_close_accounts(
    app: Flask, client: PageClient, account: int
) -> None:
    sign_in(client, EMAIL)
    with app.app_context():
        sign_out_everywhere(system("test"), account, now=machine_now())
    assert not signed_in(client)
    sign_in(client, EMAIL)
    assert signed_in(client)
    with app.app_context():
        disable_account(system("test"), account, now=machine_now())
    assert not signed_in(client)


def test_password_change_ends_the_other_session_and_keeps_this_one(
    app: Flask, client: PageClient, account: int
) -> None:
    other = app.test_client()
    assert isinstance(other, PageClient)
    sign_in(client, EMAIL)
    sign_in(other, EMAIL)
    form = client.page("/admin/change-password").form("change-password")
    new = "teapot window cloud seven"
    response = client.submit(form, password=PASSWORD, new_password=new, new_password_confirm=new)
    assert response.status_code == 302
    assert signed_in(client)
    assert not signed_in(other)
    assert "change password" in verbs(app)
    with app.app_context():
        assert db.session.get_one(Account, account).password == new


@pytest.mark.parametrize(
    "weak", ["short", "passwordpassword", "123456789012345", "stage-stage-2025", "qwertyuiop12"]
)
def test_weak_new_passwords_are_refused(client: PageClient, account: int, weak: str) -> None:
    sign_in(client, EMAIL)
    form = client.page("/admin/change-password").form("change-password")
    response = client.submit(form, password=PASSWORD, new_password=weak, new_password_confirm=weak)
    assert response.status_code == 200


def test_idle_session_ends(client: PageClient, account: int) -> None:
    sign_in(client, EMAIL)
    with client.session_transaction() as session:
        session["seen"] -= 31 * 60
    assert not signed_in(client)


def test_used_session_goes_on(client: PageClient, account: int) -> None:
    sign_in(client, EMAIL)
    with client.session_transaction() as session:
        session["seen"] -= 29 * 60
    assert signed_in(client)
    with client.session_transaction() as session:
        assert machine_now().timestamp() - session["seen"] < 60


@pytest.mark.parametrize(("hours", "lasts"), [(11.9, True), (12, False)])
def test_session_ends_after_twelve_hours_in_any_case(
    app: Flask, client: PageClient, account: int, hours: float, lasts: bool
) -> None:
    sign_in(client, EMAIL)
    with app.app_context(), atomic() as session:
        session.scalars(select(SignIn)).one().started_at -= timedelta(hours=hours)
    assert signed_in(client) is lasts


def test_a_session_of_the_future_is_none(client: PageClient, account: int) -> None:
    sign_in(client, EMAIL)
    with client.session_transaction() as session:
        session["seen"] += 3600
    assert not signed_in(client)


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example/admin/account",
        "https://evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/////evil.example",
        " //evil.example",
        "/admin/account\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "/%09/evil.example",
        "/static/css/base.css",
        "/admin/logout",
        "/admin/../..//evil.example",
        "http:/admin/account",
        "/admin/login?next=/admin/login?next=//evil.example",
    ],
)
def test_sign_in_never_leads_outside(client: PageClient, account: int, target: str) -> None:
    form = client.page("/admin/login").form("/admin/login")
    response = client.submit(form, email=EMAIL, password=PASSWORD, next=target)
    assert response.status_code == 302
    assert response.location in ("/admin/", "/admin/login")


@pytest.mark.parametrize("value", ["_method=POST", "endpoint=x", "_external=1", "_scheme=ftp", "_anchor=a"])
def test_query_of_a_target_is_words_and_no_order(client: PageClient, account: int, value: str) -> None:
    form = client.page("/admin/login").form("/admin/login")
    target = f"/admin/account?{value}"
    response = client.submit(form, email=EMAIL, password=PASSWORD, next=target)
    assert (response.status_code, response.location) == (302, target)


def test_opening_the_code_page_by_a_link_ends_no_session(client: PageClient, account: int) -> None:
    sign_in(client, EMAIL)
    assert client.get("/admin/code").location == "/admin/account"
    assert signed_in(client)


def test_pages_of_signing_in_are_kept_by_no_browser(client: PageClient, account: int) -> None:
    assert client.get("/admin/login").headers["Cache-Control"] == "no-store"
    sign_in(client, EMAIL)
    for path in ("/admin/second-factor", "/admin/recovery-codes", "/admin/change-password"):
        assert client.get(path).headers["Cache-Control"] == "no-store", path


def test_sign_in_leads_back_to_the_page_that_asked(client: PageClient, account: int) -> None:
    asked = client.get("/admin/account")
    assert asked.status_code == 302
    page = client.page(asked.location)
    response = client.submit(page.form("/admin/login"), email=EMAIL, password=PASSWORD)
    assert response.location == "/admin/account"


@pytest.mark.parametrize(
    "path", ["/admin/login", "/admin/code", "/admin/recovery", "/admin/second-factor", "/admin/logout"]
)
def test_forms_of_signing_in_need_their_token(client: PageClient, account: int, path: str) -> None:
    response = client.post(path, data={"email": EMAIL, "password": PASSWORD})
    assert response.status_code == 400
    assert not signed_in(client)


def test_library_pages_that_are_not_used_do_not_exist(client: PageClient) -> None:
    for path in (
        "/admin/rescue",
        "/admin/select-factor",
        "/admin/forgotten",
        "/fs-static/x",
        "/register",
        "/reset",
    ):
        assert client.get(path).status_code == 404, path


def test_no_token_is_a_way_in_beside_the_session(app: Flask, client: PageClient, account: int) -> None:
    with app.test_request_context():
        text = str(UserMixin.get_auth_token(db.session.get_one(Account, account)))  # type: ignore[arg-type]
    assert client.get(f"/admin/account?auth_token={text}").status_code == 302
    assert client.get("/admin/account", headers={"Authentication-Token": text}).status_code == 302


def test_old_password_has_to_go_under_mlps3(app: Flask, client: PageClient, account: int) -> None:
    app.config["PASSWORD_POLICY"] = "mlps3"
    try:
        sign_in(client, EMAIL)
        assert signed_in(client)
        with app.app_context(), atomic():
            db.session.get_one(Account, account).password_at = machine_now() - timedelta(days=91)
        assert client.get("/admin/account").location == "/admin/change-password"
    finally:
        app.config["PASSWORD_POLICY"] = "asvs"
