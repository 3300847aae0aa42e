"""`flask demo crowd`: visitors for a demonstration."""

import click
from flask import Flask
from flask.cli import with_appcontext

from eventsite.checkin.operations.crowd import make_crowd
from eventsite.cli.demo import demo, refuse_in_production
from eventsite.cli.plain import event_to_change, plain_faults
from eventsite.kernel.clock import now

MOST = 20_000


def init_app(_app: Flask) -> None:
    """Add the command to those of a demonstration."""
    demo.add_command(crowd)


@click.command()
@click.argument("slug", metavar="EVENT")
@click.option(
    "--passes", type=click.IntRange(1, MOST), default=400, show_default=True, help="How many visitors."
)
@click.option("--seed", default="crowd", show_default=True, help="Another seed makes other visitors.")
@with_appcontext
@plain_faults
def crowd(slug: str, passes: int, seed: str) -> None:
    """Let labelled visitors walk through EVENT and collect stamps, up to the present moment."""
    refuse_in_production()
    report = make_crowd(event_to_change(slug), passes=passes, seed=seed, now=now())
    print(f"{report.passes} demo visitors have {report.stamps} stamps, {report.fresh} of them new.")
