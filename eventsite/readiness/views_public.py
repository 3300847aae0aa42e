"""The page behind the code of a pass: its bearer sees that it is valid, the gate lets it in and out."""

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.applications.models import Application
from eventsite.applications.queries.pack import PackLine, also_in_pack
from eventsite.events.models import Event
from eventsite.events.queries import list_facilities
from eventsite.kernel import clock
from eventsite.kernel.errors import NotFound
from eventsite.kernel.tokens import Purpose, seal, unseal
from eventsite.kernel.words import N_
from eventsite.readiness.core import judge_pass
from eventsite.readiness.enums import PASS_WORDS, SLOT_WORDS, Direction, SlotKind
from eventsite.readiness.forms import GateForm
from eventsite.readiness.models import AccessPass, Slot
from eventsite.readiness.operations import let_through
from eventsite.readiness.permissions import ReadinessPermission
from eventsite.readiness.queries import find_booking, find_pass_by_key, list_passes_of, list_scans
from eventsite.web.access import check, current_actor, may, public, refuse_archived
from eventsite.web.language import both
from eventsite.web.links import absolute
from eventsite.web.passes import keyring
from eventsite.web.qr import svg_response

blueprint = Blueprint("gate", __name__)
KEPT = "gate"  # in the session: at which gate somebody stands


@blueprint.get("/v/<token>")
@public
def show(token: str) -> Response:
    """Show whether the pass is valid: to the gate with its buttons, to everybody else without its plate."""
    return _page(_load(token), token)


@blueprint.get("/v/<token>/code.svg")
@public
def code(token: str) -> Response:
    """Draw the pass's code."""
    _load(token)
    return svg_response(absolute("gate.show", token=token))


@blueprint.post("/v/<token>")
@public
def pass_gate(token: str) -> Response | Redirect:
    """Write down that the pass goes in or out; of two gates at the same time one lets it in."""
    found = _load(token)
    check(ReadinessPermission.PASS_GATE, Thing(event_id=found.event_id))
    event: Event = g.event
    refuse_archived(event)
    form, actor, now = _form(event), current_actor(), clock.now()
    way = Direction.OUT if form.direction.data == "out" else Direction.IN
    if form.saves(lambda: let_through(actor, event, found.id, way, gate=str(form.gate.data), now=now)):
        session[KEPT] = str(form.gate.data)
        flash(
            _("In at %(gate)s.", gate=form.gate.data)
            if way is Direction.IN
            else _("Out at %(gate)s.", gate=form.gate.data),
            "ok",
        )
        return redirect(url_for(".show", token=token), 303)
    return _page(_load(token), token, form)


def token_of(found: AccessPass) -> str:
    """Return the token of a pass's code."""
    return seal(keyring(), Purpose.ACCESS, found.key)


@also_in_pack
def times_and_passes(event: Event, row: Application) -> list[PackLine]:
    """Return when an exhibitor sets up and clears, and the passes in force that are its own, for its pack."""
    times = [
        PackLine(
            **_in_both("title", SLOT_WORDS[booking.slot.kind]),
            **dict.fromkeys(("text_zh", "text_en"), f"{booking.booth.code}: {_span(event, booking.slot)}"),
        )
        for holding in row.holdings
        for kind in SlotKind
        if (booking := find_booking(holding.booth, kind)) is not None
    ]
    return [*times, *(_pass_line(event, found) for found in list_passes_of(row))]


def _pass_line(event: Event, found: AccessPass) -> PackLine:
    token = token_of(found)
    until = f"– {found.valid_until.astimezone(event.zone):%m-%d %H:%M}"
    number = f"{found.booth.code if found.booth else ''}-{found.number}"
    told = " · ".join(filter(None, (number, found.plate, found.label, until)))
    return PackLine(
        **_in_both("title", PASS_WORDS[found.kind]),
        text_zh=told,
        text_en=told,
        address=absolute("gate.show", token=token),
        image=url_for("gate.code", token=token),
    )


def _in_both(name: str, message: str) -> dict[str, str]:
    return {f"{name}_{language}": words for language, words in both(message).items()}


def _span(event: Event, slot: Slot) -> str:
    since, until = slot.starts_at.astimezone(event.zone), slot.ends_at.astimezone(event.zone)
    return f"{since:%m-%d %H:%M}–{until:%H:%M}"


def _load(token: str) -> AccessPass:
    """Return the pass; forged, foreign and unknown tokens are not found, all in the same way."""
    key = unseal(keyring(), Purpose.ACCESS, token)
    found = find_pass_by_key(key) if key else None
    event = found.event if found else None
    if found is None or event is None or not (event.is_public or current_actor().is_member(event.id)):
        raise NotFound(N_("There is no such pass."))
    g.event = event
    return found


def _form(event: Event) -> GateForm:
    gates = [place for place in list_facilities(event) if place.kind == "gate"]
    return GateForm(gates=gates, data={"gate": session.get(KEPT)})


def _page(found: AccessPass, token: str, form: GateForm | None = None) -> Response:
    now = clock.now()
    shown = {"shown": found, "token": token, "verdict": judge_pass(found.state, now).value}
    if not may(ReadinessPermission.PASS_GATE, Thing(event_id=found.event_id)):
        return make_response(render_template("readiness/pass.html", **shown))
    page = render_template(
        "readiness/gate.html", form=form or _form(g.event), scans=list_scans(found, limit=5), **shown
    )
    response = make_response(page)
    if form:
        response.status_code = form.http_status
    return response
