"""Troupes, and when they can perform."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.audit.queries import history_of
from eventsite.events.models import Event
from eventsite.programme import operations, queries, sheets
from eventsite.programme.core.clashes import find_clashes
from eventsite.programme.enums import ClashRule
from eventsite.programme.forms import WindowForm
from eventsite.programme.models import Troupe
from eventsite.programme.permissions import ProgrammePermission
from eventsite.programme.views_admin import blueprint
from eventsite.web.access import current_actor, may, requires
from eventsite.web.forms import EditForm, labels_of
from eventsite.web.history import tell
from eventsite.web.lists import list_page, render_list, searched


@list_page(blueprint, "/troupes")
@requires(ProgrammePermission.SEE_DRAFT)
def troupes(event: Event) -> Any:
    """List the troupes."""
    return render_list(
        "programme/admin/troupes.html", searched(queries.list_troupes(event)), table=sheets.TROUPES
    )


@blueprint.get("/troupes/<int:troupe_id>")
@requires(ProgrammePermission.SEE_DRAFT)
def troupe(event: Event, troupe_id: int) -> str:
    """Show a troupe: its items, when it can perform, and its history."""
    return _page(event, queries.get_troupe_page(event, troupe_id))


@blueprint.post("/troupes/<int:troupe_id>/windows")
@requires(ProgrammePermission.EDIT_TROUPE)
def add_window(event: Event, troupe_id: int) -> tuple[str, int] | Redirect:
    """Add a time in which the troupe can perform."""
    form = _form(event)
    if form.saves(lambda: operations.add_window(current_actor(), event, troupe_id, form.facts)):
        flash(_("The troupe can perform then. Outside its times the draft warns."), "ok")
        return redirect(url_for(".troupe", event=event.slug, troupe_id=troupe_id), 303)
    return _page(event, queries.get_troupe_page(event, troupe_id), form=form), form.http_status


@blueprint.post("/troupes/<int:troupe_id>/windows/<int:window_id>/remove")
@requires(ProgrammePermission.EDIT_TROUPE)
def remove_window(event: Event, troupe_id: int, window_id: int) -> Redirect:
    """Take a time in which the troupe can perform away."""
    EditForm().presses(
        lambda: operations.remove_window(current_actor(), event, troupe_id, window_id),
        _("The time is taken away."),
    )
    return redirect(url_for(".troupe", event=event.slug, troupe_id=troupe_id), 303)


def _form(event: Event, **more: Any) -> WindowForm:
    return WindowForm(days=[day.date for day in event.days], **more)


def _page(event: Event, troupe: Troupe, *, form: WindowForm | None = None) -> str:
    clashes = find_clashes(queries.read_draft(event), queries.clash_rules(event))
    return render_template(
        "programme/admin/troupe.html",
        troupe=troupe,
        form=form or _form(event, formdata=None),
        items=queries.list_items_of(event, troupe),
        clashes=[
            clash
            for clash in clashes
            if clash.first.troupe is not None
            and clash.first.troupe.ref == troupe.ref
            and clash.rule in (ClashRule.TROUPE, ClashRule.WALK, ClashRule.AVAILABILITY)
        ],
        may_edit=may(ProgrammePermission.EDIT_TROUPE, Thing(event_id=event.id)),
        history=tell(history_of(event.id, f"troupe:{troupe.id}"), labels=labels_of(WindowForm)),
    )
