"""`flask event`: a whole fair from its file, back into a file, and on to the next fair."""

import json
from datetime import datetime
from typing import BinaryIO

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from eventsite.accounts.core import system
from eventsite.cli.plain import plain_faults
from eventsite.eventfile.core.parse import LARGEST
from eventsite.eventfile.enums import Outcome
from eventsite.eventfile.errors import BadEventFile, Differs, InUse
from eventsite.eventfile.operations import clone_event, load_event
from eventsite.eventfile.queries import dump_event, read_event_file
from eventsite.events.queries import get_event
from eventsite.kernel.clock import now
from eventsite.kernel.errors import DomainError

event = AppGroup("event", help="Load, write out and clone whole events.")
SHOWN = 500


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(event)


@event.command()
@click.argument("file", type=click.File("rb"))
@click.option("--replace", is_flag=True, help="Change an event that is there to what the file says.")
@plain_faults
def load(file: BinaryIO, replace: bool) -> None:
    """Load an event FILE (JSON; - reads standard input), whole or not at all.

    A new event is published on a demo site, a draft elsewhere. Without --replace an event that is there and
    differs from the file is left as it is, and the differences are shown.
    """
    try:
        sound = read_event_file(file.read(LARGEST + 1))
        loaded = load_event(
            system("cli"), sound, replace=replace, publish=current_app.config["DEMO"], now=now()
        )
    except (BadEventFile, Differs, InUse) as error:
        _tell(error)
        raise
    print(_sentence(loaded.outcome, sound.slug, loaded.changes))


@event.command()
@click.argument("slug")
@plain_faults
def dump(slug: str) -> None:
    """Write the event SLUG as an event file to standard output."""
    text = json.dumps(dump_event(get_event(slug)), ensure_ascii=False, indent=1)
    click.echo(text.encode())


@event.command()
@click.argument("slug")
@click.argument("new_slug")
@click.option(
    "--start", type=click.DateTime(["%Y-%m-%d"]), required=True, metavar="DATE", help="The new first day."
)
@plain_faults
def clone(slug: str, new_slug: str, start: datetime) -> None:
    """Make a draft NEW_SLUG with the plan of the event SLUG, moved to another first day.

    Applications, agreements, service requests, deals, notices and footfall stay behind.
    """
    try:
        made = clone_event(system("cli"), get_event(slug), new_slug, start=start.date(), now=now())
    except BadEventFile as error:
        _tell(error)
        raise
    print(f"{made.slug} is a draft.")


def _tell(error: DomainError) -> None:
    """Print what is wrong, a line each, above the one line that the command ends with."""
    lines = error.differences if isinstance(error, Differs) else getattr(error, "faults", ())
    for line in lines[:SHOWN]:
        click.echo(str(line), err=True)
    more = error.params.get("total", len(lines)) - min(len(lines), SHOWN)
    if more > 0:
        click.echo(f"… and {more} more", err=True)


def _sentence(outcome: Outcome, slug: str, changes: int) -> str:
    return {
        Outcome.CREATED: f"{slug} is loaded.",
        Outcome.IDENTICAL: f"{slug} is there already and the same; nothing to do.",
        Outcome.REPLACED: f"{slug} is replaced; places that changed: {changes}.",
    }[outcome]
