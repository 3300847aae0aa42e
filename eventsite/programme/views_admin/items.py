"""The items of the draft, one by one and as a list."""

from datetime import date, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.audit.queries import history_of
from eventsite.events.models import Event, Stage
from eventsite.events.queries import list_delegations, list_stages, open_days
from eventsite.programme import operations, queries, sheets
from eventsite.programme.core.changes import compare
from eventsite.programme.core.choice import Choice, choose, days_of
from eventsite.programme.core.clashes import Clash, find_clashes
from eventsite.programme.forms import (
    CancelForm,
    ItemForm,
    JoinForm,
    PresentationForm,
    UsesForm,
    uses_form,
)
from eventsite.programme.models import ProgrammeItem
from eventsite.programme.permissions import ProgrammePermission
from eventsite.programme.views_admin import blueprint
from eventsite.programme.views_admin.rights import item_scopes, stage_thing
from eventsite.web.access import check, current_actor, may, requires
from eventsite.web.forms import EditForm, labels_of
from eventsite.web.history import tell
from eventsite.web.language import pick
from eventsite.web.lists import list_page, render_list, searched
from eventsite.web.templating import day_words


@list_page(blueprint, "/", file="items")
@requires(ProgrammePermission.SEE_DRAFT)
def items(event: Event) -> Any:
    """List the draft, narrowed by `?q=`, `?day=` and `?stage=`, with its clashes and differences."""
    draft = queries.read_draft(event)
    view = queries.current_release(event)
    choice = Choice(day=request.args.get("day", ""), stage=request.args.get("stage", ""))
    return render_list(
        "programme/admin/items.html",
        searched(choose(draft, choice, ())),
        draft=draft,
        choice=choice,
        clashes=find_clashes(draft, queries.clash_rules(event)),
        changes=compare(view.alone.public if view else None, draft.public),
        view=view,
        day_options=[(day.isoformat(), day_words(day)) for day in days_of(draft)],
        stage_options=[(stage.code, f"{stage.code} {pick(stage, 'name')}") for stage in draft.stages],
        may_add=may(ProgrammePermission.ADD_ITEM, Thing(event_id=event.id)),
        may_release=may(ProgrammePermission.RELEASE, Thing(event_id=event.id)),
        table=sheets.ITEMS,
    )


@blueprint.route("/items/new", methods=["GET", "POST"])
@requires(ProgrammePermission.ADD_ITEM)
def new_item(event: Event) -> tuple[str, int] | Redirect:
    """Add an item to a stage that the reader plans."""
    form = _form(event)
    if form.saves(lambda: _create(event, form)):
        flash(_("The item is in the draft. Visitors see it with the next version."), "ok")
        return redirect(url_for(".items", event=event.slug), 303)
    return render_template("programme/admin/new_item.html", form=form), form.http_status


def _create(event: Event, form: ItemForm) -> ProgrammeItem:
    facts = form.facts
    check(ProgrammePermission.EDIT_ITEM, stage_thing(event, facts.stage))
    return operations.create_item(current_actor(), event, facts)


@blueprint.get("/items/<int:item_id>")
@requires(ProgrammePermission.SEE_DRAFT)
def item(event: Event, item_id: int) -> str:
    """Show an item with its form, its clashes and its history."""
    shown = queries.get_item(event, item_id)
    return item_page(event, shown, _form(event, shown))


@blueprint.post("/items/<int:item_id>")
@requires(ProgrammePermission.EDIT_ITEM, scopes=item_scopes)
def edit_item(event: Event, item_id: int) -> tuple[str, int] | Redirect:
    """Save an item; somebody else's newer save is shown beside the reader's, and nothing is written."""
    form = _form(event, queries.get_item(event, item_id))
    if form.saves(lambda: _edit(event, item_id, form)):
        flash(_("Saved in the draft. Visitors see it with the next version."), "ok")
        return redirect(url_for(".item", event=event.slug, item_id=item_id), 303)
    return item_page(event, queries.get_item(event, item_id), form), form.http_status


def _edit(event: Event, item_id: int, form: ItemForm) -> ProgrammeItem:
    facts = form.facts
    check(ProgrammePermission.EDIT_ITEM, stage_thing(event, facts.stage))
    return operations.edit_item(current_actor(), event, item_id, facts, version=form.read_at)


@blueprint.post("/items/<int:item_id>/cancel")
@requires(ProgrammePermission.EDIT_ITEM, scopes=item_scopes)
def cancel_item(event: Event, item_id: int) -> tuple[str, int] | Redirect:
    """Call an item off in the draft."""
    form = CancelForm()
    words = {"notice_zh": form.why_zh.data or "", "notice_en": form.why_en.data or ""}
    if form.saves(
        lambda: operations.cancel_item(current_actor(), event, item_id, version=form.read_at, **words)
    ):
        flash(_("Cancelled in the draft. Visitors are told with the next version."), "ok")
        return redirect(url_for(".item", event=event.slug, item_id=item_id), 303)
    shown = queries.get_item(event, item_id)
    return item_page(event, shown, cancelling=form), form.http_status


@blueprint.post("/items/<int:item_id>/remove")
@requires(ProgrammePermission.EDIT_ITEM, scopes=item_scopes)
def remove_item(event: Event, item_id: int) -> tuple[str, int] | Redirect:
    """Take an item out of the draft that no visitor has seen."""
    form = EditForm()
    if form.saves(lambda: operations.remove_item(current_actor(), event, item_id, version=form.read_at)):
        flash(_("The item is removed from the draft."), "ok")
        return redirect(url_for(".items", event=event.slug), 303)
    shown = queries.get_item(event, item_id)
    return item_page(event, shown, removal=form), form.http_status


def _form(event: Event, item: ProgrammeItem | None = None, **more: Any) -> ItemForm:
    before = queries.facts_of(event, item) if item else None
    planned = [stage for stage in list_stages(event) if _plans(event, stage, item)]
    return ItemForm(
        stages=planned,
        days=_days(event, before.day if before else ""),
        troupes=queries.list_troupes(event),
        delegations=list_delegations(event),
        before=before,
        version=item.version if item else None,
        **more,
    )


def _plans(event: Event, stage: Stage, item: ProgrammeItem | None) -> bool:
    """Offer the stages that the reader plans, and the one on which the item stands."""
    own = item is not None and item.stage_id == stage.id
    return own or may(ProgrammePermission.EDIT_ITEM, stage_thing(event, stage.code))


def _days(event: Event, present: str) -> list[date]:
    """Return the days an item may start on: the fair's, the night after a late one, the present one."""
    days = {day.date for day in event.days}
    for day in open_days(event):
        if day.hours.end.astimezone(event.zone).date() > day.date:
            days.add(day.date + timedelta(days=1))
    if present:
        days.add(date.fromisoformat(present))
    return sorted(days)


def item_page(
    event: Event,
    item: ProgrammeItem,
    form: ItemForm | None = None,
    *,
    cancelling: CancelForm | None = None,
    removal: EditForm | None = None,
    using: UsesForm | None = None,
    joining: JoinForm | None = None,
    presenting: PresentationForm | None = None,
) -> str:
    """Show an item; a form that came back stands in its place."""
    before = queries.facts_of(event, item)
    blank = {"formdata": None, "version": item.version}
    return render_template(
        "programme/admin/item.html",
        item=item,
        form=form or _form(event, item, formdata=None),
        cancelling=cancelling or CancelForm(**blank),
        removal=removal,
        using=using or _uses_of(event, item),
        joining=joining or JoinForm(offered=queries.list_partners(event, item), **blank),
        presenting=presenting or PresentationForm(**blank),
        parts=queries.list_parts(event, item),
        clashes=_clashes_of(event, item.ref),
        may_edit=may(ProgrammePermission.EDIT_ITEM, stage_thing(event, before.stage)),
        released_in=queries.first_release_with(event, item.ref),
        history=tell(history_of(event.id, f"programme_item:{item.id}"), labels=labels_of(ItemForm)),
    )


def _uses_of(event: Event, item: ProgrammeItem) -> UsesForm:
    amounts = {f"use_{use.resource_id}": use.amount for use in item.uses}
    return uses_form(queries.list_resources(event), formdata=None, version=item.version, data=amounts)


def _clashes_of(event: Event, ref: str) -> list[Clash]:
    found = find_clashes(queries.read_draft(event), queries.clash_rules(event))
    return [clash for clash in found if ref in clash.refs]
