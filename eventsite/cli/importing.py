"""`flask programme import`: what a file would do to a draft, or doing it; all of it or nothing."""

import hashlib
from datetime import datetime
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from eventsite.accounts.core import system
from eventsite.cli.plain import event_to_change, plain_faults
from eventsite.cli.programme import programme
from eventsite.events.models import Event
from eventsite.events.queries import get_event
from eventsite.imports.core.diff import Diff, Step
from eventsite.imports.core.values import MOST_BYTES
from eventsite.imports.enums import Move
from eventsite.imports.operations import import_programme
from eventsite.imports.queries import plan_import, read_programme
from eventsite.imports.sheets import spoken

MOST_LINES = 40
SIGNS = {Move.ADDED: "+", Move.MOVED: ">", Move.REWORDED: "~"}


def init_app(app: Flask) -> None:
    """Add the command to its group."""
    assert "programme" in app.cli.commands
    programme.add_command(import_file)


@click.command("import")
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Print what the file would do, and change nothing.")
@click.option("--drop", is_flag=True, help="Also drop the items of the draft that the file does not have.")
@with_appcontext
@plain_faults
def import_file(slug: str, file: Path, *, dry_run: bool, drop: bool) -> None:
    """Take the programme in FILE into the draft of the event SLUG.

    FILE is a schedule.xml, a schedule.json (version 1 or 2), a session.json, an XLSX or a CSV. All of it is
    taken or nothing: an item that cannot be read, or a guid that stands twice, refuses the file.
    """
    event = get_event(slug) if dry_run else event_to_change(slug)
    data = _read(file)
    read = read_programme(data, timezone=event.timezone, translated=spoken())
    diff = plan_import(event, read)
    _refuse_faults(diff, file)
    if dry_run:
        _tell(diff, event)
        dropped = len(diff.missing) if drop else 0
        click.echo(f"{_counted(diff, dropped)} Nothing is changed: this was a dry run.")
        return
    missing = frozenset(one.ref for one in diff.missing) if drop else frozenset()
    diff = import_programme(
        system("cli"), event, read, sha256=hashlib.sha256(data).hexdigest(), dropped=missing
    )
    for finding in diff.warnings[:MOST_LINES]:
        click.echo(f"Warning: {finding}", err=True)
    if len(diff.warnings) > MOST_LINES:
        click.echo(f"Warnings that are not shown: {len(diff.warnings) - MOST_LINES}", err=True)
    click.echo(f"{_counted(diff, len(missing))} The draft of {slug} has them now.")


def _read(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(MOST_BYTES + 1)


def _refuse_faults(diff: Diff, file: Path) -> None:
    """Refuse a file with faults: one is told in the error's line, several on lines of their own above it."""
    faults = diff.faults
    if len(faults) == 1:
        raise click.ClickException(f"{faults[0]} Nothing is changed.")
    for fault in faults[:MOST_LINES]:
        click.echo(f"{fault}", err=True)
    if faults:
        raise click.ClickException(f"{file.name} has {len(faults)} faults. Nothing is changed.")


def _tell(diff: Diff, event: Event) -> None:
    """Print what a file would do, a line for each item that it would touch."""
    for step in diff.acting:
        click.echo(f"{SIGNS[step.move]} {step.item.title}: {_differences(step, event)}")
    for one in diff.missing:
        click.echo(f"- {one.title}: not in the file")
    for stage in diff.stages:
        click.echo(f"+ stage {stage.code} {stage.name_zh}")
    for day in diff.days:
        click.echo(f"+ day {day.date} {day.opens:%H:%M}-{day.closes:%H:%M}")
    for troupe in diff.troupes:
        click.echo(f"+ troupe {troupe}")
    for finding in diff.warnings:
        click.echo(f"! {finding}")


def _differences(step: Step, event: Event) -> str:
    if step.before is None:
        local = step.item.start.astimezone(event.zone)
        return f"{local:%Y-%m-%d %H:%M}, {step.item.minutes} min, {step.item.room or 'waits for a place'}"
    return ", ".join(
        f"{name} {_said(step.old[name], event)} → {_said(new, event)}" for name, new in step.new.items()
    )


def _said(value: object, event: Event) -> str:
    if value in (None, ""):
        return "nothing"
    if isinstance(value, datetime):
        return f"{value.astimezone(event.zone):%Y-%m-%d %H:%M}"
    return "/".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _counted(diff: Diff, dropped: int) -> str:
    counts = diff.counts
    told = [f"{counts.get(move, 0)} {move.value}" for move in (Move.ADDED, Move.MOVED, Move.REWORDED)]
    return f"{', '.join(told)}, {dropped} dropped, {counts.get(Move.SAME, 0)} unchanged."
