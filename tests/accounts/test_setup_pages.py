"""The one-time link in a browser, the outbox, and the real password hash."""

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from flask import Flask
from flask_security import hash_password

from eventsite.accounts.core import system
from eventsite.accounts.enums import Role
from eventsite.accounts.models import Account
from eventsite.accounts.operations import create_account, post_mail, send_waiting
from eventsite.application import create_app
from eventsite.database import close, create_tables, db
from eventsite.kernel.clock import machine_now
from tests.support.factories_accounts import PASSWORD, enrol, make_account, make_member, sign_in
from tests.support.isolation import PageClient


@pytest.fixture
def link(app: Flask) -> str:
    with app.app_context():
        _, secret = create_account(system("t"), "desk@fair.example", now=machine_now(), label="服务台")
    return f"/admin/setup/{secret}"


def test_link_sets_a_password_that_signs_in(client: PageClient, link: str) -> None:
    page = client.page(link)
    assert "desk@fair.example" in page.text
    response = client.submit(page.form(), password=PASSWORD, again=PASSWORD)
    assert response.status_code == 303
    assert response.location == "/admin/login"
    assert sign_in(client, "desk@fair.example").location == "/admin/"


def test_looking_at_a_link_does_not_use_it_and_using_it_does(client: PageClient, link: str) -> None:
    for _ in range(3):
        form = client.page(link).form()
    client.submit(form, password=PASSWORD, again=PASSWORD)
    assert client.get(link).status_code == 410
    assert (
        client.submit(form, password="another password here", again="another password here").status_code
        == 410
    )
    assert sign_in(client, "desk@fair.example").status_code == 302


def test_used_and_invented_links_look_the_same(client: PageClient, link: str) -> None:
    client.submit(client.page(link).form(), password=PASSWORD, again=PASSWORD)
    client.get("/admin/login")  # which shows and so takes away what the last page had to say
    used, invented = client.get(link), client.get("/admin/setup/" + "A" * 32)
    assert used.status_code == invented.status_code == 410
    assert used.text.replace(link, "") == invented.text.replace("/admin/setup/" + "A" * 32, "")


@pytest.mark.parametrize(
    ("password", "again"),
    [("short", "short"), (PASSWORD, "another password"), ("deskdeskdesk", "deskdeskdesk"), ("", "")],
)
def test_refused_password_leaves_the_link_usable(
    client: PageClient, link: str, password: str, again: str
) -> None:
    assert client.submit(client.page(link).form(), password=password, again=again).status_code == 200
    client.page(link)


def test_blanks_at_the_ends_belong_to_the_password(client: PageClient, link: str) -> None:
    spaced = f" {PASSWORD} "
    client.submit(client.page(link).form(), password=spaced, again=spaced)
    assert sign_in(client, "desk@fair.example", PASSWORD).status_code == 200
    assert sign_in(client, "desk@fair.example", spaced).status_code == 302


def test_forgotten_page_mails_a_link_where_mail_is_sent(app: Flask, client: PageClient) -> None:
    with app.app_context():
        make_account("desk@fair.example")
    app.config["SMTP_URL"] = "smtp://127.0.0.1:9"
    try:
        page = client.page("/admin/forgotten")
        answers = [
            client.submit(page.form(), email=one) for one in ("desk@fair.example", "nobody@fair.example")
        ]
        assert [answer.location for answer in answers] == ["/admin/login"] * 2
    finally:
        app.config["SMTP_URL"] = ""
    with app.app_context():
        make_member(Role.ADMINISTRATOR, email="chief@fair.example")
    sign_in(client, "chief@fair.example")
    enrol(client)
    page = client.page("/admin/outbox")
    assert "desk@fair.example" in page.text
    assert "/admin/setup/" not in page.text


def test_outbox_is_for_administrators(app: Flask, client: PageClient) -> None:
    with app.app_context():
        make_account("desk@fair.example")
        post_mail("somebody@fair.example", "s", "text", now=machine_now())
    sign_in(client, "desk@fair.example")
    assert client.get("/admin/outbox").status_code == 404


def test_administrator_has_a_mail_that_was_given_up_sent_again(app: Flask, client: PageClient) -> None:
    with app.app_context():
        make_member(Role.ADMINISTRATOR, email="chief@fair.example")
        post_mail("nobody", "s", "text", now=machine_now())
        send_waiting("smtp://127.0.0.1:9", "site@fair.example", now=machine_now())
    sign_in(client, "chief@fair.example")
    enrol(client)
    page = client.page("/admin/outbox?lang=en")
    assert "Given up" in page.text
    assert client.submit(page.form("/retry")).status_code == 303
    page = client.page("/admin/outbox?lang=en")
    assert ("Given up" in page.text, "waits to be sent again" in page.text) == (False, True)


@pytest.fixture
def hashing_app(tmp_path: Path) -> Iterator[Flask]:
    """Make a site with the password hash of production."""
    settings = {
        "TESTING": True,
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'site.db'}",
        "KEYS_DIR": tmp_path,
    }
    app = create_app(settings)
    app.test_client_class = PageClient
    with app.app_context():
        create_tables()
    yield app
    close(app)


def test_argon2_hashes_and_unknown_addresses_cost_the_same_time(hashing_app: Flask) -> None:
    app = hashing_app
    client = app.test_client()
    assert isinstance(client, PageClient)
    with app.app_context():
        for number in range(5):
            make_account(f"p{number}@fair.example", password=hash_password(PASSWORD))
        stored = db.session.query(Account.password).first()
    assert stored is not None
    assert str(stored[0]).startswith("$argon2id$")
    form = client.page("/admin/login").form("/admin/login")

    def seconds(email: str) -> float:
        began = time.perf_counter()
        assert client.submit(form, email=email, password="a wrong password").status_code == 200
        return time.perf_counter() - began

    known = [seconds(f"p{number}@fair.example") for number in range(5)]
    unknown = [seconds(f"q{number}@fair.example") for number in range(5)]
    assert 0.6 < median(known) / median(unknown) < 1.7
    assert sign_in(client, "p0@fair.example").status_code == 302
