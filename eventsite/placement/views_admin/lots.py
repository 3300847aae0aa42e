"""The console of a public lot: where it stands, and the one act that comes next."""

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.audit.queries import history_of
from eventsite.events.models import Event
from eventsite.events.queries import list_zones
from eventsite.kernel import clock
from eventsite.placement import queries
from eventsite.placement.enums import LOT_MOVES, LotStatus
from eventsite.placement.forms import DigitsForm, LotForm, VoidForm
from eventsite.placement.models import Lot
from eventsite.placement.operations import lots as operations
from eventsite.placement.permissions import PlacementPermission
from eventsite.placement.views_admin import blueprint
from eventsite.placement.views_public import turns_of
from eventsite.web.access import current_actor, may, requires
from eventsite.web.forms import AdminForm, labels_of
from eventsite.web.history import tell

Answer = tuple[str, int] | Redirect


@blueprint.route("/lots/new", methods=["GET", "POST"])
@requires(PlacementPermission.PLACE_EXHIBITORS)
def new_lot(event: Event) -> Answer:
    """Prepare a lot."""
    form = LotForm(zones=list_zones(event))
    if form.saves(
        lambda: operations.create_lot(
            current_actor(),
            event,
            code=form.code.data or "",
            title_zh=form.title_zh.data or "",
            title_en=form.title_en.data or "",
            zone=form.zone.data or "",
            category=form.category.data or "",
            now=clock.now(),
        )
    ):
        return redirect(url_for(".lot", event=event.slug, code=form.answer.code), 303)
    return render_template("placement/admin/new_lot.html", form=form), form.http_status


@blueprint.get("/lots/<code:code>")
@requires(PlacementPermission.SEE_PLACEMENT)
def lot(event: Event, code: str) -> str:
    """Show a lot with the one act that comes next."""
    return _lot_page(event, queries.get_lot(event, code))


@blueprint.post(
    "/lots/<code:code>/<any('propose-freeze', 'withdraw-freeze', 'confirm-freeze', 'apply'):button>"
)
@requires(PlacementPermission.PLACE_EXHIBITORS)
def push(event: Event, code: str, button: str) -> Answer:
    """Do one of the acts that are a button alone."""
    form, actor = AdminForm(), current_actor()
    acts = {
        "propose-freeze": lambda: operations.propose_freeze(actor, event, code, now=clock.now()),
        "withdraw-freeze": lambda: operations.withdraw_freeze(actor, event, code),
        "confirm-freeze": lambda: operations.confirm_freeze(actor, event, code, now=clock.now()),
        "apply": lambda: operations.apply_lot(actor, event, code),
    }
    if form.saves(acts[button]):
        return redirect(url_for(".lot", event=event.slug, code=code), 303)
    return _lot_page(event, queries.get_lot(event, code), refused=form), form.http_status


@blueprint.post("/lots/<code:code>/draw")
@requires(PlacementPermission.PLACE_EXHIBITORS)
def draw(event: Event, code: str) -> Answer:
    """Draw the order from the digits."""
    form = DigitsForm()
    if form.saves(
        lambda: operations.draw_lot(
            current_actor(), event, code, digits=form.digits.data or "", now=clock.now()
        )
    ):
        return redirect(url_for(".lot", event=event.slug, code=code), 303)
    return _lot_page(event, queries.get_lot(event, code), digits=form), form.http_status


@blueprint.post("/lots/<code:code>/void")
@requires(PlacementPermission.PLACE_EXHIBITORS)
def void(event: Event, code: str) -> Answer:
    """Declare a lot void."""
    form = VoidForm()
    if form.saves(lambda: operations.void_lot(current_actor(), event, code, reason=form.reason.data or "")):
        return redirect(url_for(".lot", event=event.slug, code=code), 303)
    return _lot_page(event, queries.get_lot(event, code), voiding=form), form.http_status


def _lot_page(event: Event, shown: Lot, **forms: Any) -> str:
    return render_template(
        "placement/admin/lot.html",
        lot=shown,
        turns=turns_of(event, shown) if shown.freeze else [],
        takers=[] if shown.freeze else _takers(event, shown),
        may_void=LotStatus.VOIDED in LOT_MOVES[shown.status],
        may_place=may(PlacementPermission.PLACE_EXHIBITORS, Thing(event_id=event.id)),
        reader=current_actor().ref,
        history=tell(history_of(event.id, f"lot:{shown.id}"), labels=labels_of(LotForm)),
        **{"refused": None, "digits": DigitsForm(formdata=None), "voiding": VoidForm(formdata=None)} | forms,
    )


def _takers(event: Event, lot: Lot) -> list[str]:
    task = queries.task_for(event, zone=lot.zone.code if lot.zone else "", category=lot.category)
    return [unit.name for unit in task.units if not unit.fixed]
