"""The stamp card of a visitor, and taking it over to another phone."""

from collections.abc import Callable
from functools import wraps
from typing import cast
from zoneinfo import ZoneInfo

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from limits import RateLimitItemPerMinute
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Actor, Thing
from eventsite.checkin import queries as checkin
from eventsite.checkin.core import passes
from eventsite.checkin.operations.passes import restore_pass
from eventsite.checkin.operations.staff import mark_own_card
from eventsite.checkin.permissions import CheckinPermission
from eventsite.draws import queries as draws
from eventsite.events.models import Event
from eventsite.giveaways import queries as giveaways
from eventsite.kernel.errors import DomainError
from eventsite.public.queries import PassportSight, look_at_passport
from eventsite.web.access import current_actor, may, public, requires
from eventsite.web.blanks import blank, blank_moment, fill, kept_page, words_of_moment
from eventsite.web.language import say
from eventsite.web.limits import note, refuse_spent
from eventsite.web.passes import check_proof, form_proof, give_pass, proves_origin, read_pass
from eventsite.web.site import Answer, Ask

blueprint = Blueprint("passport", __name__)
# Wrong recovery codes. A code is one of 2^50: with 2^17 cards out, an address finds one in 27 years. A new
# phone has no stamped pass to be counted by, and a venue shares one address, so the limit is wide.
WRONG_CODES = RateLimitItemPerMinute(600, namespace="restore")


def from_sight(view: Callable[..., str]) -> Callable[..., Response]:
    """Answer with the kept page of this state of the card, filled in; the view renders what is not kept."""

    @wraps(view)
    def answer(event: str) -> Response:
        own = read_pass(event)
        key = own or passes.new_key()
        known: dict[str, int] = current_app.extensions.setdefault("events", {})
        sight = g.sight = look_at_passport(event, own, known.get(event, 0))
        if sight:
            known[event] = sight.event_id
        state = sight.state if sight and not _may_mark(sight) else None
        page = kept_page(state, lambda: view(event=event))
        response = Answer(fill(page, _words(sight, key)))
        return response if own else give_pass(response, event, key)

    return answer


@blueprint.get("/e/<slug:event>/passport", endpoint="show")
@from_sight
@public
def show(event: Event) -> str:
    """Show the visitor's stamps, rewards, draw entry and prizes."""
    return _render(event, g.sight)


@blueprint.post("/e/<slug:event>/passport/restore")
@proves_origin
@public
def restore(event: Event) -> Response | Redirect:
    """Give this phone the pass whose recovery code was typed."""
    key = read_pass(event.slug)
    check_proof(key)
    code = request.form.get("code", "")
    try:
        refuse_spent(WRONG_CODES, request.remote_addr or "")
        restored = restore_pass(_visitor(), event, code)
    except DomainError as error:
        note(WRONG_CODES, request.remote_addr or "")
        holder, sight = key or passes.new_key(), look_at_passport(event.slug, key)
        page = _render(event, sight, error=say(error), typed=code).encode()
        response = make_response(fill(page, _words(sight, holder)), error.status)
        return response if key else give_pass(response, event.slug, holder)
    response = make_response(redirect(url_for("passport.show", event=event.slug), 303))
    return give_pass(response, event.slug, restored)


@blueprint.post("/e/<slug:event>/passport/staff")
@requires(CheckinPermission.OWN_CARD)
def mark_own(event: Event) -> Redirect:
    """Mark the stamp card of this phone as one of the team, who take part in no draw."""
    mark_own_card(current_actor(), event, read_pass(event.slug) or passes.new_key())
    return redirect(url_for("passport.show", event=event.slug), 303)


def _may_mark(sight: PassportSight | None) -> bool:
    """Tell whether the reader has signed in as a member of the team; visitors' requests are not asked."""
    if sight is None or cast("Ask", request).of_visitor:
        return False
    return may(CheckinPermission.OWN_CARD, Thing(event_id=sight.event_id))


def _render(event: Event, sight: PassportSight | None, *, error: str = "", typed: str = "") -> str:
    """Render the page of a state, with blanks for what is the visitor's own."""
    visitor = sight.holding if sight else None
    return render_template(
        "public/passport.html",
        visitor=visitor,
        card=checkin.card_with(event, visitor.first if visitor else {}),
        moments={place: blank_moment(f"at{place}") for place in (visitor.first if visitor else ())},
        rally=checkin.find_rally(event),
        rewards=giveaways.list_rewards(event),
        raffle=draws.find_raffle(event),
        awards=draws.list_awards_of(event, visitor.pass_id) if visitor else (),
        upcoming=draws.find_next_draw(event),
        may_mark=_may_mark(sight),
        entry=blank("entry"),
        recovery=blank("recovery"),
        proof=blank("proof"),
        error=error,
        typed=typed,
    )


def _words(sight: PassportSight | None, key: bytes) -> dict[str, str]:
    """Return what is this visitor's own: the proof of the form, and of a stamped pass its codes and times."""
    words = {"proof": form_proof(key)}
    if sight is None or sight.holding is None:
        return words
    visitor, zone = sight.holding, ZoneInfo(sight.timezone)
    for place, at in visitor.first.items():
        words |= words_of_moment(f"at{place}", at, zone)
    return words | {
        "entry": " ".join((visitor.entry_code[:4], visitor.entry_code[4:8], visitor.entry_code[8:])),
        "recovery": f"{visitor.recovery_code[:5]} {visitor.recovery_code[5:]}",
    }


def _visitor() -> Actor:
    return Actor(ref="visitor", label="visitor", origin=request.remote_addr or "")
