"""Units: making one of two items, a presentation behind an act, and parting them."""

from collections.abc import Iterable

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.events.models import Event
from eventsite.programme import operations, queries
from eventsite.programme.forms import JoinForm, PresentationForm
from eventsite.programme.models import ProgrammeItem
from eventsite.programme.permissions import ProgrammePermission
from eventsite.programme.views_admin import blueprint
from eventsite.programme.views_admin.items import item_page
from eventsite.programme.views_admin.rights import item_scopes, stage_thing
from eventsite.web.access import check, current_actor, requires
from eventsite.web.forms import EditForm


@blueprint.post("/items/<int:item_id>/unit")
@requires(ProgrammePermission.EDIT_ITEM, scopes=item_scopes)
def join_unit(event: Event, item_id: int) -> tuple[str, int] | Redirect:
    """Make a unit of this item and another; the reader has to plan the stage of both."""
    item = queries.get_item(event, item_id)
    form = JoinForm(offered=queries.list_partners(event, item))
    if form.saves(lambda: _join(event, item_id, form)):
        flash(_("The two are one unit: the editor moves them together."), "ok")
        return redirect(url_for(".item", event=event.slug, item_id=item_id), 303)
    return item_page(event, queries.get_item(event, item_id), joining=form), form.http_status


def _join(event: Event, item_id: int, form: JoinForm) -> str:
    other = queries.get_item(event, form.other.data)
    _refuse_foreign(event, [other])
    return operations.join_unit(current_actor(), event, item_id, other.id, version=form.read_at)


@blueprint.post("/items/<int:item_id>/part")
@requires(ProgrammePermission.EDIT_ITEM, scopes=item_scopes)
def part_unit(event: Event, item_id: int) -> Redirect:
    """Dissolve the unit that the item is part of; the reader has to plan the stages of all its items."""
    _refuse_foreign(event, queries.list_parts(event, queries.get_item(event, item_id)))
    EditForm().presses(
        lambda: operations.part_unit(current_actor(), event, item_id, version=EditForm().read_at),
        _("The unit is dissolved; its items stay where they are."),
    )
    return redirect(url_for(".item", event=event.slug, item_id=item_id), 303)


@blueprint.post("/items/<int:item_id>/presentation")
@requires(ProgrammePermission.EDIT_ITEM, scopes=item_scopes)
def add_presentation(event: Event, item_id: int) -> tuple[str, int] | Redirect:
    """Add a presentation behind the act, as a unit with it."""
    form = PresentationForm()
    if form.saves(
        lambda: operations.add_presentation(
            current_actor(),
            event,
            item_id,
            title_zh=form.title_zh.data or "",
            title_en=form.title_en.data or "",
            minutes=form.minutes.data or 0,
            version=form.read_at,
        )
    ):
        flash(_("The presentation stands behind the act; the editor moves them together."), "ok")
        return redirect(url_for(".item", event=event.slug, item_id=form.answer.id), 303)
    return item_page(event, queries.get_item(event, item_id), presenting=form), form.http_status


def _refuse_foreign(event: Event, items: Iterable[ProgrammeItem]) -> None:
    for code in sorted({item.stage.code for item in items if item.stage is not None}):
        check(ProgrammePermission.EDIT_ITEM, stage_thing(event, code))
