"""`flask jobs`: the process beside the server."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from eventsite.cli.plain import refuse_unready_database
from eventsite.jobs.queue import work


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(jobs)


@click.command()
@with_appcontext
def jobs() -> None:
    """Run what happens by itself (audit knots and heads, backups, mail) until asked to stop.

    One such process for each site, however many hosts serve it.
    """
    refuse_unready_database()
    work(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001
