"""Plans for rain or heat beside the draft: their words, how they differ, and what is wrong with them."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.audit.queries import history_of
from eventsite.events.models import Event
from eventsite.programme import operations, queries
from eventsite.programme.core.changes import compare
from eventsite.programme.core.clashes import find_clashes
from eventsite.programme.core.plans import PlanFacts
from eventsite.programme.forms import PlanForm
from eventsite.programme.models import ProgrammePlan
from eventsite.programme.operations.releases import plan_in_force
from eventsite.programme.permissions import ProgrammePermission
from eventsite.programme.views_admin import blueprint
from eventsite.web.access import current_actor, may, requires
from eventsite.web.forms import EditForm, labels_of
from eventsite.web.history import tell


@blueprint.get("/plans")
@requires(ProgrammePermission.SEE_DRAFT)
def plans(event: Event) -> str:
    """List the plans that stand ready."""
    found = queries.list_plans(event)
    return render_template(
        "programme/admin/plans.html",
        plans=found,
        placed={plan.code: len(queries.list_plan_slots(event, plan.code)) for plan in found},
        in_force=plan_in_force(event),
        may_edit=may(ProgrammePermission.EDIT_PLAN, Thing(event_id=event.id)),
    )


@blueprint.route("/plans/new", methods=["GET", "POST"])
@requires(ProgrammePermission.EDIT_PLAN)
def new_plan(event: Event) -> tuple[str, int] | Redirect:
    """Prepare another plan, which begins as the draft is."""
    form = PlanForm()
    if form.saves(lambda: operations.create_plan(current_actor(), event, form.facts)):
        flash(_("The plan begins as the draft is. Move in it what has to be elsewhere."), "ok")
        return redirect(url_for(".editor", event=event.slug, plan=form.answer.code), 303)
    return render_template("programme/admin/new_plan.html", form=form), form.http_status


@blueprint.get("/plans/<code:code>")
@requires(ProgrammePermission.SEE_DRAFT)
def plan(event: Event, code: str) -> str:
    """Show a plan: its words, how it differs from the draft, and its clashes."""
    return _page(event, queries.get_plan(event, code))


@blueprint.post("/plans/<code:code>")
@requires(ProgrammePermission.EDIT_PLAN)
def edit_plan(event: Event, code: str) -> tuple[str, int] | Redirect:
    """Save the words of a plan; somebody else's newer save is shown beside the reader's."""
    form = _form(queries.get_plan(event, code))
    if form.saves(
        lambda: operations.edit_plan(current_actor(), event, code, form.facts, version=form.read_at)
    ):
        flash(_("The plan is saved."), "ok")
        return redirect(url_for(".plan", event=event.slug, code=code), 303)
    return _page(event, queries.get_plan(event, code), form=form), form.http_status


@blueprint.post("/plans/<code:code>/remove")
@requires(ProgrammePermission.EDIT_PLAN)
def remove_plan(event: Event, code: str) -> tuple[str, int] | Redirect:
    """Remove a plan that is not in force."""
    removal = EditForm()
    if removal.saves(lambda: operations.remove_plan(current_actor(), event, code, version=removal.read_at)):
        flash(_("The plan is removed."), "ok")
        return redirect(url_for(".plans", event=event.slug), 303)
    return _page(event, queries.get_plan(event, code), removal=removal), removal.http_status


@blueprint.post("/plans/<code:code>/items/<int:item_id>/reset")
@requires(ProgrammePermission.EDIT_PLAN)
def reset_in_plan(event: Event, code: str, item_id: int) -> Redirect:
    """Put an item of a plan back to where the draft has it."""
    EditForm().presses(
        lambda: operations.reset_in_plan(current_actor(), event, code, item_id),
        _("The item is where the draft has it."),
    )
    return redirect(url_for(".plan", event=event.slug, code=code), 303)


def _form(plan: ProgrammePlan, **more: Any) -> PlanForm:
    return PlanForm(before=PlanFacts.of(plan), version=plan.version, **more)


def _page(
    event: Event, plan: ProgrammePlan, *, form: PlanForm | None = None, removal: EditForm | None = None
) -> str:
    there = queries.read_draft(event, plan.code)
    return render_template(
        "programme/admin/plan.html",
        plan=plan,
        form=form or _form(plan, formdata=None),
        removal=removal,
        changes=compare(queries.read_draft(event), there),
        numbers={slot.item.ref: slot.item_id for slot in queries.list_plan_slots(event, plan.code)},
        clashes=find_clashes(there, queries.clash_rules(event)),
        in_force=plan_in_force(event) == plan.code,
        may_edit=may(ProgrammePermission.EDIT_PLAN, Thing(event_id=event.id)),
        history=tell(history_of(event.id, f"programme_plan:{plan.id}"), labels=labels_of(PlanForm)),
    )
