"""The team's pages of the stamp rally: checkpoints, their codes to print, and how many stamps they gave."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.audit.queries import history_of
from eventsite.checkin import queries, sheets
from eventsite.checkin.core.codes import DEFAULT_PERIOD, code_of, seconds_left, window_at
from eventsite.checkin.enums import CODE_MODES, CODE_MODES_EXPLAINED, CodeMode
from eventsite.checkin.forms import CheckpointForm, StaffCardForm, UnmarkForm
from eventsite.checkin.models import Checkpoint, StampRally
from eventsite.checkin.operations.checkpoints import edit_checkpoint, renew_codes
from eventsite.checkin.operations.staff import mark_card, unmark_card
from eventsite.checkin.permissions import CheckinPermission, checkpoint_thing
from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.kernel.tokens import Purpose, seal
from eventsite.web.access import current_actor, may, requires
from eventsite.web.forms import EditForm, labels_of
from eventsite.web.history import tell
from eventsite.web.language import word
from eventsite.web.links import absolute, is_loopback
from eventsite.web.lists import list_page, render_list, searched
from eventsite.web.passes import keyring
from eventsite.web.qr import svg_response

blueprint = Blueprint("checkin_admin", __name__, url_prefix="/admin/e/<slug:event>/checkin")
blueprint.add_app_template_filter(partial(word, CODE_MODES), "code_mode")
blueprint.add_app_template_filter(partial(word, CODE_MODES_EXPLAINED), "code_mode_explained")


@dataclass(frozen=True, kw_only=True)
class Sign:
    """What lets visitors stamp at a checkpoint: the printed code, and digits that hold for some seconds more.

    Whoever sees it can stamp from anywhere, so that it is for who may show it there.
    """

    address: str
    typed_address: str
    digits: str
    seconds: int


def checkpoint_scopes(event: Event, checkpoint_id: int) -> frozenset[str]:
    """Return what the checkpoint of an address lies in, for `@requires`."""
    return checkpoint_thing(queries.get_checkpoint(event, checkpoint_id)).scopes


@list_page(blueprint, "/", file="checkpoints")
@requires(CheckinPermission.SEE_CHECKPOINTS)
def checkpoints(event: Event) -> Any:
    """List the checkpoints with the stamps they have given."""
    return render_list(
        "checkin/admin/checkpoints.html",
        searched(queries.list_checkpoints(event)),
        stamps=queries.count_stamps(event),
        passes=queries.count_passes(event),
        rally=queries.find_rally(event),
        loopback=is_loopback(),
        table=sheets.CHECKPOINTS,
    )


@list_page(blueprint, "/staff-cards")
@requires(CheckinPermission.SEE_STAFF_CARDS)
def staff_cards(event: Event) -> Any:
    """List the team's stamp cards, with the form that marks one by its entry code."""
    return _cards_page(event, StaffCardForm(entry=request.args.get("entry", "")))


@blueprint.post("/staff-cards")
@requires(CheckinPermission.MARK_STAFF_CARDS)
def mark(event: Event) -> tuple[str, int] | Redirect:
    """Mark a stamp card as the team's."""
    form = StaffCardForm()
    if form.saves(lambda: mark_card(current_actor(), event, str(form.entry.data))):
        flash(_("Marked: the card is on no list of entries that is frozen from now on."), "ok")
        return redirect(url_for(".staff_card", event=event.slug, entry=form.answer.entry_code), 303)
    return _cards_page(event, form), form.http_status


@blueprint.get("/staff-cards/<code:entry>")
@requires(CheckinPermission.SEE_STAFF_CARDS)
def staff_card(event: Event, entry: str) -> str:
    """Show a stamp card with what was marked on it, and to organizers the way back."""
    return _card_page(event, entry, UnmarkForm())


@blueprint.post("/staff-cards/<code:entry>/unmark")
@requires(CheckinPermission.UNMARK_STAFF_CARDS)
def unmark(event: Event, entry: str) -> tuple[str, int] | Redirect:
    """Take a mark back, with a reason."""
    queries.get_card(event, entry)
    form = UnmarkForm()
    if form.saves(lambda: unmark_card(current_actor(), event, entry, reason=str(form.reason.data))):
        flash(_("Taken back: the card is on the lists of entries that are frozen from now on."), "ok")
        return redirect(url_for(".staff_card", event=event.slug, entry=entry), 303)
    return _card_page(event, entry, form), form.http_status


@blueprint.get("/<int:checkpoint_id>")
@requires(CheckinPermission.SEE_CHECKPOINTS)
def checkpoint(event: Event, checkpoint_id: int) -> str:
    """Show a checkpoint with its form and history; its sign and digits to who may show them."""
    shown = queries.get_checkpoint(event, checkpoint_id)
    return _page(event, shown, CheckpointForm(before=shown.details, version=shown.version))


@blueprint.post("/<int:checkpoint_id>")
@requires(CheckinPermission.EDIT_CHECKPOINTS, scopes=checkpoint_scopes)
def edit(event: Event, checkpoint_id: int) -> tuple[str, int] | Redirect:
    """Save a checkpoint; somebody else's newer save is shown beside the reader's, and nothing is written."""
    form = CheckpointForm(before=queries.get_checkpoint(event, checkpoint_id).details)
    if form.saves(
        lambda: edit_checkpoint(current_actor(), event, checkpoint_id, form.facts, version=form.read_at)
    ):
        flash(_("Saved."), "ok")
        return redirect(url_for(".checkpoint", event=event.slug, checkpoint_id=checkpoint_id), 303)
    return _page(event, queries.get_checkpoint(event, checkpoint_id), form), form.http_status


@blueprint.post("/<int:checkpoint_id>/renew")
@requires(CheckinPermission.EDIT_CHECKPOINTS, scopes=checkpoint_scopes)
def renew(event: Event, checkpoint_id: int) -> tuple[str, int] | Redirect:
    """Make new codes for a checkpoint."""
    renewal = EditForm()
    if renewal.saves(lambda: renew_codes(current_actor(), event, checkpoint_id, version=renewal.read_at)):
        flash(_("New codes are in force. Signs printed before no longer work: print the new one."), "ok")
        return redirect(url_for(".checkpoint", event=event.slug, checkpoint_id=checkpoint_id), 303)
    shown = queries.get_checkpoint(event, checkpoint_id)
    form = CheckpointForm(formdata=None, before=shown.details, version=shown.version)
    return _page(event, shown, form, renewal), renewal.http_status


@blueprint.get("/<int:checkpoint_id>/code.svg")
@requires(CheckinPermission.SHOW_CODES, scopes=checkpoint_scopes)
def code(event: Event, checkpoint_id: int) -> Response:
    """Draw the checkpoint's printed code."""
    return svg_response(_address(queries.get_checkpoint(event, checkpoint_id)))


def _cards_page(event: Event, form: StaffCardForm) -> Any:
    return render_list(
        "checkin/admin/staff_cards.html",
        searched(queries.list_staff_cards(event)),
        form=form,
        may_mark=may(CheckinPermission.MARK_STAFF_CARDS, Thing(event_id=event.id)),
        table=sheets.STAFF_CARDS,
    )


def _card_page(event: Event, entry: str, form: UnmarkForm) -> str:
    card = queries.get_card(event, entry)
    return render_template(
        "checkin/admin/staff_card.html",
        card=card,
        form=form,
        may_unmark=may(CheckinPermission.UNMARK_STAFF_CARDS, Thing(event_id=event.id)),
        history=tell(history_of(event.id, f"pass:{card.id}"), labels={}),
    )


def _page(event: Event, checkpoint: Checkpoint, form: CheckpointForm, renewal: EditForm | None = None) -> str:
    rally = queries.find_rally(event)
    thing = checkpoint_thing(checkpoint)
    return render_template(
        "checkin/admin/checkpoint.html",
        checkpoint=checkpoint,
        form=form,
        renewal=renewal,
        mode=checkpoint.mode(rally),
        sign=_sign(checkpoint, rally) if may(CheckinPermission.SHOW_CODES, thing) else None,
        loopback=is_loopback(),
        may_edit=may(CheckinPermission.EDIT_CHECKPOINTS, thing),
        history=tell(
            history_of(event.id, f"checkpoint:{checkpoint.id}", without="stamp"),
            labels=labels_of(CheckpointForm),
        ),
    )


def _sign(checkpoint: Checkpoint, rally: StampRally | None) -> Sign:
    period = (rally.code_period_seconds if rally else None) or DEFAULT_PERIOD
    now = clock.now()
    rotates = checkpoint.mode(rally) is CodeMode.ROTATING_CODE
    return Sign(
        address=_address(checkpoint),
        typed_address=absolute("typed.follow", code=checkpoint.typed_code),
        digits=code_of(checkpoint.secret, window_at(now, period)) if rotates else "",
        seconds=seconds_left(now, period),
    )


def _address(checkpoint: Checkpoint) -> str:
    return absolute("checkin.show", token=seal(keyring(), Purpose.CHECKPOINT, checkpoint.key))
