"""`flask user`: the first administrator of a site, and links for people who lost their password."""

import click
from flask import Flask
from flask.cli import AppGroup

from eventsite.accounts.core import system
from eventsite.accounts.enums import Role
from eventsite.accounts.operations import create_account, reset_account
from eventsite.accounts.queries import find_account
from eventsite.cli.plain import event_to_change, plain_faults
from eventsite.database import atomic
from eventsite.events.operations import grant_role
from eventsite.kernel.clock import machine_now
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.web.links import base_url

user = AppGroup("user", help="Make accounts and give people a way back in.")
ROLES = click.Choice([role.value for role in Role])
SCOPE_HELP = "zone:CODE, stage:CODE, delegation:ID, organization:ID or matter:NAME"


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(user)


@user.command()
@click.argument("email")
@click.option("--role", type=ROLES, required=True, help="What the person is.")
@click.option("--event", "slug", help="The event's slug; not for administrators.")
@click.option("--scope", default="", help=SCOPE_HELP)
@plain_faults
def create(email: str, role: str, slug: str | None, scope: str) -> None:
    """Make an account with a role and print a one-time link for its password."""
    actor, now = system("cli"), machine_now()
    with atomic():
        event = event_to_change(slug) if slug else None
        account, secret = create_account(actor, email, now=now)
        grant_role(actor, account.id, Role(role), event=event, now=now, scope=scope)
    _print_link(secret)


@user.command()
@click.argument("email")
@click.option("--second-factor", is_flag=True, help="Take the second factor away too (the phone is lost).")
@plain_faults
def reset(email: str, second_factor: bool) -> None:
    """Take password and sessions away and print a one-time link for a new password."""
    account = find_account(email)
    if account is None:
        raise NotFound(N_("There is no such account."))
    _print_link(reset_account(system("cli"), account.id, now=machine_now(), second_factor=second_factor))


def _print_link(secret: str) -> None:
    print("This link sets the password. It works once, for 72 hours:")
    print(f"{base_url()}/admin/setup/{secret}")
