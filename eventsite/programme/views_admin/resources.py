"""What items share: people, props and microphones."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.audit.queries import history_of
from eventsite.events.models import Event
from eventsite.programme import operations, queries, sheets
from eventsite.programme.core.resources import ResourceFacts
from eventsite.programme.enums import RESOURCE_WORDS
from eventsite.programme.forms import ResourceForm, uses_form
from eventsite.programme.models import Resource
from eventsite.programme.permissions import ProgrammePermission
from eventsite.programme.views_admin import blueprint
from eventsite.programme.views_admin.items import item_page
from eventsite.programme.views_admin.rights import item_scopes
from eventsite.web.access import current_actor, may, requires
from eventsite.web.forms import EditForm, labels_of
from eventsite.web.history import tell
from eventsite.web.lists import list_page, render_list, searched


@list_page(blueprint, "/resources")
@requires(ProgrammePermission.SEE_DRAFT)
def resources(event: Event) -> Any:
    """List the people, props and microphones that items share."""
    return render_list(
        "programme/admin/resources.html",
        searched(queries.list_resources(event)),
        counts=queries.count_uses(event),
        kinds=RESOURCE_WORDS,
        may_edit=may(ProgrammePermission.EDIT_RESOURCES, Thing(event_id=event.id)),
        table=sheets.RESOURCES,
    )


@blueprint.route("/resources/new", methods=["GET", "POST"])
@requires(ProgrammePermission.EDIT_RESOURCES)
def new_resource(event: Event) -> tuple[str, int] | Redirect:
    """Add a person, a prop or a set of microphones."""
    form = ResourceForm()
    if form.saves(lambda: operations.create_resource(current_actor(), event, form.facts)):
        flash(
            _(
                "“%(name)s” is added. Say on the page of each item whether it uses it.",
                name=form.facts.name_zh,
            ),
            "ok",
        )
        return redirect(url_for(".resources", event=event.slug), 303)
    return render_template("programme/admin/new_resource.html", form=form), form.http_status


@blueprint.get("/resources/<int:resource_id>")
@requires(ProgrammePermission.SEE_DRAFT)
def resource(event: Event, resource_id: int) -> str:
    """Show what items share, with its form and its history."""
    return _page(event, queries.get_resource(event, resource_id))


@blueprint.post("/resources/<int:resource_id>")
@requires(ProgrammePermission.EDIT_RESOURCES)
def edit_resource(event: Event, resource_id: int) -> tuple[str, int] | Redirect:
    """Save it; somebody else's newer save is shown beside the reader's, and nothing is written."""
    form = _form(queries.get_resource(event, resource_id))
    if form.saves(
        lambda: operations.edit_resource(
            current_actor(), event, resource_id, form.facts, version=form.read_at
        )
    ):
        flash(_("“%(name)s” is saved.", name=form.facts.name_zh), "ok")
        return redirect(url_for(".resources", event=event.slug), 303)
    return _page(event, queries.get_resource(event, resource_id), form=form), form.http_status


@blueprint.post("/resources/<int:resource_id>/remove")
@requires(ProgrammePermission.EDIT_RESOURCES)
def remove_resource(event: Event, resource_id: int) -> tuple[str, int] | Redirect:
    """Remove what no item uses."""
    removal = EditForm()
    if removal.saves(
        lambda: operations.remove_resource(current_actor(), event, resource_id, version=removal.read_at)
    ):
        flash(_("It is removed."), "ok")
        return redirect(url_for(".resources", event=event.slug), 303)
    return _page(event, queries.get_resource(event, resource_id), removal=removal), removal.http_status


@blueprint.post("/items/<int:item_id>/uses")
@requires(ProgrammePermission.EDIT_ITEM, scopes=item_scopes)
def set_uses(event: Event, item_id: int) -> tuple[str, int] | Redirect:
    """Say how many of each shared thing an item uses."""
    form = uses_form(queries.list_resources(event))
    if form.saves(
        lambda: operations.set_uses(current_actor(), event, item_id, form.amounts, version=form.read_at)
    ):
        flash(_("Saved: what the item uses."), "ok")
        return redirect(url_for(".item", event=event.slug, item_id=item_id), 303)
    return item_page(event, queries.get_item(event, item_id), using=form), form.http_status


def _form(resource: Resource, **more: Any) -> ResourceForm:
    return ResourceForm(before=ResourceFacts.of(resource), version=resource.version, **more)


def _page(
    event: Event, resource: Resource, *, form: ResourceForm | None = None, removal: EditForm | None = None
) -> str:
    return render_template(
        "programme/admin/resource.html",
        resource=resource,
        form=form or _form(resource, formdata=None),
        removal=removal,
        count=queries.count_uses(event).get(resource.id, 0),
        may_edit=may(ProgrammePermission.EDIT_RESOURCES, Thing(event_id=event.id)),
        history=tell(history_of(event.id, f"resource:{resource.id}"), labels=labels_of(ResourceForm)),
    )
