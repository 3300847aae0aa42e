"""The events, and an event's first screen."""

from flask import Blueprint, render_template

from eventsite.agreements.queries import list_agreements
from eventsite.checkin import queries as checkin
from eventsite.draws.queries import find_raffle
from eventsite.events.core import current_day, phase_at
from eventsite.events.models import Event
from eventsite.events.queries import list_events, list_zones, open_days
from eventsite.helpdesk.queries import list_notices
from eventsite.kernel import clock
from eventsite.programme.queries import current_release, now_next
from eventsite.public.queries import offers_at
from eventsite.web.access import public
from eventsite.web.passes import read_pass

blueprint = Blueprint("public", __name__)
blueprint.add_app_template_global(offers_at)
NOTICES_SHOWN = 3


@blueprint.get("/")
@public
def events() -> str:
    """List the public events, the one that is on first."""
    now = clock.now()
    shown = [(event, phase_at(open_days(event), now)) for event in list_events() if event.is_public]
    shown.sort(key=lambda pair: pair[1].rank)
    return render_template("public/events.html", events=shown)


@blueprint.get("/e/<slug:event>/")
@public
def home(event: Event) -> str:
    """Show what is on, what comes, the stamps, the way to everything else."""
    now = clock.now()
    days = open_days(event)
    key = read_pass(event.slug)
    visitor = checkin.find_pass(event, key) if key else None
    card = checkin.stamp_card(event, visitor)
    return render_template(
        "public/home.html",
        phase=phase_at(days, now),
        day=current_day(days, now),
        release=current_release(event),
        board=now_next(event, now),
        notices=list_notices(event, now)[:NOTICES_SHOWN],
        zones=list_zones(event),
        card=card,
        raffle=find_raffle(event),
        agreements=list_agreements(event),
    )
