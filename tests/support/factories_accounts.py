"""Accounts for tests, and clients that have signed in with them."""

import itertools
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from passlib.totp import TOTP
from werkzeug.test import TestResponse

from eventsite.accounts.core import system
from eventsite.accounts.enums import Role
from eventsite.accounts.models import Account
from eventsite.accounts.operations import create_account
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.events.operations import grant_role
from eventsite.events.queries import get_event
from eventsite.kernel.clock import machine_now
from tests.support.isolation import PageClient
from tests.support.page import read_page

PASSWORD = "otter lantern river nine"
_numbers = itertools.count(1)


def make_account(email: str = "", *, password: str | None = PASSWORD, **given: Any) -> Account:
    """Make an account that can sign in with `PASSWORD` (plain text: the tests' hash)."""
    address = email or f"person-{next(_numbers)}@fair.example"
    account, _ = create_account(system("test"), address, now=machine_now(), password_hash=password)
    if given:
        with atomic():
            for name, value in given.items():
                setattr(account, name, value)
    return account


def make_member(role: Role, event: Event | None = None, *, scope: str = "", email: str = "") -> Account:
    """Make an account with a role in an event (`None`: on the site)."""
    account = make_account(email)
    grant_role(system("test"), account.id, role, event=event, now=machine_now(), scope=scope)
    return account


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD, **more: Any) -> TestResponse:
    """Fill in the sign-in form, as a person does."""
    form = read_page(client.get("/admin/login").text, "/admin/login").form("/admin/login")
    return client.post("/admin/login", data={**form.fields, "email": email, "password": password, **more})


def enrol(client: FlaskClient) -> TOTP:
    """Set the second factor up from its page and return the phone's app."""
    form = next(
        f for f in read_page(client.get("/admin/second-factor").text, "/").forms if "setup" in f.fields
    )
    shown = read_page(client.post("/admin/second-factor", data=form.fields).text, "/admin/second-factor")
    key = shown.all("span", class_="a-code")[0].text or ""
    phone = TOTP(key=key.replace("-", "").replace(" ", ""))
    form = next(f for f in shown.forms if "code" in f.fields)
    client.open(form.action, method="POST", data={**form.fields, "code": phone.generate().token})
    return phone


def later_code(phone: TOTP, steps: int = 1) -> str:
    """Return the code that the app will show some steps of 30 seconds from now."""
    return str(phone.generate(time=int(machine_now().timestamp()) + 30 * steps).token)


def client_of(app: Flask, role: Role, slug: str, scope: str = "") -> PageClient:
    """Return a client that has signed in as a new member of the event's team."""
    with app.app_context():
        email = make_member(role, get_event(slug), scope=scope).email
    client = app.test_client()
    assert isinstance(client, PageClient)
    sign_in(client, email)
    return client
