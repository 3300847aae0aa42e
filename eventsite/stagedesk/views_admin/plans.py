"""Putting another plan in force: read what changes, read it once more, and press; and going back."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.programme.core.changes import Change, compare
from eventsite.programme.core.clashes import Clash, blocking, find_clashes
from eventsite.programme.core.values import Programme
from eventsite.programme.models import ProgrammePlan, Release
from eventsite.programme.operations.releases import draft_hash
from eventsite.programme.queries import (
    DRAFT,
    ReleaseView,
    clash_rules,
    current_release,
    find_last_release,
    get_plan,
    get_release,
    list_plans,
    read_draft,
)
from eventsite.stagedesk import operations
from eventsite.stagedesk.forms import NoticeForm
from eventsite.stagedesk.permissions import StagedeskPermission
from eventsite.stagedesk.views_admin import blueprint
from eventsite.web.access import current_actor, requires
from eventsite.web.language import both


@dataclass(frozen=True, kw_only=True)
class Target:
    """What would be in force: the programme, how it differs from now, and which rules it breaks."""

    code: str
    plan: ProgrammePlan | None
    programme: Programme
    changes: tuple[Change, ...]
    clashes: tuple[Clash, ...]

    @property
    def blocks(self) -> tuple[Clash, ...]:
        """Return the broken rules that need a reason."""
        return blocking(self.clashes)


@blueprint.get("/stagedesk/plans")
@requires(StagedeskPermission.SWITCH_PLAN)
def plans(event: Event) -> str:
    """Show which plan is in force, and which stand ready."""
    view = current_release(event)
    return render_template(
        "stagedesk/plans.html",
        view=view,
        targets=[_target(event, view, plan) for plan in list_plans(event)] if view else [],
        now=clock.now(),
    )


@blueprint.route("/stagedesk/plans/<code:code>", methods=["GET", "POST"])
@requires(StagedeskPermission.SWITCH_PLAN)
def switch(event: Event, code: str) -> Response | tuple[str, int]:
    """Show what a plan would change; the second press after reading it puts it in force."""
    view = current_release(event)
    if view is None or view.plan == code:
        raise NotFound(N_("There is no other plan of that letter here."))
    target = _back(event, view) if code == DRAFT else _target(event, view, get_plan(event, code))
    form = NoticeForm(data=None if request.form else _proposed(target))
    ready = form.validate_on_submit()
    if ready and request.form.get("step") == "go" and form.saves(lambda: _go(event, target, form)):
        flash(_("The programme is changed and visitors are told."), "ok")
        return redirect(url_for(".plans", event=event.slug), 303)
    return (
        render_template(
            "stagedesk/switch.html",
            view=view,
            target=target,
            form=form,
            reading=ready and form.http_status == 200,
            seen=draft_hash(target.programme),
        ),
        form.http_status if ready or not form.is_submitted() else 422,
    )


def _go(event: Event, target: Target, form: NoticeForm) -> Release:
    actor, now, against = current_actor(), clock.now(), int(form.against.data or 0)
    if target.code == DRAFT:
        return operations.go_back(actor, event, notice=form.notice, against=against, now=now)
    return operations.switch_plan(
        actor,
        event,
        target.code,
        notice=form.notice,
        seen=str(form.seen.data),
        against=against,
        now=now,
        reason=form.reason.data or "",
    )


def _target(event: Event, view: ReleaseView, plan: ProgrammePlan) -> Target:
    programme = read_draft(event, plan.code)
    return Target(
        code=plan.code,
        plan=plan,
        programme=programme,
        changes=compare(view.alone.public, programme.public),
        clashes=find_clashes(programme, clash_rules(event)),
    )


def _back(event: Event, view: ReleaseView) -> Target:
    """Return what was in force before the switch."""
    last = find_last_release(event, DRAFT)
    if last is None:
        raise NotFound(N_("No version of the draft has been released to which one could go back."))
    programme = get_release(event, last.number).full
    changes = compare(view.alone.public, programme.public)
    return Target(code=DRAFT, plan=None, programme=programme, changes=changes, clashes=())


def _proposed(target: Target) -> dict[str, str]:
    """Return the words to visitors that stand in the form at first."""
    if target.plan is None:
        said = both(N_("The programme goes on as planned"))
        return {"title_zh": said["zh"], "title_en": said["en"]}
    plan = target.plan
    return {
        "title_zh": plan.why_zh or plan.name_zh,
        "title_en": plan.why_en or plan.name_en,
    }
