"""`flask user`, `flask demo accounts`: links that work, one clear line for bad input."""

import stat
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventsite.accounts.models import Account
from eventsite.accounts.queries import find_account
from eventsite.database import db
from eventsite.events.queries import list_grants
from tests.support.factories import make_delegation, make_event, make_organization, make_stage, make_zone
from tests.support.factories_accounts import PASSWORD, sign_in
from tests.support.isolation import PageClient


def test_user_create_prints_a_link_that_sets_a_password(app: Flask, client: PageClient) -> None:
    result = app.test_cli_runner().invoke(
        args=["user", "create", "chief@fair.example", "--role", "administrator"]
    )
    assert result.exit_code == 0
    link = result.output.split()[-1]
    page = client.page(link.split("127.0.0.1:8000", 1)[-1])
    client.submit(page.form(), password=PASSWORD, again=PASSWORD)
    assert sign_in(client, "chief@fair.example").location == "/admin/second-factor"


def test_user_create_gives_a_scoped_role(app: Flask) -> None:
    with app.app_context():
        make_zone(make_event(slug="here"), code="B")
    arguments = [
        "user",
        "create",
        "b@fair.example",
        "--role",
        "zone_lead",
        "--event",
        "here",
        "--scope",
        "zone:B",
    ]
    assert app.test_cli_runner().invoke(args=arguments).exit_code == 0
    with app.app_context():
        account = find_account("b@fair.example")
        assert account is not None
        assert [grant.scope for grant in list_grants(account.id)] == ["zone:B"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["create", "no address", "--role", "auditor"],
        ["create", "a@fair.example", "--role", "organizer"],
        ["create", "a@fair.example", "--role", "organizer", "--event", "nowhere"],
        ["create", "a@fair.example", "--role", "king"],
        ["create", "a@fair.example"],
        ["reset", "nobody@fair.example"],
    ],
)
def test_bad_input_is_one_line_and_changes_nothing(app: Flask, arguments: list[str]) -> None:
    result = app.test_cli_runner().invoke(args=["user", *arguments])
    assert result.exit_code != 0
    assert "Traceback" not in result.output
    assert "Error: " in result.output
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Account)) == 0


def test_user_reset_takes_the_password_away(app: Flask, client: PageClient) -> None:
    test_user_create_prints_a_link_that_sets_a_password(app, client)
    assert app.test_cli_runner().invoke(args=["user", "reset", "chief@fair.example"]).exit_code == 0
    assert sign_in(client, "chief@fair.example").status_code == 200


def test_demo_accounts_are_one_a_role_and_a_second_organizer(
    app: Flask, client: PageClient, tmp_path: Path
) -> None:
    with app.app_context():
        event = make_event(slug="here")
        make_zone(event, code="B")
        make_stage(event, code="S1")
        make_delegation(event, ref="dl-dalian")
        make_organization(event, ref="org-sd")
    before = app.config["INSTANCE_DIR"]
    app.config["INSTANCE_DIR"] = str(tmp_path)
    try:
        first = app.test_cli_runner().invoke(args=["demo", "accounts"])
        again = app.test_cli_runner().invoke(args=["demo", "accounts"])
    finally:
        app.config["INSTANCE_DIR"] = before
    assert (first.exit_code, again.exit_code) == (0, 0)
    kept = tmp_path / "demo-accounts.txt"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    passwords = dict(line.split() for line in kept.read_text().splitlines())
    assert len(passwords) == 10
    assert "organizer2@demo.invalid" in passwords
    assert passwords["desk@demo.invalid"] in first.output
    assert passwords["desk@demo.invalid"] not in again.output
    assert sign_in(client, "desk@demo.invalid", passwords["desk@demo.invalid"]).location == "/admin/"
    with app.app_context():
        scopes = {
            one.email.split("@")[0]: [grant.scope for grant in list_grants(one.id)]
            for one in db.session.scalars(select(Account))
        }
    assert scopes["zone_lead"] == ["zone:B"]
    assert scopes["stage_manager"] == ["stage:S1"]
    assert scopes["delegation_lead"] == ["delegation:dl-dalian"]
    assert scopes["partner"] == ["organization:org-sd"]
    assert scopes["reviewer"] == ["matter:power"]


def test_demo_accounts_are_refused_in_production(app: Flask) -> None:
    app.config["DEMO"] = False
    try:
        result = app.test_cli_runner().invoke(args=["demo", "accounts"])
    finally:
        app.config["DEMO"] = True
    assert result.exit_code == 1
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Account)) == 0


@pytest.mark.parametrize(
    "command",
    [
        ["user", "create", "chief@fair.example", "--role", "administrator"],
        ["event", "dump", "fair-a"],
        ["audit", "verify"],
        ["jobs"],
    ],
)
def test_command_on_an_empty_database_says_how_to_prepare_it(app: Flask, command: list[str]) -> None:
    with app.app_context():
        db.drop_all()
    result = app.test_cli_runner().invoke(args=command)
    assert result.exit_code == 1
    assert result.output == "Error: the database is empty; `flask --app app db upgrade` prepares it\n"
