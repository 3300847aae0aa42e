"""The events, an event's first screen, and the typed twins of printed codes."""

from flask import Blueprint, redirect, render_template, request, url_for
from limits import RateLimitItemPerMinute
from werkzeug.wrappers import Response as Redirect

from eventsite.agreements.queries import list_agreements
from eventsite.checkin import queries as checkin
from eventsite.draws.queries import find_award_by_typed_code, find_raffle
from eventsite.events.core import current_day, phase_at
from eventsite.events.models import Event
from eventsite.events.queries import list_events, list_zones, open_days
from eventsite.helpdesk.queries import list_notices
from eventsite.kernel import clock
from eventsite.kernel.errors import NotFound
from eventsite.kernel.tokens import Purpose, read_typed, seal
from eventsite.kernel.words import N_
from eventsite.programme.queries import current_release, now_next
from eventsite.web.access import public
from eventsite.web.limits import note, refuse_spent
from eventsite.web.passes import keyring, read_pass

blueprint = Blueprint("public", __name__)
WRONG_CODES = RateLimitItemPerMinute(120)  # an address; a venue shares one
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


@blueprint.get("/x/<code:code>")
@public
def typed(code: str) -> Redirect:
    """Lead from a typed code to what the printed one opens; wrong ones are counted."""
    refuse_spent(WRONG_CODES, "typed", request.remote_addr or "")
    address = _address_of(read_typed(code))
    if address is None:
        note(WRONG_CODES, "typed", request.remote_addr or "")
        raise NotFound(N_("There is no such code. Please check its letters and digits."))
    return redirect(address, 302)


def _address_of(code: str) -> str | None:
    checkpoint = checkin.find_by_typed_code(code)
    if checkpoint is not None:
        return url_for("checkin.show", token=seal(keyring(), Purpose.CHECKPOINT, checkpoint.key))
    award = find_award_by_typed_code(code)
    if award is not None:
        return url_for("redeem.show", token=seal(keyring(), Purpose.REDEEM, award.key))
    return None
