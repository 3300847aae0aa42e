"""The team's pages of an event's places and people: places to edit, people to read."""

from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.audit.queries import history_of
from eventsite.events import queries, sheets
from eventsite.events.enums import FACILITY_KINDS, ORGANIZATION_ROLES
from eventsite.events.forms import FacilityForm, StageForm, ZoneForm
from eventsite.events.models import Event, Facility, Stage, Zone
from eventsite.events.operations import lifecycle, places
from eventsite.events.operations import zones as operations
from eventsite.events.permissions import EventPermission
from eventsite.kernel.boxes import metres
from eventsite.web.access import current_actor, may, requires
from eventsite.web.collation import sort_key
from eventsite.web.forms import EditForm, labels_of
from eventsite.web.history import tell
from eventsite.web.language import pick, word
from eventsite.web.lists import list_page, render_list, searched

blueprint = Blueprint("events_admin", __name__, url_prefix="/admin/e/<slug:event>/events")
blueprint.add_app_template_filter(partial(word, FACILITY_KINDS), "facility_kind")
blueprint.add_app_template_filter(partial(word, ORGANIZATION_ROLES), "organization_role")
blueprint.add_app_template_filter(metres, "metres")


@list_page(blueprint, "/zones")
@requires(EventPermission.SEE_PLACES)
def zones(event: Event) -> Any:
    """List the zones."""
    may_edit = may(EventPermission.EDIT_ZONES, Thing(event_id=event.id))
    rows = queries.list_zones(event)
    return render_list("events/admin/zones.html", searched(rows), may_edit=may_edit, table=sheets.ZONES)


@blueprint.route("/new-zone", methods=["GET", "POST"])
@requires(EventPermission.EDIT_ZONES)
def new_zone(event: Event) -> tuple[str, int] | Redirect:
    """Add a zone."""
    form = ZoneForm()
    if form.saves(lambda: operations.create_zone(current_actor(), event, form.facts)):
        flash(_("Zone %(code)s is added.", code=form.facts.code), "ok")
        return redirect(url_for(".zone", event=event.slug, code=form.facts.code), 303)
    return render_template("events/admin/new_zone.html", form=form), form.http_status


@blueprint.get("/zones/<code:code>")
@requires(EventPermission.SEE_PLACES)
def zone(event: Event, code: str) -> str:
    """Show a zone with its form and its history."""
    shown = queries.get_zone(event, code)
    return _page(event, shown, ZoneForm(before=shown.facts, version=shown.version))


@blueprint.post("/zones/<code:code>")
@requires(EventPermission.EDIT_ZONES)
def edit_zone(event: Event, code: str) -> tuple[str, int] | Redirect:
    """Save a zone; somebody else's newer save is shown beside the reader's, and nothing is written."""
    form = ZoneForm(before=queries.get_zone(event, code).facts)
    if form.saves(
        lambda: operations.edit_zone(current_actor(), event, code, form.facts, version=form.read_at)
    ):
        flash(_("Zone %(code)s is saved.", code=code), "ok")
        return redirect(url_for(".zone", event=event.slug, code=code), 303)
    return _page(event, queries.get_zone(event, code), form), form.http_status


@blueprint.post("/zones/<code:code>/remove")
@requires(EventPermission.EDIT_ZONES)
def remove_zone(event: Event, code: str) -> tuple[str, int] | Redirect:
    """Remove a zone that holds nothing."""
    removal = EditForm()
    if removal.saves(lambda: operations.remove_zone(current_actor(), event, code, version=removal.read_at)):
        flash(_("Zone %(code)s is removed.", code=code), "ok")
        return redirect(url_for(".zones", event=event.slug), 303)
    shown = queries.get_zone(event, code)
    form = ZoneForm(formdata=None, before=shown.facts, version=shown.version)
    return _page(event, shown, form, removal), removal.http_status


@blueprint.get("/status")
@requires(EventPermission.OPEN_DESK)
def status(event: Event) -> str:
    """Show whether the event is published, and what the next step does."""
    return render_template(
        "events/admin/status.html",
        may_publish=may(EventPermission.PUBLISH_EVENT, Thing(event_id=event.id)),
        history=tell(history_of(event.id, f"event:{event.id}"), labels={"status": _("State")}),
    )


@blueprint.post("/publish")
@requires(EventPermission.PUBLISH_EVENT)
def publish(event: Event) -> Redirect:
    """Show the event to everybody."""
    form = EditForm()
    form.presses(
        lambda: lifecycle.publish_event(current_actor(), event, version=form.read_at),
        _("The event is published: everybody can see it now."),
    )
    return redirect(url_for(".status", event=event.slug), 303)


@blueprint.post("/archive")
@requires(EventPermission.PUBLISH_EVENT)
def archive(event: Event) -> Redirect:
    """Close the event for good."""
    form = EditForm()
    form.presses(
        lambda: lifecycle.archive_event(current_actor(), event, version=form.read_at),
        _("The event is archived: it stays readable and takes no more changes."),
    )
    return redirect(url_for(".status", event=event.slug), 303)


@list_page(blueprint, "/stages")
@requires(EventPermission.SEE_PLACES)
def stages(event: Event) -> Any:
    """List the stages."""
    may_edit = may(EventPermission.EDIT_PLACES, Thing(event_id=event.id))
    return render_list(
        "events/admin/stages.html",
        searched(queries.list_stages(event)),
        may_edit=may_edit,
        table=sheets.STAGES,
    )


@blueprint.route("/new-stage", methods=["GET", "POST"])
@requires(EventPermission.EDIT_PLACES)
def new_stage(event: Event) -> tuple[str, int] | Redirect:
    """Add a stage."""
    form = StageForm(zones=queries.list_zones(event))
    if form.saves(lambda: places.create_stage(current_actor(), event, form.facts)):
        flash(_("Stage %(code)s is added.", code=form.facts.code), "ok")
        return redirect(url_for(".stages", event=event.slug), 303)
    return render_template("events/admin/new_stage.html", form=form), form.http_status


@blueprint.get("/stages/<code:ref>")
@requires(EventPermission.SEE_PLACES)
def stage(event: Event, ref: str) -> str:
    """Show a stage with its form and its history."""
    shown = queries.get_stage(event, ref)
    return _stage_page(event, shown, _stage_form(event, shown))


@blueprint.post("/stages/<code:ref>")
@requires(EventPermission.EDIT_PLACES)
def edit_stage(event: Event, ref: str) -> tuple[str, int] | Redirect:
    """Save a stage; somebody else's newer save is shown beside the reader's, and nothing is written."""
    form = _stage_form(event, queries.get_stage(event, ref))
    if form.saves(lambda: places.edit_stage(current_actor(), event, ref, form.facts, version=form.read_at)):
        flash(_("Stage %(code)s is saved.", code=form.facts.code), "ok")
        return redirect(url_for(".stage", event=event.slug, ref=ref), 303)
    return _stage_page(event, queries.get_stage(event, ref), form), form.http_status


@blueprint.post("/stages/<code:ref>/remove")
@requires(EventPermission.EDIT_PLACES)
def remove_stage(event: Event, ref: str) -> tuple[str, int] | Redirect:
    """Remove a stage on which nothing happens."""
    removal = EditForm()
    if removal.saves(lambda: places.remove_stage(current_actor(), event, ref, version=removal.read_at)):
        flash(_("The stage is removed."), "ok")
        return redirect(url_for(".stages", event=event.slug), 303)
    shown = queries.get_stage(event, ref)
    return _stage_page(event, shown, _stage_form(event, shown, formdata=None), removal), removal.http_status


@list_page(blueprint, "/facilities")
@requires(EventPermission.SEE_PLACES)
def facilities(event: Event) -> Any:
    """List gates, toilets, desks and the like."""
    may_edit = may(EventPermission.EDIT_PLACES, Thing(event_id=event.id))
    rows = queries.list_facilities(event)
    return render_list(
        "events/admin/facilities.html", searched(rows), may_edit=may_edit, table=sheets.FACILITIES
    )


@blueprint.route("/new-facility", methods=["GET", "POST"])
@requires(EventPermission.EDIT_PLACES)
def new_facility(event: Event) -> tuple[str, int] | Redirect:
    """Add a gate, a toilet, a first-aid point or a desk."""
    form = FacilityForm()
    if form.saves(lambda: places.create_facility(current_actor(), event, form.facts)):
        flash(_("“%(name)s” is added.", name=pick(form.answer, "name")), "ok")
        return redirect(url_for(".facilities", event=event.slug), 303)
    return render_template("events/admin/new_facility.html", form=form), form.http_status


@blueprint.get("/facilities/<code:ref>")
@requires(EventPermission.SEE_PLACES)
def facility(event: Event, ref: str) -> str:
    """Show a facility with its form and its history."""
    shown = queries.get_facility(event, ref)
    return _facility_page(event, shown, FacilityForm(before=shown.facts, version=shown.version))


@blueprint.post("/facilities/<code:ref>")
@requires(EventPermission.EDIT_PLACES)
def edit_facility(event: Event, ref: str) -> tuple[str, int] | Redirect:
    """Save a facility; somebody else's newer save is shown beside the reader's, and nothing is written."""
    form = FacilityForm(before=queries.get_facility(event, ref).facts)
    if form.saves(
        lambda: places.edit_facility(current_actor(), event, ref, form.facts, version=form.read_at)
    ):
        flash(_("“%(name)s” is saved.", name=pick(form.answer, "name")), "ok")
        return redirect(url_for(".facility", event=event.slug, ref=ref), 303)
    return _facility_page(event, queries.get_facility(event, ref), form), form.http_status


@blueprint.post("/facilities/<code:ref>/remove")
@requires(EventPermission.EDIT_PLACES)
def remove_facility(event: Event, ref: str) -> tuple[str, int] | Redirect:
    """Remove a facility."""
    removal = EditForm()
    if removal.saves(lambda: places.remove_facility(current_actor(), event, ref, version=removal.read_at)):
        flash(_("The facility is removed."), "ok")
        return redirect(url_for(".facilities", event=event.slug), 303)
    shown = queries.get_facility(event, ref)
    form = FacilityForm(formdata=None, before=shown.facts, version=shown.version)
    return _facility_page(event, shown, form, removal), removal.http_status


@list_page(blueprint, "/delegations")
@requires(EventPermission.SEE_PLACES)
def delegations(event: Event) -> Any:
    """List the delegations by the name of their city."""
    rows = sorted(queries.list_delegations(event), key=lambda row: sort_key(pick(row, "city")))
    return render_list("events/admin/delegations.html", searched(rows), table=sheets.DELEGATIONS)


@list_page(blueprint, "/organizations")
@requires(EventPermission.SEE_PLACES)
def organizations(event: Event) -> Any:
    """List the organizations."""
    return render_list(
        "events/admin/organizations.html",
        searched(queries.list_organizations(event)),
        table=sheets.ORGANIZATIONS,
    )


def _page(event: Event, zone: Zone, form: ZoneForm, removal: EditForm | None = None) -> str:
    return render_template(
        "events/admin/zone.html",
        zone=zone,
        form=form,
        removal=removal,
        may_edit=may(EventPermission.EDIT_ZONES, Thing(event_id=event.id)),
        history=tell(history_of(event.id, f"zone:{zone.id}"), labels=labels_of(ZoneForm)),
    )


def _stage_form(event: Event, stage: Stage, **more: Any) -> StageForm:
    return StageForm(zones=queries.list_zones(event), before=stage.facts, version=stage.version, **more)


def _stage_page(event: Event, stage: Stage, form: StageForm, removal: EditForm | None = None) -> str:
    return render_template(
        "events/admin/stage.html",
        stage=stage,
        form=form,
        removal=removal,
        may_edit=may(EventPermission.EDIT_PLACES, Thing(event_id=event.id)),
        history=tell(history_of(event.id, f"stage:{stage.id}"), labels=labels_of(StageForm)),
    )


def _facility_page(
    event: Event, facility: Facility, form: FacilityForm, removal: EditForm | None = None
) -> str:
    return render_template(
        "events/admin/facility.html",
        facility=facility,
        form=form,
        removal=removal,
        may_edit=may(EventPermission.EDIT_PLACES, Thing(event_id=event.id)),
        history=tell(history_of(event.id, f"facility:{facility.id}"), labels=labels_of(FacilityForm)),
    )
