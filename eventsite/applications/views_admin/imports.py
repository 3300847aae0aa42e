"""Exhibitors from a spreadsheet: template, dry run, and taking it."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.applications.core.imports import Rows
from eventsite.applications.operations.imports import import_exhibitors
from eventsite.applications.permissions import ApplicationPermission
from eventsite.applications.queries.imports import dry_run_exhibitors
from eventsite.applications.sheets import exhibitor_columns
from eventsite.applications.views_admin.desk import blueprint
from eventsite.events.models import Event
from eventsite.files.store import files_folder, lay_down, take_up
from eventsite.kernel import clock
from eventsite.kernel.dryrun import Move
from eventsite.sheets.limits import MOST_BYTES
from eventsite.sheets.reading import Sheet, read_rows
from eventsite.web.access import current_actor, requires
from eventsite.web.downloads import download
from eventsite.web.dryruns import (
    SheetForm,
    TakeForm,
    plain_words,
    read_sheet_token,
    sheet_token,
    show_run,
    template_file,
)
from eventsite.web.tables import MIMETYPES
from eventsite.web.uploads import takes_files


@blueprint.route("/import/upload", methods=["GET", "POST"])
@takes_files
@requires(ApplicationPermission.DECIDE)
def import_sheet(event: Event) -> tuple[str, int] | Redirect:
    """Take a spreadsheet in to be checked; nothing is written but the file itself."""
    form = SheetForm()
    if form.saves(lambda: _lay_down(event, form)):
        return redirect(url_for(".dry_run", event=event.slug, token=form.answer), 303)
    return render_template("applications/admin/import.html", form=form), form.http_status


@blueprint.get("/import/template.xlsx")
@blueprint.get("/import/template.csv")
@requires(ApplicationPermission.DECIDE)
def sheet_template(event: Event) -> Response:
    """Hand out the empty table."""
    title, ending = _("Exhibitors"), request.path.rpartition(".")[2]
    made = template_file(title, exhibitor_columns(event), ending)
    name = _("%(list)s, template", list=title)
    return download(made, name=f"{name}.{ending}", mimetype=MIMETYPES[ending])


@blueprint.get("/import/<token>")
@requires(ApplicationPermission.DECIDE)
def dry_run(event: Event, token: str) -> str:
    """Show what the sheet would do."""
    return _page(event, token, TakeForm())


@blueprint.post("/import/<token>")
@requires(ApplicationPermission.DECIDE)
def take_sheet(event: Event, token: str) -> tuple[str, int] | Redirect:
    """Add and change exhibitors and give booths as it was shown."""
    form, sha256 = TakeForm(), read_sheet_token(event.id, token)
    rows, actor, now = _rows(_read(event, sha256)), current_actor(), clock.now()
    if form.saves(
        lambda: import_exhibitors(actor, event, rows, seen=form.seen.data or "", sha256=sha256, now=now)
    ):
        counts = form.answer.counts
        flash(
            _(
                "The spreadsheet is taken: %(new)s exhibitors added, %(changed)s changed.",
                new=counts.get(Move.NEW, 0),
                changed=counts.get(Move.CHANGED, 0),
            ),
            "ok",
        )
        return redirect(url_for(".applications", event=event.slug), 303)
    return _page(event, token, form), form.http_status


def _lay_down(event: Event, form: SheetForm) -> str:
    """Read the file once, so that one that is no table is refused here, and keep it for the dry run."""
    file = form.sheet.data
    data = file.stream.read(MOST_BYTES + 1)
    read_rows(data, file.filename or "", columns=exhibitor_columns(event))
    return sheet_token(event.id, lay_down(files_folder(), data))


def _read(event: Event, sha256: str) -> Sheet:
    return read_rows(take_up(files_folder(), sha256), "", columns=exhibitor_columns(event))


def _rows(sheet: Sheet) -> Rows:
    return [(row.number, row.values) for row in sheet.rows]


def _page(event: Event, token: str, form: TakeForm) -> str:
    sheet = _read(event, read_sheet_token(event.id, token))
    run = dry_run_exhibitors(event, _rows(sheet))
    form.seen.data = run.seen
    shown = show_run(sheet, run, exhibitor_columns(event), said=plain_words, name="zone")
    return render_template("applications/admin/dry_run.html", run=shown, form=form, token=token)
