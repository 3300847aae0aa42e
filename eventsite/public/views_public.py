"""The events, and an event's first screen."""

from flask import Blueprint, render_template

from eventsite.events.core import phase_at
from eventsite.events.queries import list_events, open_days
from eventsite.kernel import clock
from eventsite.web.access import public

blueprint = Blueprint("public", __name__)


@blueprint.get("/")
@public
def events() -> str:
    """List the public events, the one that is on first."""
    now = clock.now()
    shown = [(event, phase_at(open_days(event), now)) for event in list_events() if event.is_public]
    shown.sort(key=lambda pair: pair[1].rank)
    return render_template("public/events.html", events=shown)
