"""What troupes are told: read, put into words, left out or sent. Nothing goes out by itself."""

import re

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from eventsite.accounts.core import Thing
from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_
from eventsite.programme.queries import current_release
from eventsite.troupes import operations, queries
from eventsite.troupes.enums import READER_WORDS, Reader
from eventsite.troupes.forms import NoticeForm
from eventsite.troupes.models import TroupeNotice
from eventsite.troupes.permissions import TroupePermission
from eventsite.troupes.views_admin import blueprint
from eventsite.troupes.views_admin.letters import addressees_of, changes_of, prepare
from eventsite.web.access import current_actor, may, requires
from eventsite.web.forms import AdminForm, EditForm

CHOSEN = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})")  # a notice and the version of it that was read


@blueprint.get("/troupes/notices")
@requires(TroupePermission.SEE_NOTICES)
def notices(event: Event) -> str:
    """Show what waits to be sent, to whom, and what was sent."""
    return _page(event)


@blueprint.post("/troupes/notices/draft")
@requires(TroupePermission.SEND_NOTICES)
def draft(event: Event) -> Response:
    """Look at once what the newest release changed for whom; the site does so within a minute by itself."""
    form = AdminForm()
    if form.saves(lambda: operations.draft_notices(current_actor(), event, now=clock.now())):
        done = ngettext("%(num)s notice to look at.", "%(num)s notices to look at.", form.answer)
        flash(done if form.answer else _("There is nothing new to tell."), "ok")
    return _back(event)


@blueprint.post("/troupes/notices/<int:number>")
@requires(TroupePermission.SEND_NOTICES)
def edit(event: Event, number: int) -> str | Response | tuple[str, int]:
    """Change what is said on top of a notice."""
    notice, form = queries.get_notice(event, number), NoticeForm(prefix=f"n{number}")
    actor = current_actor()
    words = form.words.data or ""
    if form.saves(lambda: operations.edit_notice(actor, event, notice.id, words=words, version=form.read_at)):
        flash(_("The words are saved."), "ok")
        return redirect(url_for(".notices", event=event.slug, _anchor=f"n-{number}"), 303)
    return _page(event, tried=(number, form)), form.http_status


@blueprint.post("/troupes/notices/<int:number>/leave-out")
@requires(TroupePermission.SEND_NOTICES)
def leave_out(event: Event, number: int) -> Response:
    """Decide that a troupe is not told of this."""
    form = EditForm()
    form.presses(
        lambda: operations.leave_out(current_actor(), event, number, version=form.read_at, now=clock.now()),
        _("Left out. Nobody is told of it."),
    )
    return _back(event)


@blueprint.post("/troupes/notices/send")
@requires(TroupePermission.SEND_NOTICES)
def send(event: Event) -> Response:
    """Send the chosen notices as they were read."""
    form = AdminForm()

    def act() -> int:
        versions = _chosen()
        found = [queries.get_notice(event, number) for number in sorted(versions)]
        going, letters = prepare(event, found, versions)
        return operations.send_notices(current_actor(), event, going, letters, now=clock.now())

    form.presses(act)
    if form.answer is not None:
        flash(ngettext("Sent: %(num)s mail.", "Sent: %(num)s mails.", form.answer), "ok")
    return _back(event)


def _chosen() -> dict[int, int]:
    """Return the notices that were ticked, each with the version that was read (`12.3`)."""
    pairs = [CHOSEN.fullmatch(value) for value in request.form.getlist("notice")[:500]]
    if not all(pairs):
        raise Conflict(N_("Open the page again and repeat the change."))
    return {int(pair[1]): int(pair[2]) for pair in pairs if pair}


def _page(event: Event, *, tried: tuple[int, NoticeForm] | None = None) -> str:
    accesses, view = queries.list_accesses(event), current_release(event)
    may_send = may(TroupePermission.SEND_NOTICES, Thing(event_id=event.id)) and not event.is_archived
    drafts = queries.list_drafts(event)
    return render_template(
        "troupes/admin/notices.html",
        view=view,
        behind=view is not None and queries.run_number(event) < view.number,
        drafts=[
            (
                notice,
                changes_of(notice),
                addressees_of(event, notice, accesses.get(notice.troupe_id)),
                tried[1] if tried and tried[0] == notice.id else _form(notice),
            )
            for notice in drafts
        ],
        settled=[(notice, changes_of(notice)) for notice in queries.list_settled(event)],
        readers_by={reader.value: _(words) for reader, words in READER_WORDS.items()},
        troupe_reader=Reader.TROUPE,
        may_send=may_send,
    )


def _form(notice: TroupeNotice) -> NoticeForm:
    data = {"words": notice.words, "version": str(notice.version)}
    return NoticeForm(prefix=f"n{notice.id}", formdata=None, data=data)


def _back(event: Event) -> Response:
    return redirect(url_for(".notices", event=event.slug), 303)
