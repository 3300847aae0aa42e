"""The picture of the ground under the plan: sent, shown, taken away."""

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.events.models import Event
from eventsite.files.enums import FileKind
from eventsite.files.queries import open_file, read_upload
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.market import operations
from eventsite.market.forms import BackgroundForm
from eventsite.market.models import PlanBackground
from eventsite.market.permissions import MarketPermission
from eventsite.market.queries import find_background
from eventsite.market.views_admin import blueprint
from eventsite.web.access import current_actor, requires
from eventsite.web.downloads import kept_photo
from eventsite.web.forms import AdminForm
from eventsite.web.uploads import takes_files

SHORT = 16  # signs of a hash in an address


def picture_url(event: Event, background: PlanBackground) -> str:
    """Return where the picture is; another picture has another address."""
    sha = background.file.sha256[:SHORT]
    return url_for("market_admin.background_picture", event=event.slug, sha=sha)


@blueprint.get("/plan/background")
@requires(MarketPermission.EDIT_PLAN)
def background(event: Event) -> str:
    """Show the picture under the plan, with a form for another."""
    return _page(event, BackgroundForm())


@blueprint.post("/plan/background/upload")
@takes_files
@requires(MarketPermission.EDIT_PLAN)
def lay_background(event: Event) -> tuple[str, int] | Redirect:
    """Lay a picture under the plan; it is read before anything is written."""
    form = BackgroundForm()

    def act() -> None:
        upload = read_upload(form.picture.data, kind=FileKind.PHOTO)
        operations.lay_background(current_actor(), event, upload)

    if form.saves(act):
        flash(_("The picture lies under the plan."), "ok")
        return redirect(url_for(".plan", event=event.slug), 303)
    return _page(event, form), form.http_status


@blueprint.post("/plan/background/remove")
@requires(MarketPermission.EDIT_PLAN)
def remove_background(event: Event) -> Redirect:
    """Take the picture away."""
    AdminForm().presses(
        lambda: operations.remove_background(current_actor(), event),
        _("There is no picture under the plan any more."),
    )
    return redirect(url_for(".background", event=event.slug), 303)


@blueprint.get("/plan/background/<code:sha>.jpg")
@requires(MarketPermission.SEE_BOOTHS)
def background_picture(event: Event, sha: str) -> Response:
    """Send the picture."""
    found = find_background(event)
    if found is None or found.file.sha256[:SHORT] != sha:
        raise NotFound(N_("There is no such file."))
    return kept_photo(open_file(found.file), name=found.file.name, sha256=found.file.sha256, private=True)


def _page(event: Event, form: BackgroundForm) -> str:
    found = find_background(event)
    return render_template(
        "market/admin/background.html",
        form=form,
        picture=picture_url(event, found) if found else None,
        found=found,
    )
