"""`flask demo prepare`: what `make run` does before it serves, each step only where something is missing."""

import click
import flask_migrate
from flask import Flask, current_app
from flask.cli import with_appcontext

from eventsite.accounts.core import system
from eventsite.cli.demo import accounts, demo
from eventsite.cli.exhibitors import open_calls
from eventsite.cli.latecomers import welcome_latecomers
from eventsite.cli.partners import give_token
from eventsite.cli.plain import plain_faults
from eventsite.cli.plan import draw_plan
from eventsite.cli.readiness import prepare_booths
from eventsite.cli.showcase import show_cities
from eventsite.cli.stages import run_stages
from eventsite.cli.timetable import leave_waiting
from eventsite.cli.troupes import meet_troupes
from eventsite.eventfile.mapping.schema import DEMO_FILE
from eventsite.eventfile.operations import load_event
from eventsite.eventfile.queries import read_event_file
from eventsite.events.models import Event
from eventsite.events.queries import find_event, list_events
from eventsite.kernel.clock import now
from eventsite.programme.operations import release_programme
from eventsite.programme.queries import list_releases
from eventsite.sealing.operations import load_sealer

FIRST_NOTE = "首版节目单"


def init_app(_app: Flask) -> None:
    """Add the command to those of a demonstration."""
    demo.add_command(prepare)


@click.command()
@with_appcontext
@click.pass_context
@plain_faults
def prepare(context: click.Context) -> None:
    """Bring the database up to date; on a demo site load the demo event, release it and make its people."""
    flask_migrate.upgrade()
    if not current_app.config["DEMO"]:
        return
    event = _demo_event()
    if event is not None:
        _release_once(event)
        if not event.is_archived:
            furnish(event)
    if any(not one.is_archived for one in list_events()):
        context.invoke(accounts)


def furnish(event: Event) -> None:
    """Show what the file of a demonstration cannot carry: a drawn plan, cities, calls, booths on the way."""
    site, instant = system("cli"), now()
    sealer = load_sealer(current_app.config["KEYS_DIR"])
    if draw_plan(site, event):
        print(f"The plan of {event.slug} has lanes, a route and stages.")
    if show_cities(site, event):
        print(f"Some cities of {event.slug} show something.")
    if open_calls(site, event):
        print(f"The calls for exhibitors of {event.slug} are written.")
    if prepare_booths(site, event):
        print(f"The booths of {event.slug} are as far as on a first morning.")
    if meet_troupes(site, event, sealer=sealer, now=instant):
        print(f"Troupes of {event.slug} have their links, and some have answered.")
    if run_stages(site, event, now=instant):
        print(f"A rain plan of {event.slug} stands ready, and one stage runs a few minutes late.")
    if leave_waiting(site, event, now=instant):
        print(f"Some items of {event.slug} wait for a place, and a timetable is proposed for them.")
    if welcome_latecomers(site, event, sealer=sealer, now=instant):
        print(f"Some booths of {event.slug} are empty, and applications for them are on the desk.")
    if token := give_token(site, event, sealer=sealer, now=instant):
        address = f"{current_app.config['BASE_URL']}/feeds/{token}/{event.slug}/bundle.zip"
        print(f"A partner's machine fetches {address}")


def _demo_event() -> Event | None:
    """Return the demo event, loading it into a database that has no event at all."""
    slug = DEMO_FILE.stem
    if list_events():
        return find_event(slug)
    loaded = load_event(system("cli"), read_event_file(DEMO_FILE.read_bytes()), publish=True, now=now())
    print(f"The demo event {slug} is loaded.")
    return loaded.event


def _release_once(event: Event) -> None:
    """Give the event its first programme where it has none."""
    if not event.is_archived and not list_releases(event, limit=1):
        release = release_programme(system("cli"), event, note=FIRST_NOTE, now=now())
        print(f"Programme {release.number} of {event.slug} is released.")
