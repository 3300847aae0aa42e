"""`flask programme …`: release the draft, write a file of what is released."""

import sys
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from eventsite.accounts.core import system
from eventsite.cli.plain import event_to_change, plain_faults
from eventsite.events.queries import get_event
from eventsite.exports.core.choice import Choice, is_known, narrow
from eventsite.exports.core.values import LANGUAGES
from eventsite.exports.formats import FORMATS
from eventsite.exports.links import links_of
from eventsite.exports.queries import take_snapshot
from eventsite.kernel import clock
from eventsite.programme.operations import release_programme
from eventsite.programme.queries import get_release

programme = AppGroup("programme", help="Release the programme and write files of it.")


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(programme)


@programme.command()
@click.argument("slug")
@click.option("--note", required=True, help="What is new, in one sentence for visitors.")
@plain_faults
def release(slug: str, note: str) -> None:
    """Release the draft of the event SLUG as its next version."""
    released = release_programme(system("cli"), event_to_change(slug), note=note, now=clock.now())
    click.echo(f"Version {released.number} of {slug} is released ({released.content_sha256}).")


@programme.command()
@click.argument("slug")
@click.argument("form", metavar="FORMAT", type=click.Choice(sorted(FORMATS)))
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Default: standard output."
)
@click.option("--version", "number", type=int, help="That version alone; default: the one shown now.")
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default="zh", show_default=True)
@click.option("--by", type=click.Choice(FORMATS["pdf"].by), help="How the PDF is arranged.")
@click.option("--day", default="", metavar="YYYY-MM-DD", help="The items of that day alone.")
@click.option("--stage", default="", metavar="CODE", help="The items of that stage alone.")
@click.option("--city", default="", metavar="ID", help="The items of that delegation alone.")
@plain_faults
def export(
    slug: str,
    form: str,
    *,
    output: Path | None,
    number: int | None,
    language: str,
    by: str | None,
    **part: str,
) -> None:
    """Write the programme of the event SLUG in FORMAT, or a part of it."""
    view = get_release(get_event(slug), number)
    choice = Choice(day=part["day"], stage=part["stage"], city=part["city"])
    with current_app.test_request_context():
        whole = take_snapshot(view, links_of(slug), alone=number is not None)
        snapshot = narrow(whole, choice, links_of(slug, choice))
    if not is_known(whole, choice):
        raise click.ClickException(f"the programme of {slug} has no such day, stage or delegation")
    if by and by not in FORMATS[form].by:
        raise click.ClickException(f"{form} cannot be arranged by {by}")
    data = FORMATS[form].by[by](snapshot, language) if by else FORMATS[form].write(snapshot, language)
    if output is None:
        sys.stdout.buffer.write(data)
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}") from error
