"""A programme from a file, page by page. The file waits in the store under its hash until it is taken."""

from collections.abc import Collection
from datetime import datetime

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.events.models import Event
from eventsite.files.store import check_room, files_folder, lay_down, take_up
from eventsite.imports.core.values import MOST_BYTES, ReadProgramme
from eventsite.imports.enums import Move
from eventsite.imports.forms import ScheduleForm, TakeForm
from eventsite.imports.operations import import_programme
from eventsite.imports.permissions import ImportPermission
from eventsite.imports.queries import plan_import, read_programme
from eventsite.imports.sheets import spoken, template_file
from eventsite.imports.views_admin import blueprint
from eventsite.imports.views_admin.words import show_diff
from eventsite.web.access import current_actor, requires
from eventsite.web.downloads import download
from eventsite.web.dryruns import read_sheet_token, sheet_token
from eventsite.web.tables import MIMETYPES
from eventsite.web.uploads import takes_files


@blueprint.get("")
@requires(ImportPermission.IMPORT_PROGRAMME)
def start(event: Event) -> Redirect:
    """Lead to the upload."""
    return redirect(url_for(".upload", event=event.slug))


@blueprint.route("/upload", methods=["GET", "POST"])
@takes_files
@requires(ImportPermission.IMPORT_PROGRAMME)
def upload(event: Event) -> tuple[str, int] | Redirect:
    """Take a file in to be checked; nothing is written but the file itself."""
    form = ScheduleForm()
    if form.saves(lambda: _lay_down(event, form)):
        return redirect(url_for(".preview", event=event.slug, token=form.answer), 303)
    return render_template("imports/admin/upload.html", form=form), form.http_status


@blueprint.get("/template.xlsx")
@blueprint.get("/template.csv")
@requires(ImportPermission.IMPORT_PROGRAMME)
def template(event: Event) -> Response:
    """Hand out the empty table."""
    title, ending = _("Programme items"), request.path.rpartition(".")[2]
    name = _("%(list)s, template", list=title)
    return download(template_file(title, ending), name=f"{name}.{ending}", mimetype=MIMETYPES[ending])


@blueprint.get("/<token>")
@requires(ImportPermission.IMPORT_PROGRAMME)
def preview(event: Event, token: str) -> str:
    """Show what the file would do."""
    read = _read(event, read_sheet_token(event.id, token))
    return _page(event, token, TakeForm(formdata=None), read)


@blueprint.post("/<token>")
@requires(ImportPermission.IMPORT_PROGRAMME)
def take(event: Event, token: str) -> tuple[str, int] | Redirect:
    """Do to the draft what was shown."""
    form, sha256 = TakeForm(), read_sheet_token(event.id, token)
    read = _read(event, sha256)
    if form.saves(
        lambda: import_programme(
            current_actor(),
            event,
            read,
            sha256=sha256,
            seen=form.seen.data or "",
            left_out=frozenset(form.out.data or ()),
            dropped=frozenset(form.drop.data or ()),
        )
    ):
        counts = form.answer.counts
        flash(
            _(
                "The file is in the draft: %(added)s added, %(moved)s moved, %(reworded)s reworded. "
                "Visitors see it with the next version.",
                added=counts.get(Move.ADDED, 0),
                moved=counts.get(Move.MOVED, 0),
                reworded=counts.get(Move.REWORDED, 0),
            ),
            "ok",
        )
        return redirect(url_for("programme_admin.items", event=event.slug), 303)
    ticked = (form.out.data or (), form.drop.data or ())
    return _page(event, token, form, read, ticked=ticked), form.http_status


def _lay_down(event: Event, form: ScheduleForm) -> str:
    """Read the file once, so that one that cannot be read is refused here, and keep it for the preview."""
    data = form.schedule.data.stream.read(MOST_BYTES + 1)
    read_programme(data, timezone=event.timezone, translated=spoken())
    check_room(files_folder())
    return sheet_token(event.id, lay_down(files_folder(), data))


def _read(event: Event, sha256: str) -> ReadProgramme:
    data = take_up(files_folder(), sha256)
    return read_programme(data, timezone=event.timezone, translated=spoken())


def _page(
    event: Event,
    token: str,
    form: TakeForm,
    read: ReadProgramme,
    *,
    ticked: tuple[Collection[str], Collection[str]] = ((), ()),
) -> str:
    diff = plan_import(event, read)
    form.seen.data = diff.seen

    def zone_time(instant: datetime) -> str:
        return instant.astimezone(event.zone).strftime("%H:%M")

    return render_template(
        "imports/admin/preview.html",
        form=form,
        token=token,
        shown=show_diff(diff, zone_time),
        form_name=read.form,
        out=ticked[0],
        drop=ticked[1],
    )
