"""The page behind a prize or voucher code: a visitor sees its state, staff hand over or take it there."""

from datetime import timedelta

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.audit.queries import history_of
from eventsite.draws.enums import AwardState, HandOverKind
from eventsite.draws.models import Award, HandOver
from eventsite.draws.operations import hand_over_award, undo_hand_over
from eventsite.draws.permissions import DrawsPermission
from eventsite.draws.queries import find_award_by_key
from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.kernel.errors import NotFound
from eventsite.kernel.tokens import Purpose, seal, unseal
from eventsite.kernel.words import N_
from eventsite.redeem.forms import HandOverForm, UndoForm
from eventsite.showcase.models import TakenVoucher
from eventsite.showcase.operations.vouchers import use_voucher
from eventsite.showcase.permissions import ShowcasePermission, voucher_thing
from eventsite.showcase.queries import event_of, find_taken_by_key
from eventsite.web.access import check, current_actor, may, public, refuse_archived
from eventsite.web.forms import AdminForm
from eventsite.web.history import tell
from eventsite.web.links import absolute
from eventsite.web.passes import keyring
from eventsite.web.qr import svg_response

blueprint = Blueprint("redeem", __name__)
DOUBLE_TAP = timedelta(seconds=20)  # within it the same person's second press is a finger, not a second prize


@blueprint.app_template_global()
def redeem_token(award: Award) -> str:
    """Return the token of a prize's code."""
    return seal(keyring(), Purpose.REDEEM, award.key)


@blueprint.app_template_global()
def typed_address(won: Award | TakenVoucher) -> str:
    """Return the short address that staff or partners type where a code cannot be read."""
    return absolute("typed.follow", code=won.typed_code)


@blueprint.get("/r/<token>")
@public
def show(token: str) -> Response:
    """Show the prize or voucher: to staff with what they do next, to everybody else its state."""
    taken = _find_voucher(token)
    if taken is not None:
        return _voucher_page(taken, token)
    award = _load(token)
    return _page(award, token)


@blueprint.get("/r/<token>/code.svg")
@public
def code(token: str) -> Response:
    """Draw the code of the prize or voucher."""
    if _find_voucher(token) is None:
        _load(token)
    return svg_response(absolute("redeem.show", token=token))


@blueprint.post("/r/<token>")
@public
def hand_over(token: str) -> Response | Redirect:
    """Hand the prize over or take the voucher, exactly once; whoever comes second is told of the first."""
    taken = _find_voucher(token)
    if taken is not None:
        return _use(taken, token)
    award = _load_for_staff(token)
    event: Event = g.event
    form = HandOverForm()
    actor, now = current_actor(), clock.now()

    def act() -> None:
        receipt = hand_over_award(actor, event, award.id, place=str(form.place.data), now=now)
        first = receipt.hand_over
        if not receipt.fresh and (first.by != actor.ref or now - first.at > DOUBLE_TAP):
            flash(_("This prize was handed over before. Do not hand over a second one."), "bad")

    if form.saves(act):
        return redirect(url_for("redeem.show", token=token), 303)
    return _page(_load(token), token, form=form)


@blueprint.post("/r/<token>/undo")
@public
def undo(token: str) -> Response | Redirect:
    """Take the hand-over back, with a reason."""
    award = _load_for_staff(token)
    event: Event = g.event
    form = UndoForm()
    now = clock.now()
    if form.saves(
        lambda: undo_hand_over(current_actor(), event, award.id, reason=str(form.reason.data), now=now)
    ):
        flash(_("Taken back. The prize is to be claimed again."), "ok")
        return redirect(url_for("redeem.show", token=token), 303)
    return _page(_load(token), token, undo_form=form)


def _find_voucher(token: str) -> TakenVoucher | None:
    """Return the visitor's city voucher behind a token, if it is one."""
    key = unseal(keyring(), Purpose.REDEEM, token)
    taken = find_taken_by_key(key) if key else None
    event = event_of(taken) if taken else None
    if taken is None or event is None or not event.is_public:
        return None
    g.event = event
    return taken


def _use(taken: TakenVoucher, token: str) -> Response | Redirect:
    """Take the voucher as its partner."""
    check(ShowcasePermission.USE_VOUCHER, voucher_thing(taken.voucher))
    event: Event = g.event
    form, actor, now = AdminForm(), current_actor(), clock.now()

    def act() -> None:
        receipt = use_voucher(actor, event, taken.id, now=now)
        first = receipt.taken
        assert first.used_at is not None
        if not receipt.fresh and (first.used_by != actor.ref or now - first.used_at > DOUBLE_TAP):
            flash(_("This voucher was used before. Do not take it a second time."), "bad")

    if form.saves(act):
        return redirect(url_for("redeem.show", token=token), 303)
    return _voucher_page(taken, token, form)


def _voucher_page(taken: TakenVoucher, token: str, form: AdminForm | None = None) -> Response:
    event: Event = g.event
    today = clock.now().astimezone(event.zone).date()
    values = {"taken": taken, "offer": taken.voucher, "over": today > taken.voucher.valid_until}
    if not may(ShowcasePermission.USE_VOUCHER, voucher_thing(taken.voucher)):
        return make_response(render_template("redeem/voucher.html", token=token, **values))
    history = tell(history_of(taken.event_id, f"taken_voucher:{taken.id}"), labels={})
    form = form or AdminForm(formdata=None)
    page = render_template("redeem/take_voucher.html", token=token, form=form, history=history, **values)
    return make_response(page, form.http_status)


def _load(token: str) -> Award:
    """Return the prize; forged, foreign and unknown tokens are not found, all in the same way."""
    key = unseal(keyring(), Purpose.REDEEM, token)
    award = find_award_by_key(key) if key else None
    if award is None or not award.draw.event.is_public:
        raise NotFound(N_("There is no such prize."))
    g.event = award.draw.event
    return award


def _load_for_staff(token: str) -> Award:
    award = _load(token)
    check(DrawsPermission.HAND_OVER, Thing(event_id=award.event_id))
    refuse_archived(award.draw.event)
    return award


def _page(
    award: Award, token: str, *, form: HandOverForm | None = None, undo_form: UndoForm | None = None
) -> Response:
    if not may(DrawsPermission.HAND_OVER, Thing(event_id=award.event_id)):
        return make_response(render_template("redeem/visitor.html", award=award))
    page = render_template(
        "redeem/staff.html",
        award=award,
        token=token,
        last=_standing_hand_over(award),
        late=award.state is AwardState.WON and clock.now() >= award.claim_until,
        form=form or HandOverForm(formdata=None, data={"place": award.claim_place}),
        undo_form=undo_form or UndoForm(formdata=None),
        history=tell(history_of(award.event_id, f"award:{award.id}"), labels={}),
    )
    response = make_response(page)
    refused = form or undo_form
    if refused:
        response.status_code = refused.http_status
    return response


def _standing_hand_over(award: Award) -> HandOver | None:
    """Return the hand-over that stands, `None` where there is none or it was taken back."""
    last = award.hand_overs[-1] if award.hand_overs else None
    return last if last and last.kind is HandOverKind.HANDED else None
