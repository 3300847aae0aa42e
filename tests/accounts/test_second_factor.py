"""The second factor: forced on administrators, offered to all, each code good for once."""

import pytest
from flask import Flask

from eventsite.accounts.core import system
from eventsite.accounts.enums import Role
from eventsite.accounts.models import Account
from eventsite.accounts.operations import use_counter
from eventsite.audit.queries import list_history
from eventsite.database import atomic, db
from eventsite.events.operations import grant_role
from eventsite.kernel.clock import machine_now
from tests.support.factories_accounts import enrol, later_code, make_account, make_member, sign_in
from tests.support.isolation import PageClient
from tests.support.page import read_page

EMAIL = "chief@fair.example"


def another(app: Flask) -> PageClient:
    client = app.test_client()
    assert isinstance(client, PageClient)
    return client


def is_in(client: PageClient) -> bool:
    return client.get("/admin/account").status_code == 200


def enter_code(client: PageClient, code: str) -> int:
    return client.submit(client.page("/admin/code").form("/admin/code"), code=code).status_code


@pytest.fixture
def administrator(app: Flask) -> int:
    with app.app_context():
        return make_member(Role.ADMINISTRATOR, email=EMAIL).id


def test_administrator_opens_nothing_before_the_set_up(client: PageClient, administrator: int) -> None:
    response = sign_in(client, EMAIL)
    assert response.location == "/admin/second-factor"
    for path in (
        "/admin/account",
        "/admin/people/",
        "/admin/outbox",
        "/admin/change-password",
        "/admin/recovery-codes",
    ):
        assert "/admin/login" in client.get(path).location, path


def test_set_up_leads_to_recovery_codes_and_in(app: Flask, client: PageClient, administrator: int) -> None:
    sign_in(client, EMAIL)
    enrol(client)
    assert is_in(client)
    assert client.get("/admin/people/").status_code == 200
    with app.app_context():
        told = [entry.verb for entry in list_history(None).entries]
        secret = db.session.get_one(Account, administrator).tf_totp_secret
    assert "change second factor" in told
    assert secret is not None
    assert "enckey" in secret  # encrypted by a key outside the database


def test_code_is_good_for_once(app: Flask, client: PageClient, administrator: int) -> None:
    sign_in(client, EMAIL)
    phone = enrol(client)
    first, second = another(app), another(app)
    code = later_code(phone)
    for browser in (first, second):
        assert sign_in(browser, EMAIL).location == "/admin/code"
    assert enter_code(first, code) == 302
    assert is_in(first)
    assert enter_code(second, code) == 200
    assert not is_in(second)


def test_code_of_the_set_up_is_not_good_again(app: Flask, client: PageClient, administrator: int) -> None:
    sign_in(client, EMAIL)
    phone = enrol(client)
    thief = another(app)
    sign_in(thief, EMAIL)
    assert enter_code(thief, str(phone.generate().token)) == 200
    assert not is_in(thief)


@pytest.mark.both_databases
def test_counter_only_goes_up(app: Flask) -> None:
    with app.app_context():
        account_id = make_account().id
        assert use_counter(account_id, 100)
        assert not use_counter(account_id, 100)
        assert not use_counter(account_id, 99)
        assert use_counter(account_id, 101)


def make_codes(client: PageClient) -> list[str]:
    shown = client.submit(client.page("/admin/recovery-codes").form("/admin/recovery-codes"))
    page = read_page(shown.text)
    return [str(item.text) for item in page.all("li", class_="a-code")]


def test_recovery_code_works_once(app: Flask, client: PageClient, administrator: int) -> None:
    sign_in(client, EMAIL)
    enrol(client)
    codes = make_codes(client)
    assert len(codes) == 8
    first, second = another(app), another(app)
    for browser, right in ((first, True), (second, False)):
        sign_in(browser, EMAIL)
        form = browser.page("/admin/recovery").form("/admin/recovery")
        browser.submit(form, code=codes[0].replace("-", " ").upper())
        assert is_in(browser) is right
    with app.app_context():
        account = db.session.get_one(Account, administrator)
        assert len(account.mf_recovery_codes or []) == 7
        assert codes[1] not in str(account.mf_recovery_codes)


def test_administrator_cannot_switch_it_off(app: Flask, client: PageClient, administrator: int) -> None:
    sign_in(client, EMAIL)
    enrol(client)
    form = client.page("/admin/second-factor").form("/admin/second-factor")
    client.submit(form, setup="disable")
    with app.app_context():
        assert db.session.get_one(Account, administrator).has_second_factor


def test_others_may_switch_it_on_and_off(app: Flask, client: PageClient) -> None:
    with app.app_context():
        account_id = make_account("desk@fair.example").id
    sign_in(client, "desk@fair.example")
    enrol(client)
    with app.app_context():
        assert db.session.get_one(Account, account_id).has_second_factor
    forms = client.page("/admin/second-factor").forms
    client.submit(next(form for form in forms if form.fields.get("setup") == ["disable"]))
    with app.app_context():
        account = db.session.get_one(Account, account_id)
        assert not account.has_second_factor
        assert account.mf_recovery_codes is None


def test_sensitive_pages_ask_for_the_password_again_after_a_while(client: PageClient, app: Flask) -> None:
    with app.app_context():
        make_account("desk@fair.example")
    sign_in(client, "desk@fair.example")
    with client.session_transaction() as session:
        session["fs_paa"] -= 16 * 60
        session.pop("fs_gexp", None)
    asked = client.get("/admin/second-factor")
    assert asked.location == "/admin/verify?next=/admin/second-factor"
    form = client.page(asked.location).form("/admin/verify")
    assert client.submit(form, password="not the password").status_code == 200
    assert client.submit(form, password="otter lantern river nine").location == "/admin/second-factor"
    assert client.get("/admin/second-factor").status_code == 200


def test_new_administrator_without_second_factor_is_led_to_the_set_up(app: Flask, client: PageClient) -> None:
    with app.app_context():
        account_id = make_account("desk@fair.example").id
    sign_in(client, "desk@fair.example")
    assert is_in(client)
    with app.app_context():
        grant_role(system("test"), account_id, Role.ADMINISTRATOR, event=None, now=machine_now())
    assert not is_in(client)
    assert sign_in(client, "desk@fair.example").location == "/admin/second-factor"


def test_wrong_codes_run_out(app: Flask, client: PageClient, administrator: int) -> None:
    sign_in(client, EMAIL)
    phone = enrol(client)
    thief = another(app)
    sign_in(thief, EMAIL)
    assert [enter_code(thief, "000000") for _ in range(6)] == [200] * 5 + [429]
    sign_in(thief, EMAIL)
    assert enter_code(thief, later_code(phone)) == 429


def test_half_way_state_opens_nothing(app: Flask, client: PageClient, administrator: int) -> None:
    with app.app_context(), atomic():
        db.session.get_one(Account, administrator).needs_second_factor = True
    sign_in(client, EMAIL)
    with client.session_transaction() as session:
        assert "sid" not in session
        assert "_user_id" not in session
