"""The private link: its token, who comes with it, and pages that nobody else keeps or learns of."""

from flask import Blueprint, Response, current_app, g, make_response, request
from flask_babel import gettext as _
from flask_babel import ngettext

from eventsite.accounts.core import Actor
from eventsite.applications.models import Application
from eventsite.applications.queries import list_brought
from eventsite.applications.queries.lookup import event_of, find_by_token
from eventsite.events.models import Event
from eventsite.kernel.errors import NotFound
from eventsite.kernel.tokens import Purpose, seal, unseal
from eventsite.kernel.words import N_
from eventsite.sealing.core import Sealer
from eventsite.sealing.operations import load_sealer
from eventsite.web.access import refuse_archived
from eventsite.web.links import absolute
from eventsite.web.passes import keyring

blueprint = Blueprint("applications", __name__)
blueprint.add_app_template_global(list_brought, "brought_to")
TOKEN_BYTES = 16


@blueprint.app_template_filter("passes_asked")
def say_passes(row: Application) -> str:
    """Return for how many passes somebody applied, in words."""
    staff = ngettext("%(num)s staff pass", "%(num)s staff passes", row.staff_passes)
    vehicles = ngettext("%(num)s vehicle pass", "%(num)s vehicle passes", row.vehicle_passes)
    return _("%(staff)s, %(vehicles)s", staff=staff, vehicles=vehicles)


NO_SUCH_LINK = N_("This link opens no application. Check it, or ask the organizers for a new one.")


def sealer() -> Sealer:
    """Return what seals contacts, its keys read once a request."""
    if "sealer" not in g:
        g.sealer = load_sealer(current_app.config["KEYS_DIR"])
    found: Sealer = g.sealer
    return found


def applicant(ref: str = "new") -> Actor:
    """Return whoever holds a private link, for the log."""
    return Actor(ref=f"applicant:{ref}", label="", origin=request.remote_addr or "")


def token_of(body: bytes) -> str:
    """Return the token that a private link carries."""
    return seal(keyring(), Purpose.APPLICATION, body)


def body_of(token: str) -> bytes:
    """Return the body of a token; raises `NotFound` for a forged one."""
    body = unseal(keyring(), Purpose.APPLICATION, token)
    if body is None or len(body) != TOKEN_BYTES:
        raise NotFound(NO_SUCH_LINK)
    return body


def link_of(body: bytes) -> str:
    """Return the private link."""
    return absolute("applications.follow", token=token_of(body))


def enter(token: str) -> tuple[Event, Application, bytes]:
    """Return the event and the application of a private link; `NotFound` alike for all that is none."""
    body = body_of(token)
    row = find_by_token(body)
    if row is None:
        raise NotFound(NO_SUCH_LINK)
    event = g.event = event_of(row)
    if request.method == "POST":
        refuse_archived(event)
    return event, row, body


def private(page: str | Response, status: int = 200) -> Response:
    """Return a page that no cache keeps, no search engine lists and no other site learns the address of."""
    response = make_response(page, status) if isinstance(page, str) else page
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
