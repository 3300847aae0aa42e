"""The team's pages of what is drawn on the plan beside places: the same as in the editor, by forms."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.audit.queries import history_of
from eventsite.events.models import Event
from eventsite.market import operations, queries, sheets
from eventsite.market.enums import SHAPE_WORDS
from eventsite.market.forms import ShapeForm
from eventsite.market.models import PlanShape
from eventsite.market.permissions import MarketPermission
from eventsite.market.views_admin import blueprint
from eventsite.web.access import current_actor, may, requires
from eventsite.web.forms import EditForm, labels_of
from eventsite.web.history import tell
from eventsite.web.language import pick
from eventsite.web.lists import list_page, render_list, searched

blueprint.add_app_template_filter(lambda kind: _(SHAPE_WORDS[kind]), "shape_kind")


@list_page(blueprint, "/shapes")
@requires(MarketPermission.SEE_BOOTHS)
def shapes(event: Event) -> Any:
    """List fire lanes, routes, water and words."""
    may_edit = may(MarketPermission.EDIT_PLAN, Thing(event_id=event.id))
    return render_list(
        "market/admin/shapes.html",
        searched(queries.list_shapes(event)),
        may_edit=may_edit,
        table=sheets.SHAPES,
    )


@blueprint.route("/new-shape", methods=["GET", "POST"])
@requires(MarketPermission.EDIT_PLAN)
def new_shape(event: Event) -> tuple[str, int] | Redirect:
    """Draw a shape."""
    form = ShapeForm(floats=queries.list_floats(event))
    if form.saves(lambda: operations.create_shape(current_actor(), event, form.facts)):
        flash(_("“%(name)s” is added.", name=pick(form.answer, "name")), "ok")
        return redirect(url_for(".shapes", event=event.slug), 303)
    return render_template("market/admin/new_shape.html", form=form), form.http_status


@blueprint.get("/shapes/<code:ref>")
@requires(MarketPermission.SEE_BOOTHS)
def shape(event: Event, ref: str) -> str:
    """Show a shape with its form and its history."""
    shown = queries.get_shape(event, ref)
    return _page(event, shown, _form(event, shown))


@blueprint.post("/shapes/<code:ref>")
@requires(MarketPermission.EDIT_PLAN)
def edit_shape(event: Event, ref: str) -> tuple[str, int] | Redirect:
    """Save a shape; somebody else's newer save is shown beside the reader's, and nothing is written."""
    form = _form(event, queries.get_shape(event, ref))
    if form.saves(
        lambda: operations.edit_shape(current_actor(), event, ref, form.facts, version=form.read_at)
    ):
        flash(_("“%(name)s” is saved.", name=pick(form.answer, "name")), "ok")
        return redirect(url_for(".shape", event=event.slug, ref=ref), 303)
    return _page(event, queries.get_shape(event, ref), form), form.http_status


@blueprint.post("/shapes/<code:ref>/remove")
@requires(MarketPermission.EDIT_PLAN)
def remove_shape(event: Event, ref: str) -> tuple[str, int] | Redirect:
    """Take a shape off the plan."""
    removal = EditForm()
    if removal.saves(lambda: operations.remove_shape(current_actor(), event, ref, version=removal.read_at)):
        flash(_("It is off the plan."), "ok")
        return redirect(url_for(".shapes", event=event.slug), 303)
    shown = queries.get_shape(event, ref)
    form = ShapeForm(
        formdata=None, floats=queries.list_floats(event), before=shown.facts, version=shown.version
    )
    return _page(event, shown, form, removal), removal.http_status


def _form(event: Event, shape: PlanShape) -> ShapeForm:
    return ShapeForm(floats=queries.list_floats(event), before=shape.facts, version=shape.version)


def _page(event: Event, shape: PlanShape, form: ShapeForm, removal: EditForm | None = None) -> str:
    return render_template(
        "market/admin/shape.html",
        shape=shape,
        form=form,
        removal=removal,
        may_edit=may(MarketPermission.EDIT_PLAN, Thing(event_id=event.id)),
        history=tell(history_of(event.id, f"plan_shape:{shape.id}"), labels=labels_of(ShapeForm)),
    )
