"""`flask demo`: what makes a demonstration alive. Refused in production."""

import os
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from flask_security import hash_password

from eventsite.accounts.core import system
from eventsite.admin.people.operations import DemoAccount, make_demo_accounts
from eventsite.cli.plain import event_to_change, plain_faults
from eventsite.events.queries import list_events
from eventsite.kernel.clock import machine_now

demo = AppGroup("demo", help="People and crowds for a demonstration; refused in production.")
FILE = "demo-accounts.txt"


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(demo)


def refuse_in_production() -> None:
    """Raise `ClickException` on a production site."""
    if not current_app.config["DEMO"]:
        raise click.ClickException(
            "demo accounts and crowds are for demo sites; this one has EVENTSITE_ENV=production"
        )


@demo.command()
@click.argument("slug", required=False)
@plain_faults
def accounts(slug: str | None) -> None:
    """Make an account for each role in an event (the newest), and print the passwords once."""
    refuse_in_production()
    events = [event_to_change(slug)] if slug else [one for one in list_events() if not one.is_archived]
    if not events:
        raise click.ClickException("there is no event that can be changed: flask event load FILE.json")
    made = make_demo_accounts(system("cli"), events[0], now=machine_now(), hash_password=hash_password)
    path = Path(current_app.config["INSTANCE_DIR"]) / FILE
    if made:
        _keep(path, made)
        print("\n".join(f"{account.email}  {account.password}" for account in made))
    print(f"Demo accounts and their passwords: {path}")


def _keep(path: Path, made: list[DemoAccount]) -> None:
    """Add the passwords to a file that only its owner reads."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.fchmod(handle, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.writelines(f"{account.email}  {account.password}\n" for account in made)
