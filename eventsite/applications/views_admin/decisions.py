"""What the desk does with an application: verdicts, the one return, decisions, booths, a new link."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventsite.applications import operations
from eventsite.applications.core.review import problems
from eventsite.applications.enums import Matter
from eventsite.applications.forms import FindingForm, RejectForm, return_form
from eventsite.applications.operations import Finding
from eventsite.applications.permissions import ApplicationPermission, matter_thing
from eventsite.applications.queries import get_application
from eventsite.applications.queries.sheets import opinions_of
from eventsite.applications.views_admin.desk import Tried, blueprint, page, seen_row
from eventsite.applications.views_public.doors import link_of, private, sealer
from eventsite.applications.views_public.letters import letter_to
from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.web.access import current_actor, requires
from eventsite.web.forms import AdminForm, EditForm

MATTERS = ",".join(matter.value for matter in Matter)


def matter_scopes(event: Event, ref: str, matter: str) -> frozenset[str]:
    """Return what a matter of an address lies in, for `@requires`."""
    return matter_thing(event.id, Matter(matter)).scopes


@blueprint.post(f"/<ref>/matters/<any({MATTERS}):matter>")
@requires(ApplicationPermission.JUDGE_MATTER, scopes=matter_scopes)
def judge(event: Event, ref: str, matter: str) -> Response:
    """Write what an office says of a matter; a faster colleague's word is shown beside it."""
    row, form, own = seen_row(event, ref), FindingForm(prefix=matter), Matter(matter)

    def act() -> None:
        finding = Finding(matter=own, verdict=form.said, point=form.point.data or "", version=form.read_at)
        operations.judge_matter(current_actor(), event, ref, finding, now=clock.now())

    if form.saves(act):
        flash(_("The word on this matter is saved."), "ok")
        return _back(event, ref)
    return page(event, row, Tried(matter=own, finding=form))


@blueprint.post("/<ref>/return")
@requires(ApplicationPermission.DECIDE)
def send_back(event: Event, ref: str) -> Response:
    """Send the application back, once, with every point in one list."""
    row = get_application(event, ref)
    form = return_form(problems(opinions_of(row)))

    def act() -> None:
        operations.return_application(
            current_actor(),
            event,
            ref,
            form.points,
            until=form.deadline,
            version=form.read_at,
            now=clock.now(),
            tell=letter_to(sealer()),
        )

    if form.saves(act):
        flash(_("The application is returned. It can be returned only once."), "ok")
        return _back(event, ref)
    return page(event, get_application(event, ref), Tried(returning=form))


@blueprint.post("/<ref>/approve")
@requires(ApplicationPermission.DECIDE)
def approve(event: Event, ref: str) -> Response:
    """Accept the application."""
    form = EditForm()
    form.presses(lambda: _decide(operations.approve_application, event, ref, form), _("Approved."))
    return _back(event, ref)


@blueprint.post("/<ref>/waitlist")
@requires(ApplicationPermission.DECIDE)
def waitlist(event: Event, ref: str) -> Response:
    """Put the application on the waiting list."""
    form = EditForm()
    done = _("It stands at the end of the waiting list.")
    form.presses(lambda: _decide(operations.waitlist_application, event, ref, form), done)
    return _back(event, ref)


@blueprint.post("/<ref>/promote")
@requires(ApplicationPermission.DECIDE)
def promote(event: Event, ref: str) -> Response:
    """Take the first of the waiting list up."""
    form = EditForm()
    done = _("Taken off the waiting list: it is under review now.")
    form.presses(lambda: _decide(operations.promote_application, event, ref, form), done)
    return _back(event, ref)


@blueprint.post("/<ref>/reject")
@requires(ApplicationPermission.DECIDE)
def reject(event: Event, ref: str) -> Response:
    """Turn the application down, with the reason."""
    form = RejectForm()

    def act() -> None:
        operations.reject_application(
            current_actor(),
            event,
            ref,
            reason=form.reason.data or "",
            version=form.read_at,
            now=clock.now(),
            tell=letter_to(sealer()),
        )

    if form.saves(act):
        flash(_("Rejected. The applicant reads the reason."), "ok")
        return _back(event, ref)
    return page(event, get_application(event, ref), Tried(rejecting=form))


@blueprint.post("/<ref>/link")
@requires(ApplicationPermission.DECIDE)
def new_link(event: Event, ref: str) -> Response:
    """Issue a new private link and show it once; the old one is void."""
    form = AdminForm()
    if not form.saves(lambda: operations.issue_link(current_actor(), event, ref)):
        return _back(event, ref)
    row = get_application(event, ref)
    return private(render_template("applications/admin/link.html", row=row, link=link_of(form.answer)))


def _decide(operation: Any, event: Event, ref: str, form: EditForm) -> None:
    operation(current_actor(), event, ref, version=form.read_at, now=clock.now(), tell=letter_to(sealer()))


def _back(event: Event, ref: str) -> Response:
    return redirect(url_for(".application", event=event.slug, ref=ref), 303)
