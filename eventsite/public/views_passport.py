"""The stamp card of a visitor, and taking it over to another phone."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from limits import RateLimitItemPerMinute
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Actor
from eventsite.checkin import queries as checkin
from eventsite.checkin.core import passes
from eventsite.checkin.operations.passes import restore_pass
from eventsite.draws import queries as draws
from eventsite.events.models import Event
from eventsite.giveaways import queries as giveaways
from eventsite.kernel.errors import DomainError
from eventsite.web.access import public
from eventsite.web.language import say
from eventsite.web.limits import spend
from eventsite.web.passes import check_proof, form_proof, give_pass, proves_origin, read_pass

blueprint = Blueprint("passport", __name__)
PER_PASS, PER_ADDRESS = RateLimitItemPerMinute(5), RateLimitItemPerMinute(60)  # a venue shares one address


@blueprint.get("/e/<slug:event>/passport", endpoint="show")
@public
def show(event: Event) -> Response:
    """Show the visitor's stamps, rewards, draw entry and prizes."""
    key = read_pass(event.slug)
    return _page(event, key or passes.new_key(), give=key is None)


@blueprint.post("/e/<slug:event>/passport/restore")
@proves_origin
@public
def restore(event: Event) -> Response | Redirect:
    """Give this phone the pass whose recovery code was typed."""
    key = read_pass(event.slug)
    check_proof(key)
    code = request.form.get("code", "")
    try:
        spend(PER_PASS, "restore", event.slug, (key or b"").hex())
        spend(PER_ADDRESS, "restore", event.slug, request.remote_addr or "")
        restored = restore_pass(_visitor(), event, code)
    except DomainError as error:
        response = _page(event, key or passes.new_key(), give=key is None, error=say(error), typed=code)
        response.status_code = error.status
        return response
    response = make_response(redirect(url_for("passport.show", event=event.slug), 303))
    return give_pass(response, event.slug, restored)


def _page(event: Event, key: bytes, *, give: bool, error: str = "", typed: str = "") -> Response:
    visitor = checkin.find_pass(event, key)
    page = render_template(
        "public/passport.html",
        visitor=visitor,
        card=checkin.stamp_card(event, visitor),
        rally=checkin.find_rally(event),
        rewards=giveaways.list_rewards(event),
        raffle=draws.find_raffle(event),
        awards=draws.list_awards_of(event, visitor.id) if visitor else (),
        upcoming=draws.find_next_draw(event),
        proof=form_proof(key),
        error=error,
        typed=typed,
    )
    response = make_response(page)
    return give_pass(response, event.slug, key) if give else response


def _visitor() -> Actor:
    return Actor(ref="visitor", label="visitor", origin=request.remote_addr or "")
