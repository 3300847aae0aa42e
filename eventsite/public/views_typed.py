"""The typed twins of printed codes: eight letters and digits lead to what the printed code opens.

A code is one of 2^40. With 16,384 known, more than a large fair has of checkpoints, prizes, passes and
vouchers, one guess in 2^26 hits any of them. An address guesses 1,200 times an hour and finds one in six
years, a thousand addresses in two days. A venue shares one address, so the team and whoever has been stamped
have counters of their own, which strangers do not use up: thirty guesses a day for a stamped pass. One hit
takes two million, each with a logged stamp.

A troupe's link has one: who guesses it reads times that are public, and can say that the troupe comes.
An exhibitor's private link has none: whoever has it changes the application, which 40 bits do not guard,
and the database holds nothing that it could be made from.
"""

from flask import Blueprint, redirect, request, url_for
from limits import RateLimitItemPerDay, RateLimitItemPerHour, RateLimitItemPerMinute
from werkzeug.wrappers import Response as Redirect

from eventsite.checkin.models import VisitorPass
from eventsite.checkin.queries import find_by_typed_code, find_pass
from eventsite.draws.queries import find_award_by_typed_code
from eventsite.events.queries import list_events
from eventsite.kernel.errors import NotFound
from eventsite.kernel.tokens import Purpose, read_typed, seal
from eventsite.kernel.words import N_
from eventsite.readiness.queries import find_pass_by_typed_code
from eventsite.showcase.queries import find_taken_by_typed_code
from eventsite.troupes.queries import body_of_access
from eventsite.troupes.queries import find_by_typed_code as find_troupe_by_typed_code
from eventsite.troupes.views_public.doors import sealer, token_of
from eventsite.web.access import current_actor, public
from eventsite.web.limits import Tries
from eventsite.web.passes import keyring, read_pass

blueprint = Blueprint("typed", __name__)
PER_MEMBER = (RateLimitItemPerMinute(30, namespace="typed-member"),)
PER_PASS = (
    RateLimitItemPerMinute(10, namespace="typed-pass"),
    RateLimitItemPerDay(30, namespace="typed-pass-day"),
)
PER_ADDRESS = (
    RateLimitItemPerMinute(120, namespace="typed-address"),
    RateLimitItemPerHour(1200, namespace="typed-address-hour"),
)


@blueprint.get("/x/<code:code>")
@public
def follow(code: str) -> Redirect:
    """Lead from a typed code to what the printed one opens; wrong ones are counted."""
    tries = _tries()
    tries.refuse_spent()
    address = _address_of(read_typed(code))
    if address is None:
        tries.note()
        raise NotFound(N_("There is no such code. Please check its letters and digits."))
    return redirect(address, 302)


def _tries() -> Tries:
    """Return what counts the reader's wrong codes."""
    actor = current_actor()
    if actor.grants:
        return Tries((actor.ref,), PER_MEMBER)
    visitor = _stamped_pass()
    if visitor is not None:
        return Tries((str(visitor.id),), PER_PASS)
    return Tries((request.remote_addr or "",), PER_ADDRESS)


def _stamped_pass() -> VisitorPass | None:
    """Return a pass of the phone that has a stamp; one without is given to everybody and bounds nothing."""
    for event in list_events():
        key = read_pass(event.slug) if event.is_public else None
        visitor = find_pass(event, key) if key else None
        if visitor is not None and visitor.stamps:
            return visitor
    return None


def _address_of(code: str) -> str | None:
    checkpoint = find_by_typed_code(code)
    if checkpoint is not None:
        return url_for("checkin.show", token=seal(keyring(), Purpose.CHECKPOINT, checkpoint.key))
    award = find_award_by_typed_code(code)
    if award is not None:
        return url_for("redeem.show", token=seal(keyring(), Purpose.REDEEM, award.key))
    access = find_pass_by_typed_code(code)
    if access is not None:
        return url_for("gate.show", token=seal(keyring(), Purpose.ACCESS, access.key))
    voucher = find_taken_by_typed_code(code)
    if voucher is not None:
        return url_for("redeem.show", token=seal(keyring(), Purpose.REDEEM, voucher.key))
    troupe = find_troupe_by_typed_code(code)
    body = body_of_access(troupe, sealer())
    return url_for("troupes.page", token=token_of(body)) if body else None
