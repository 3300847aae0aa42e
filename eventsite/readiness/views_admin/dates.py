"""Permits and milestones: counted back from the first day of the fair, followed and marked as done."""

from datetime import date

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.audit.queries import history_of
from eventsite.events.models import Event
from eventsite.files.enums import FileKind
from eventsite.files.queries import open_file, read_upload
from eventsite.kernel import clock
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.readiness import operations, queries
from eventsite.readiness.core import Countdown, milestone_day, permit_day
from eventsite.readiness.enums import PERMIT_STATUSES, PHASES, TEAMS
from eventsite.readiness.forms import DocumentForm, MilestoneForm, PermitForm
from eventsite.readiness.models import Milestone, Permit
from eventsite.readiness.permissions import ReadinessPermission
from eventsite.readiness.views_admin import blueprint
from eventsite.web.access import current_actor, may, requires
from eventsite.web.downloads import kept_file
from eventsite.web.forms import AdminForm, labels_of
from eventsite.web.history import tell
from eventsite.web.lists import list_page, render_list, searched
from eventsite.web.tables import Page, Table, TableColumn
from eventsite.web.uploads import takes_files


def _due(row: Permit | Milestone, page: Page) -> date | None:
    first = page["first"]
    if first is None:
        return None
    return row.latest_from(first) if isinstance(row, Permit) else row.date_from(first)


PERMITS = Table(
    title=N_("Permits"),
    columns=(
        TableColumn(N_("Permit"), "name_zh"),
        TableColumn(N_("Name (English)"), "name_en"),
        TableColumn(N_("Authority"), "authority_zh"),
        TableColumn(N_("Basis"), "basis_zh"),
        TableColumn(N_("Days before"), "lead_days"),
        TableColumn(N_("Last day to apply"), from_page=_due),
        TableColumn(N_("Status"), "status", PERMIT_STATUSES),
        TableColumn(N_("Applied on"), "applied_on"),
        TableColumn(N_("Decided on"), "decided_on"),
        TableColumn(N_("File number"), "number"),
        TableColumn(N_("Note"), "note_zh"),
    ),
)
MILESTONES = Table(
    title=N_("Milestones"),
    columns=(
        TableColumn(N_("Day"), "offset_days"),
        TableColumn(N_("Date"), from_page=_due),
        TableColumn(N_("What"), "title_zh"),
        TableColumn(N_("Name (English)"), "title_en"),
        TableColumn(N_("Deliverable"), "deliverable_zh"),
        TableColumn(N_("Phase"), "phase", PHASES),
        TableColumn(N_("Team"), "owner_team", TEAMS),
        TableColumn(N_("Done at"), "done_at"),
        TableColumn(N_("Note"), "note_zh"),
    ),
)


@list_page(blueprint, "/permits")
@requires(ReadinessPermission.SEE_DATES)
def permits(event: Event) -> str:
    """List the permits that authorities decide, each with its days left."""
    first, today = _first(event), _today(event)
    rows = searched(queries.list_permits(event))
    page: str = render_list(
        "readiness/admin/permits.html",
        rows,
        table=PERMITS,
        first=first,
        counts={row.id: _count(row, first, today) for row in rows},
    )
    return page


@blueprint.get("/permits/<ref>")
@requires(ReadinessPermission.SEE_DATES)
def permit(event: Event, ref: str) -> str:
    """Show a permit with its form, its document and its history."""
    shown = queries.get_permit(event, ref)
    return _permit_page(event, shown, _permit_form(shown))


@blueprint.post("/permits/<ref>")
@requires(ReadinessPermission.EDIT_DATES)
def edit_permit(event: Event, ref: str) -> tuple[str, int] | Redirect:
    """Save a permit."""
    form = _permit_form(queries.get_permit(event, ref))
    if form.saves(
        lambda: operations.edit_permit(
            current_actor(), event, ref, form.facts, version=form.read_at, today=_today(event)
        )
    ):
        flash(_("Saved."), "ok")
        return redirect(url_for(".permits", event=event.slug), 303)
    return _permit_page(event, queries.get_permit(event, ref), form), form.http_status


@blueprint.post("/permits/<ref>/upload")
@takes_files
@requires(ReadinessPermission.EDIT_DATES)
def file_permit(event: Event, ref: str) -> Redirect:
    """File the permit's document; it is read before anything is written."""
    form = DocumentForm()

    def act() -> None:
        upload = read_upload(form.document.data, kind=FileKind.DOCUMENT)
        operations.file_permit(current_actor(), event, ref, upload)

    form.presses(act, _("The document is filed."))
    return redirect(url_for(".permit", event=event.slug, ref=ref), 303)


@blueprint.get("/permits/<ref>/document")
@requires(ReadinessPermission.SEE_DATES)
def permit_document(event: Event, ref: str) -> Response:
    """Hand the permit's document over as a file."""
    stored = queries.get_permit(event, ref).document
    if stored is None:
        raise NotFound(N_("There is no such file."))
    return kept_file(open_file(stored), name=stored.name, mimetype=stored.media_type)


@list_page(blueprint, "/milestones")
@requires(ReadinessPermission.SEE_DATES)
def milestones(event: Event) -> str:
    """List what has to be ready when, the earliest first, each with its days left."""
    first, today = _first(event), _today(event)
    rows = searched(queries.list_milestones(event))
    page: str = render_list(
        "readiness/admin/milestones.html",
        rows,
        table=MILESTONES,
        first=first,
        counts={row.id: _day(row, first, today) for row in rows},
        may_edit=may(ReadinessPermission.EDIT_DATES, Thing(event_id=event.id)),
    )
    return page


@blueprint.get("/milestones/<ref>")
@requires(ReadinessPermission.SEE_DATES)
def milestone(event: Event, ref: str) -> str:
    """Show a milestone with its form and its history."""
    shown = queries.get_milestone(event, ref)
    return _milestone_page(event, shown, _milestone_form(shown))


@blueprint.post("/milestones/<ref>")
@requires(ReadinessPermission.EDIT_DATES)
def edit_milestone(event: Event, ref: str) -> tuple[str, int] | Redirect:
    """Save a milestone."""
    form = _milestone_form(queries.get_milestone(event, ref))
    if form.saves(
        lambda: operations.edit_milestone(current_actor(), event, ref, form.facts, version=form.read_at)
    ):
        flash(_("Saved."), "ok")
        return redirect(url_for(".milestones", event=event.slug), 303)
    return _milestone_page(event, queries.get_milestone(event, ref), form), form.http_status


@blueprint.post("/milestones/<ref>/<any(done, undone):state>")
@requires(ReadinessPermission.EDIT_DATES)
def mark_milestone(event: Event, ref: str, state: str) -> Redirect:
    """Mark a milestone as done, or take the mark back."""

    def act() -> None:
        if state == "done":
            operations.finish_milestone(current_actor(), event, ref, now=clock.now())
        else:
            operations.reopen_milestone(current_actor(), event, ref)

    AdminForm().presses(act)
    return redirect(url_for(".milestones", event=event.slug), 303)


def _first(event: Event) -> date | None:
    return event.days[0].date if event.days else None


def _today(event: Event) -> date:
    return clock.now().astimezone(event.zone).date()


def _count(permit: Permit, first: date | None, today: date) -> Countdown | None:
    return permit_day(permit.status, permit.latest_from(first), today) if first else None


def _day(milestone: Milestone, first: date | None, today: date) -> Countdown | None:
    if first is None:
        return None
    return milestone_day(done=milestone.done_at is not None, due=milestone.date_from(first), today=today)


def _permit_form(shown: Permit) -> PermitForm:
    return PermitForm(before=shown.facts, version=shown.version)


def _permit_page(event: Event, shown: Permit, form: PermitForm) -> str:
    first = _first(event)
    return render_template(
        "readiness/admin/permit.html",
        permit=shown,
        form=form,
        document=DocumentForm(formdata=None),
        latest=shown.latest_from(first) if first else None,
        count=_count(shown, first, _today(event)),
        may_edit=may(ReadinessPermission.EDIT_DATES, Thing(event_id=event.id)),
        history=tell(history_of(event.id, f"permit:{shown.id}"), labels=labels_of(PermitForm)),
    )


def _milestone_form(shown: Milestone) -> MilestoneForm:
    return MilestoneForm(before=shown.facts, version=shown.version)


def _milestone_page(event: Event, shown: Milestone, form: MilestoneForm) -> str:
    first = _first(event)
    return render_template(
        "readiness/admin/milestone.html",
        milestone=shown,
        form=form,
        due=shown.date_from(first) if first else None,
        count=_day(shown, first, _today(event)),
        may_edit=may(ReadinessPermission.EDIT_DATES, Thing(event_id=event.id)),
        history=tell(history_of(event.id, f"milestone:{shown.id}"), labels=labels_of(MilestoneForm)),
    )
