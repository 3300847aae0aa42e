"""`flask draw`: the acts of a draw for lists too long for a page, and the check of any draw's files."""

from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from eventsite.accounts.core import Actor, Thing, allows
from eventsite.accounts.queries import find_account
from eventsite.cli.plain import event_to_change, plain_faults
from eventsite.draws import operations, queries
from eventsite.draws.core.entries import masked
from eventsite.draws.enums import ProposalKind
from eventsite.draws.models import Draw
from eventsite.draws.permissions import RULES, DrawsPermission
from eventsite.events.models import Event
from eventsite.events.queries import list_grants
from eventsite.kernel import clock
from eventsite.kernel.fairdraw.check import check_files
from eventsite.kernel.fairdraw.record import parse_record

draw = AppGroup("draw", help="Freeze, reveal, run, redraw and publish a draw, and check one from its files.")
AS = click.option("--as", "email", required=True, help="The organizer who does it; two for a freeze.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(draw)


@draw.command()
@click.argument("slug")
@click.argument("ref", metavar="DRAW")
@AS
@plain_faults
def freeze(slug: str, ref: str, email: str) -> None:
    """Propose to freeze the list of DRAW, or confirm what another organizer has proposed."""
    event, now = event_to_change(slug), clock.now()
    actor = _organizer(event, email)
    proposed = queries.find_open_proposal(queries.get_draw(event, ref), ProposalKind.FREEZE)
    if proposed is None:
        operations.propose_freeze(actor, event, ref, now=now)
        click.echo("Proposed. A second organizer now gives the same command with --as.")
        return
    frozen = operations.confirm_freeze(actor, event, ref, now=now)
    click.echo(f"Frozen: {frozen.freeze['entries']} entries.\n{frozen.sha256}")


@draw.command()
@click.argument("slug")
@click.argument("ref", metavar="DRAW")
@click.argument("witness", type=int)
@click.argument("nonce")
@AS
@plain_faults
def reveal(slug: str, ref: str, witness: int, nonce: str, email: str) -> None:
    """Enter the NONCE that witness number WITNESS (from 1) reveals after the freeze."""
    event = event_to_change(slug)
    actor = _organizer(event, email)
    operations.reveal(actor, event, ref, witness, nonce=nonce, now=clock.now())
    click.echo(f"The number fits. The draw is now: {queries.get_draw(event, ref).status.value}.")


@draw.command()
@click.argument("slug")
@click.argument("ref", metavar="DRAW")
@click.option("--digits", default="", help="The digits made on stage, unless they are entered already.")
@AS
@plain_faults
def run(slug: str, ref: str, digits: str, email: str) -> None:
    """Draw the winners. A second time it prints the outcome that stands."""
    event = event_to_change(slug)
    _play(event, ref, _organizer(event, email), digits)


@draw.command()
@click.argument("slug")
@click.argument("ref", metavar="DRAW")
@click.option("--digits", default="", help="Fresh digits made on stage, unless they are entered already.")
@AS
@plain_faults
def redraw(slug: str, ref: str, digits: str, email: str) -> None:
    """Draw the published unclaimed prizes anew; two people have confirmed the list before."""
    event = event_to_change(slug)
    if len(queries.get_draw(event, ref).rounds) < 2:
        raise click.ClickException("no list of unclaimed prizes is published; do that in the console first")
    _play(event, ref, _organizer(event, email), digits)


@draw.command()
@click.argument("slug")
@click.argument("ref", metavar="DRAW")
@AS
@plain_faults
def publish(slug: str, ref: str, email: str) -> None:
    """Run DRAW again from what is stored, and publish its record."""
    event = event_to_change(slug)
    actor = _organizer(event, email)
    published = operations.publish_draw(actor, event, ref, now=clock.now())
    click.echo(f"Published: record.json has the SHA-256 {published.sha256}")


@draw.command()
@click.argument("record", type=FILE)
@click.argument("entries", type=FILE)
@plain_faults
def verify(record: Path, entries: Path) -> None:
    """Check a draw from its two files RECORD (record.json) and ENTRIES (entries.csv) alone."""
    data = record.read_bytes()
    faults = check_files(data, entries.read_bytes())
    for fault in faults:
        click.echo(f"{fault.part.value}: {fault}", err=True)
    if faults:
        raise click.ClickException("this is not a draw that anybody can run again")
    checked = parse_record(data)
    click.echo(f"All agrees: {checked.freeze.entries} entries, {len(checked.outcome)} prizes.")
    click.echo(f"Frozen as {checked.freeze_sha256}")


def _play(event: Event, ref: str, actor: Actor, digits: str) -> None:
    now, last = clock.now(), queries.get_draw(event, ref).rounds[-1:]
    if digits and not (last and last[0].outcome):
        operations.enter_values(actor, event, ref, digits=digits, now=now)
    drawn = operations.run_round(actor, event, ref, now=now)
    click.echo(f"Round {drawn.number} is drawn{'' if drawn.fresh else ' already'}.")
    _print_winners(queries.get_draw(event, ref), drawn.number)


def _print_winners(drawn: Draw, number: int) -> None:
    outcome = drawn.rounds[number].outcome
    assert outcome is not None
    for winner in outcome["winners"]:
        click.echo(f"{winner['prize']}  {masked(winner['entry'])}")


def _organizer(event: Event, email: str) -> Actor:
    """Return the account in whose name the command acts; it needs the same right as in the console."""
    account = find_account(email)
    if account is None:
        raise click.ClickException(f"there is no account {email}")
    actor = Actor(
        ref=f"account:{account.id}", label=account.label, grants=list_grants(account.id), origin="cli"
    )
    if not allows(RULES, actor, DrawsPermission.RUN_DRAWS, Thing(event_id=event.id)):
        raise click.ClickException(f"{email} is no organizer of {event.slug}")
    return actor
