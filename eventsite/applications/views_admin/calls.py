"""Calls for exhibitors: written, changed and removed by organizers."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventsite.applications import operations, queries
from eventsite.applications.forms import CallForm, QuestionForm, call_form
from eventsite.applications.models import Call, CallQuestion
from eventsite.applications.permissions import ApplicationPermission
from eventsite.applications.queries.callsheets import call_facts, question_facts
from eventsite.applications.views_admin.desk import blueprint
from eventsite.audit.queries import history_of
from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.market.enums import CATEGORIES
from eventsite.web.access import current_actor, requires
from eventsite.web.forms import EditForm, labels_of
from eventsite.web.history import tell

Page = tuple[str, int] | Response


@blueprint.get("/calls")
@requires(ApplicationPermission.RUN_CALLS)
def calls(event: Event) -> str:
    """List the calls with how full they are."""
    found = [(call, queries.count_in_quota(call)) for call in queries.list_calls(event)]
    return render_template("applications/admin/calls.html", calls=found, now=clock.now())


@blueprint.route("/calls/new", methods=["GET", "POST"])
@requires(ApplicationPermission.RUN_CALLS)
def new_call(event: Event) -> Page:
    """Write a new call."""
    form = call_form()
    if form.saves(lambda: operations.create_call(current_actor(), event, form.facts)):
        flash(_("The call is saved; it opens and closes by the clock."), "ok")
        return redirect(url_for(".call", event=event.slug, code=form.facts.code), 303)
    return render_template("applications/admin/new_call.html", form=form), form.http_status


@blueprint.route("/calls/<code:code>", methods=["GET", "POST"])
@requires(ApplicationPermission.RUN_CALLS)
def call(event: Event, code: str) -> Page:
    """Show and change a call."""
    found = queries.get_call(event, code)
    form = call_form(before=call_facts(found), version=found.version)

    def act() -> None:
        operations.edit_call(current_actor(), event, code, form.facts, version=form.read_at)

    if form.saves(act):
        flash(_("The call is saved; it opens and closes by the clock."), "ok")
        return redirect(url_for(".call", event=event.slug, code=form.facts.code), 303)
    return _page(event, queries.get_call(event, code), form), form.http_status


@blueprint.post("/calls/<code:code>/remove")
@requires(ApplicationPermission.RUN_CALLS)
def remove_call(event: Event, code: str) -> Page:
    """Remove a call that nobody has applied to."""
    removal = EditForm()
    if removal.saves(lambda: operations.remove_call(current_actor(), event, code, version=removal.read_at)):
        flash(_("The call is removed."), "ok")
        return redirect(url_for(".calls", event=event.slug), 303)
    found = queries.get_call(event, code)
    form = call_form(before=call_facts(found), version=found.version, formdata=None)
    return _page(event, found, form, removal), removal.http_status


@blueprint.route("/calls/<code:code>/questions/new", methods=["GET", "POST"])
@requires(ApplicationPermission.RUN_CALLS)
def new_question(event: Event, code: str) -> Page:
    """Add a question to the call."""
    found = queries.get_call(event, code)
    form = QuestionForm(names=_names(found))
    if form.saves(lambda: operations.add_question(current_actor(), event, code, form.facts)):
        flash(_("The question is saved."), "ok")
        return redirect(url_for(".call", event=event.slug, code=code), 303)
    page = render_template("applications/admin/question.html", call=found, form=form, question=None)
    return page, form.http_status


@blueprint.route("/calls/<code:code>/questions/<int:question_id>", methods=["GET", "POST"])
@requires(ApplicationPermission.RUN_CALLS)
def question(event: Event, code: str, question_id: int) -> Page:
    """Show and change a question."""
    found = queries.get_call(event, code)
    asked = _question(found, question_id)
    form = QuestionForm(names=_names(found), before=question_facts(asked), version=asked.version)

    def act() -> None:
        operations.edit_question(current_actor(), event, code, question_id, form.facts, version=form.read_at)

    if form.saves(act):
        flash(_("The question is saved."), "ok")
        return redirect(url_for(".call", event=event.slug, code=code), 303)
    page = render_template("applications/admin/question.html", call=found, form=form, question=asked)
    return page, form.http_status


@blueprint.post("/calls/<code:code>/questions/<int:question_id>/remove")
@requires(ApplicationPermission.RUN_CALLS)
def remove_question(event: Event, code: str, question_id: int) -> Response:
    """Remove a question."""
    form = EditForm()
    form.presses(
        lambda: operations.remove_question(current_actor(), event, code, question_id, version=form.read_at),
        _("The question is removed."),
    )
    return redirect(url_for(".call", event=event.slug, code=code), 303)


def _question(found: Call, question_id: int) -> CallQuestion:
    asked = next((asked for asked in found.questions if asked.id == question_id), None)
    if asked is None:
        raise NotFound(N_("This call has no such question."))
    return asked


def _names(found: Call) -> dict[str, str]:
    return {own.category: CATEGORIES.get(own.category, own.category) for own in found.categories}


def _page(event: Event, found: Call, form: CallForm, removal: EditForm | None = None) -> str:
    return render_template(
        "applications/admin/call.html",
        call=found,
        form=form,
        removal=removal,
        history=tell(history_of(event.id, f"call:{found.id}"), labels=labels_of(CallForm)),
    )
