"""The team's first pages: which events, how the fair stands now, and who did what."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.accounts.permissions import AccountPermission
from eventsite.admin import queries
from eventsite.audit.queries import list_history
from eventsite.checkin.forms import CheckpointForm
from eventsite.draws.forms import history_labels
from eventsite.draws.queries import find_raffle
from eventsite.events.core import current_day, phase_at
from eventsite.events.forms import ZoneForm
from eventsite.events.models import Event
from eventsite.events.permissions import EventPermission
from eventsite.events.queries import list_events, open_days
from eventsite.helpdesk.core import Light
from eventsite.helpdesk.queries import find_footfall, list_open_tickets
from eventsite.kernel import clock
from eventsite.market.forms import BoothForm
from eventsite.programme.forms import ItemForm
from eventsite.programme.queries import current_release, now_next
from eventsite.readiness.permissions import ReadinessPermission
from eventsite.web.access import current_actor, may, requires
from eventsite.web.forms import labels_of
from eventsite.web.history import tell
from eventsite.web.links import is_loopback
from eventsite.web.paging import page_number

blueprint = Blueprint("admin", __name__, url_prefix="/admin")


@blueprint.get("/")
@requires(AccountPermission.OWN_ACCOUNT)
def index() -> str | Redirect:
    """Show the events of the actor; whoever has just one goes straight there."""
    actor = current_actor()
    mine = [event for event in list_events() if actor.is_member(event.id)]
    if len(mine) == 1 and not any(grant.event_id is None for grant in actor.grants):
        return redirect(url_for("admin.dashboard", event=mine[0].slug))
    now = clock.now()
    rows = [
        (event, phase_at(open_days(event), now), may(EventPermission.OPEN_DESK, Thing(event_id=event.id)))
        for event in mine
    ]
    return render_template("admin/index.html", events=rows)


@blueprint.get("/e/<slug:event>/")
@requires(EventPermission.OPEN_DESK)
def dashboard(event: Event) -> str:
    """Show what needs a decision, then the stages, stamps, zones, tickets and dates."""
    now = clock.now()
    today = now.astimezone(event.zone).date()
    day = current_day(open_days(event), now)
    raffle = find_raffle(event)
    counts = find_footfall(event, now)
    release = current_release(event)
    tickets = list_open_tickets(event, now)
    return render_template(
        "admin/dashboard.html",
        phase=phase_at(open_days(event), now),
        day=day,
        board=now_next(event, now),
        release=release,
        stamps=queries.stamp_facts(event, today, raffle.stamps_required if raffle else 0),
        raffle=raffle,
        footfall=counts,
        crowded=[
            zone for zone in (counts.zones if counts else ()) if zone.light in (Light.WARNING, Light.LIMIT)
        ],
        tickets=tickets,
        urgent=[ticket for ticket in tickets if ticket.priority in ("urgent", "high")],
        dates=queries.dates_of(event, today),
        standing=queries.standing_of(event),
        may_see_readiness=may(ReadinessPermission.SEE_READINESS, Thing(event_id=event.id)),
        may_see_dates=may(ReadinessPermission.SEE_DATES, Thing(event_id=event.id)),
        loopback=is_loopback(),
    )


@blueprint.get("/e/<slug:event>/history")
@requires(EventPermission.SEE_HISTORY)
def history(event: Event) -> str:
    """List all that was done in the event, the newest first."""
    thing, visitors = request.args.get("thing", "").strip(), "visitors" in request.args
    found = list_history(
        event.id, page=page_number(request.args.get("page")), thing=thing or None, visitors=visitors
    )
    return render_template(
        "admin/history.html",
        found=found,
        told=tell(found.entries, labels=_labels()),
        thing=thing,
        visitors=visitors,
    )


def _labels() -> dict[str, str]:
    """Return the names of fields of all kinds of things; where they share a field, the plainest name."""
    forms = (ItemForm, CheckpointForm, ZoneForm, BoothForm)
    return history_labels() | {name: label for form in forms for name, label in labels_of(form).items()}
