"""The team's pages of circuits: what they carry, and which booths hang on them."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.audit.queries import history_of
from eventsite.events.models import Event, Zone
from eventsite.events.queries import list_zones
from eventsite.market import operations, queries, sheets
from eventsite.market.core import load_by
from eventsite.market.forms import CircuitForm, ConnectForm
from eventsite.market.models import Booth, Circuit
from eventsite.market.permissions import MarketPermission, booth_thing, zone_thing
from eventsite.market.views_admin import blueprint
from eventsite.web.access import current_actor, may, requires
from eventsite.web.forms import EditForm, labels_of
from eventsite.web.history import tell
from eventsite.web.lists import list_page, render_list, searched


def circuit_scopes(event: Event, code: str) -> frozenset[str]:
    """Return what the circuit of an address lies in, for `@requires`."""
    return zone_thing(queries.get_circuit(event, code).zone).scopes


@list_page(blueprint, "/circuits")
@requires(MarketPermission.SEE_BOOTHS)
def circuits(event: Event) -> Any:
    """List the circuits with what is announced on them."""
    return render_list(
        "market/admin/circuits.html",
        searched(queries.list_circuits(event)),
        loads=load_by(queries.list_things(event), "circuit"),
        may_add=may(MarketPermission.ADD_CIRCUIT, Thing(event_id=event.id)),
        table=sheets.CIRCUITS,
    )


@blueprint.route("/new-circuit", methods=["GET", "POST"])
@requires(MarketPermission.ADD_CIRCUIT)
def new_circuit(event: Event) -> tuple[str, int] | Redirect:
    """Add a circuit to a zone where the reader may edit circuits."""
    zones = _zones(event)
    if not zones:
        flash(_("There is no zone whose circuits you may edit."), "warn")
        return redirect(url_for(".circuits", event=event.slug), 303)
    form = CircuitForm(zones=zones)
    if form.saves(lambda: operations.create_circuit(current_actor(), event, form.facts)):
        flash(_("Circuit %(code)s is added.", code=form.facts.code), "ok")
        return redirect(url_for(".circuit", event=event.slug, code=form.facts.code), 303)
    return render_template("market/admin/new_circuit.html", form=form), form.http_status


@blueprint.get("/circuits/<code:code>")
@requires(MarketPermission.SEE_BOOTHS)
def circuit(event: Event, code: str) -> str:
    """Show a circuit with its form, the booths on it and its history."""
    return _page(event, queries.get_circuit(event, code))


@blueprint.post("/circuits/<code:code>")
@requires(MarketPermission.EDIT_CIRCUIT, scopes=circuit_scopes)
def edit_circuit(event: Event, code: str) -> tuple[str, int] | Redirect:
    """Save a circuit; somebody else's newer save is shown beside the reader's, and nothing is written."""
    form = _form(event, queries.get_circuit(event, code))
    if form.saves(
        lambda: operations.edit_circuit(current_actor(), event, code, form.facts, version=form.read_at)
    ):
        flash(_("Circuit %(code)s is saved.", code=form.facts.code), "ok")
        return redirect(url_for(".circuit", event=event.slug, code=form.facts.code), 303)
    return _page(event, queries.get_circuit(event, code), form=form), form.http_status


@blueprint.post("/circuits/<code:code>/booths")
@requires(MarketPermission.EDIT_CIRCUIT, scopes=circuit_scopes)
def connect_booths(event: Event, code: str) -> tuple[str, int] | Redirect:
    """Say which booths hang on a circuit; those that the reader may not place stay where they hang."""
    shown = queries.get_circuit(event, code)
    offered = _offered(event)
    form = ConnectForm(offered=offered)
    kept = {booth.code for booth in _on(event, shown)} - {booth.code for booth in offered}
    if form.saves(
        lambda: operations.connect_booths(current_actor(), event, code, {*kept, *(form.booths.data or ())})
    ):
        flash(ngettext("%(num)s booth is moved.", "%(num)s booths are moved.", form.answer), "ok")
        return redirect(url_for(".circuit", event=event.slug, code=code), 303)
    return _page(event, shown, connecting=form), form.http_status


@blueprint.post("/circuits/<code:code>/remove")
@requires(MarketPermission.EDIT_CIRCUIT, scopes=circuit_scopes)
def remove_circuit(event: Event, code: str) -> tuple[str, int] | Redirect:
    """Remove a circuit on which no booth hangs."""
    removal = EditForm()
    if removal.saves(
        lambda: operations.remove_circuit(current_actor(), event, code, version=removal.read_at)
    ):
        flash(_("Circuit %(code)s is removed.", code=code), "ok")
        return redirect(url_for(".circuits", event=event.slug), 303)
    return _page(event, queries.get_circuit(event, code), removal=removal), removal.http_status


def _zones(event: Event) -> list[Zone]:
    return [zone for zone in list_zones(event) if may(MarketPermission.EDIT_CIRCUIT, zone_thing(zone))]


def _form(event: Event, circuit: Circuit, **more: Any) -> CircuitForm:
    zones = [*_zones(event)] or [circuit.zone]
    return CircuitForm(zones=zones, before=circuit.facts, version=circuit.version, **more)


def _on(event: Event, circuit: Circuit) -> list[Booth]:
    return [booth for booth in queries.list_booths(event) if booth.circuit_id == circuit.id]


def _offered(event: Event) -> list[Booth]:
    booths = queries.list_booths(event)
    return [booth for booth in booths if may(MarketPermission.PLACE_BOOTH, booth_thing(booth))]


def _page(
    event: Event,
    circuit: Circuit,
    *,
    form: CircuitForm | None = None,
    connecting: ConnectForm | None = None,
    removal: EditForm | None = None,
) -> str:
    held = _on(event, circuit)
    offered = [booth for booth in _offered(event) if booth.zone_id == circuit.zone_id or booth in held]
    chosen = [booth.code for booth in held]
    return render_template(
        "market/admin/circuit.html",
        circuit=circuit,
        form=form or _form(event, circuit, formdata=None),
        connecting=connecting or ConnectForm(formdata=None, offered=offered, data={"booths": chosen}),
        held=held,
        load=load_by(queries.list_things(event), "circuit").get(circuit.code, 0.0),
        removal=removal,
        may_edit=may(MarketPermission.EDIT_CIRCUIT, zone_thing(circuit.zone)),
        history=tell(history_of(event.id, f"circuit:{circuit.id}"), labels=labels_of(CircuitForm)),
    )
