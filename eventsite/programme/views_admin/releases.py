"""Releasing the draft, and the versions that were released."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.programme import operations, queries
from eventsite.programme.core.changes import compare, settle
from eventsite.programme.core.clashes import blocking, find_clashes
from eventsite.programme.forms import ReleaseForm
from eventsite.programme.operations.releases import draft_hash
from eventsite.programme.permissions import ProgrammePermission
from eventsite.programme.views_admin import blueprint
from eventsite.web.access import current_actor, may, requires


@blueprint.route("/release", methods=["GET", "POST"])
@requires(ProgrammePermission.RELEASE)
def release(event: Event) -> tuple[str, int] | Redirect:
    """Show what the next version would change, and release it."""
    form = ReleaseForm()
    actor, now = current_actor(), clock.now()
    if form.saves(
        lambda: operations.release_programme(
            actor,
            event,
            note=form.note.data or "",
            now=now,
            seen=form.seen.data or None,
            reason=form.reason.data or "",
        )
    ):
        flash(_("Released. Visitors see the new version now."), "ok")
        return redirect(url_for(".releases", event=event.slug), 303)
    draft = queries.read_draft(event)
    view = queries.current_release(event)
    form.seen.data = draft_hash(draft)
    form.confirmed.data = False
    clashes = find_clashes(draft, queries.clash_rules(event))
    blocked = blocking(clashes)
    form.reason.flags.required = bool(blocked)
    return (
        render_template(
            "programme/admin/release.html",
            form=form,
            view=view,
            draft=draft,
            clashes=clashes,
            blocked=blocked,
            changes=compare(view.alone.public if view else None, draft.public),
            news=view is None or settle(draft, view.alone, now) != view.alone,
        ),
        form.http_status,
    )


@blueprint.get("/releases")
@requires(ProgrammePermission.SEE_DRAFT)
def releases(event: Event) -> str:
    """List the versions that were released."""
    return render_template(
        "programme/admin/releases.html",
        releases=queries.list_releases(event),
        live=queries.find_live_state(event),
        may_release=may(ProgrammePermission.RELEASE, Thing(event_id=event.id)),
    )
