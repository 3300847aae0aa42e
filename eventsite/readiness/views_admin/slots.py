"""Windows of time for setting up and tearing down, zone by zone."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.audit.queries import history_of
from eventsite.events.models import Event, Zone
from eventsite.events.queries import list_zones
from eventsite.kernel.words import N_
from eventsite.market.permissions import zone_thing
from eventsite.readiness import operations, queries
from eventsite.readiness.forms import SlotForm
from eventsite.readiness.models import Slot
from eventsite.readiness.permissions import ReadinessPermission
from eventsite.readiness.views_admin import blueprint
from eventsite.readiness.views_admin.scopes import slot_scopes
from eventsite.web.access import current_actor, may, requires
from eventsite.web.forms import EditForm, labels_of
from eventsite.web.history import tell
from eventsite.web.lists import list_page, render_list, searched
from eventsite.web.tables import Table, TableColumn

TABLE = Table(
    title=N_("Time slots"),
    columns=(
        TableColumn(N_("Zone"), "zone.code"),
        TableColumn(N_("What for"), "kind", {"setup": N_("Set-up"), "teardown": N_("Tear-down")}),
        TableColumn(N_("From"), "starts_at"),
        TableColumn(N_("Until"), "ends_at"),
        TableColumn(N_("Booked"), "taken"),
        TableColumn(N_("Booths at once"), "capacity"),
        TableColumn(
            N_("Booths"),
            from_page=lambda row, page: [one.booth.code for one in page["bookings"] if one.slot_id == row.id],
        ),
    ),
)


@list_page(blueprint, "/slots")
@requires(ReadinessPermission.SEE_READINESS)
def slots(event: Event) -> str:
    """List the time slots with who has booked them."""
    page: str = render_list(
        "readiness/admin/slots.html",
        searched(queries.list_slots(event)),
        table=TABLE,
        bookings=queries.list_bookings(event),
        may_add=bool(_own_zones(event)),
    )
    return page


@blueprint.route("/new-slot", methods=["GET", "POST"])
@requires(ReadinessPermission.ADD_SLOT)
def new_slot(event: Event) -> tuple[str, int] | Redirect:
    """Add a time slot to a zone whose slots the reader may edit."""
    own = _own_zones(event)
    if not own:
        flash(_("There is no zone whose time slots you may edit."), "warn")
        return redirect(url_for(".slots", event=event.slug), 303)
    form = SlotForm(zones=own)
    if form.saves(lambda: operations.create_slot(current_actor(), event, form.facts)):
        flash(_("The time slot is added."), "ok")
        return redirect(url_for(".slots", event=event.slug), 303)
    return render_template("readiness/admin/new_slot.html", form=form), form.http_status


@blueprint.get("/slots/<int:number>")
@requires(ReadinessPermission.SEE_READINESS)
def slot(event: Event, number: int) -> str:
    """Show a time slot with who has booked it."""
    shown = queries.get_slot(event, number)
    return _page(event, shown, _form(event, shown))


@blueprint.post("/slots/<int:number>")
@requires(ReadinessPermission.EDIT_SLOTS, scopes=slot_scopes)
def edit_slot(event: Event, number: int) -> tuple[str, int] | Redirect:
    """Save a time slot."""
    form = _form(event, queries.get_slot(event, number))
    if form.saves(
        lambda: operations.edit_slot(current_actor(), event, number, form.facts, version=form.read_at)
    ):
        flash(_("Saved."), "ok")
        return redirect(url_for(".slots", event=event.slug), 303)
    return _page(event, queries.get_slot(event, number), form), form.http_status


@blueprint.post("/slots/<int:number>/remove")
@requires(ReadinessPermission.EDIT_SLOTS, scopes=slot_scopes)
def remove_slot(event: Event, number: int) -> tuple[str, int] | Redirect:
    """Remove a time slot that nobody has booked."""
    removal = EditForm()
    if removal.saves(lambda: operations.remove_slot(current_actor(), event, number, version=removal.read_at)):
        flash(_("The time slot is removed."), "ok")
        return redirect(url_for(".slots", event=event.slug), 303)
    shown = queries.get_slot(event, number)
    return _page(event, shown, _form(event, shown, formdata=None), removal), removal.http_status


def _own_zones(event: Event) -> list[Zone]:
    return [zone for zone in list_zones(event) if may(ReadinessPermission.EDIT_SLOTS, zone_thing(zone))]


def _form(event: Event, shown: Slot, **more: object) -> SlotForm:
    zones = _own_zones(event)
    offered = zones if shown.zone in zones else [*zones, shown.zone]
    return SlotForm(zones=offered, before=shown.facts, version=shown.version, **more)


def _page(event: Event, shown: Slot, form: SlotForm, removal: EditForm | None = None) -> str:
    return render_template(
        "readiness/admin/slot.html",
        slot=shown,
        form=form,
        removal=removal,
        bookings=[one for one in queries.list_bookings(event) if one.slot_id == shown.id],
        may_edit=may(ReadinessPermission.EDIT_SLOTS, zone_thing(shown.zone)),
        history=tell(history_of(event.id, f"slot:{shown.id}"), labels=labels_of(SlotForm)),
    )
