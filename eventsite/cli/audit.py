"""`flask audit verify`: tell whether the log is what it was."""

from collections.abc import Iterator
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from eventsite.audit.core import TiedKnot
from eventsite.audit.queries import verify_log
from eventsite.cli.plain import plain_faults
from eventsite.jobs.heads import HeadFile, read_heads
from eventsite.jobs.schedule import heads_folder
from eventsite.signing.enums import KeyPurpose
from eventsite.signing.queries import list_site_keys

audit = AppGroup("audit", help="The log of who did what.")


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(audit)


@audit.command()
@click.option(
    "--heads",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of heads that were kept elsewhere; default: instance/audit-heads.",
)
@plain_faults
def verify(heads: Path | None) -> None:
    """Check every row, every knot, and that the heads published so far are still in the log."""
    unsigned: list[HeadFile] = []
    report = verify_log(list(_published(heads or heads_folder(), unsigned)))
    for head in unsigned:
        click.echo(f"{head.path.name} is signed by no key of this site.", err=True)
    for fault in report.faults:
        click.echo(str(fault), err=True)
    print(f"{report.rows} rows in {report.lanes} lanes, {report.knots} knots")
    if unsigned or not report.sound:
        raise click.ClickException("the log is not what it was")


def _published(folder: Path, unsigned: list[HeadFile]) -> Iterator[TiedKnot]:
    keys = list_site_keys(current_app.config["KEYS_DIR"])
    ours = [key.public for key in keys if key.purpose is KeyPurpose.AUDIT_HEAD]
    for head in read_heads(folder, ours):
        if head.knot:
            yield head.knot
        else:
            unsigned.append(head)
