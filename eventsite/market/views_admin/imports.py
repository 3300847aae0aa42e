"""The team's pages of booths from a spreadsheet: template, dry run, and taking it."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.events.models import Event
from eventsite.files.store import files_folder, lay_down, take_up
from eventsite.kernel.boxes import metres
from eventsite.kernel.dryrun import DryRun, Move
from eventsite.market import operations, queries
from eventsite.market.core.imports import PLACE, Rows
from eventsite.market.permissions import MarketPermission
from eventsite.market.sheets import BOOTHS, booth_columns
from eventsite.market.views_admin import blueprint
from eventsite.sheets.columns import Column
from eventsite.sheets.limits import MOST_BYTES
from eventsite.sheets.reading import Sheet, read_rows
from eventsite.web.access import current_actor, requires
from eventsite.web.downloads import download
from eventsite.web.dryruns import (
    SheetForm,
    ShownRun,
    TakeForm,
    plain_words,
    read_sheet_token,
    sheet_token,
    show_run,
    template_file,
)
from eventsite.web.tables import MIMETYPES
from eventsite.web.uploads import takes_files


@blueprint.route("/import-booths/upload", methods=["GET", "POST"])
@takes_files
@requires(MarketPermission.IMPORT_BOOTHS)
def import_booths(event: Event) -> tuple[str, int] | Redirect:
    """Take a spreadsheet in to be checked; nothing is written but the file itself."""
    form = SheetForm()
    if form.saves(lambda: _lay_down(event, form)):
        return redirect(url_for(".booths_dry_run", event=event.slug, token=form.answer), 303)
    return render_template("market/admin/import_booths.html", form=form), form.http_status


@blueprint.get("/import-booths/template.xlsx")
@blueprint.get("/import-booths/template.csv")
@requires(MarketPermission.IMPORT_BOOTHS)
def booths_template(event: Event) -> Response:
    """Hand out the empty table."""
    title, ending = _(BOOTHS.title), request.path.rpartition(".")[2]
    made = template_file(title, booth_columns(event), ending)
    name = _("%(list)s, template", list=title)
    return download(made, name=f"{name}.{ending}", mimetype=MIMETYPES[ending])


@blueprint.get("/import-booths/<token>")
@requires(MarketPermission.IMPORT_BOOTHS)
def booths_dry_run(event: Event, token: str) -> str:
    """Show what the sheet would do."""
    return _page(event, token, TakeForm())


@blueprint.post("/import-booths/<token>")
@requires(MarketPermission.IMPORT_BOOTHS)
def take_booths(event: Event, token: str) -> tuple[str, int] | Redirect:
    """Add and change the booths as they were shown."""
    form, sha256 = TakeForm(), read_sheet_token(event.id, token)
    rows = _rows(_read(event, sha256))
    if form.saves(
        lambda: operations.import_booths(
            current_actor(), event, rows, seen=form.seen.data or "", sha256=sha256
        )
    ):
        counts = form.answer.counts
        flash(
            _(
                "The spreadsheet is taken: %(new)s booths added, %(changed)s changed.",
                new=counts.get(Move.NEW, 0),
                changed=counts.get(Move.CHANGED, 0),
            ),
            "ok",
        )
        return redirect(url_for(".booths", event=event.slug), 303)
    return _page(event, token, form), form.http_status


def _lay_down(event: Event, form: SheetForm) -> str:
    """Read the file once, so that one that is no table is refused here, and keep it for the dry run."""
    file = form.sheet.data
    data = file.stream.read(MOST_BYTES + 1)
    read_rows(data, file.filename or "", columns=booth_columns(event))
    return sheet_token(event.id, lay_down(files_folder(), data))


def _read(event: Event, sha256: str) -> Sheet:
    return read_rows(take_up(files_folder(), sha256), "", columns=booth_columns(event))


def _rows(sheet: Sheet) -> Rows:
    """Return the rows for the dry run; none where the column of codes is missing."""
    return [(row.number, row.values) for row in sheet.rows] if "code" in sheet.columns else []


def _page(event: Event, token: str, form: TakeForm) -> str:
    sheet = _read(event, read_sheet_token(event.id, token))
    run = queries.dry_run_booths(event, _rows(sheet))
    form.seen.data = run.seen
    return render_template(
        "market/admin/booths_dry_run.html", run=_shown(event, sheet, run), form=form, token=token
    )


def _shown(event: Event, sheet: Sheet, run: DryRun) -> ShownRun:
    return show_run(sheet, run, booth_columns(event), said=_said, name="name_zh")


def _said(column: Column, value: Any) -> str:
    if column.name in PLACE and value is not None:
        return plain_words(column, metres(value))
    return plain_words(column, value)
