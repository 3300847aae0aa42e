"""The private link: its token, who comes with it, and pages that nobody else keeps or learns of."""

from flask import Blueprint, Response, current_app, g, make_response, request

from eventsite.accounts.core import Actor
from eventsite.events.models import Event
from eventsite.kernel.errors import NotFound
from eventsite.kernel.tokens import Purpose, seal, unseal
from eventsite.kernel.words import N_
from eventsite.programme.models import Troupe
from eventsite.sealing.core import Sealer
from eventsite.sealing.operations import load_sealer
from eventsite.troupes.models import TroupeAccess
from eventsite.troupes.queries import body_of_access, event_of, find_by_body
from eventsite.web.access import refuse_archived
from eventsite.web.links import absolute
from eventsite.web.passes import keyring

blueprint = Blueprint("troupes", __name__)
TOKEN_BYTES = 16
NO_SUCH_LINK = N_("This link opens no troupe's page. Check it, or ask the organizers for a new one.")


def sealer() -> Sealer:
    """Return what seals links and addresses, its keys read once a request."""
    if "sealer" not in g:
        g.sealer = load_sealer(current_app.config["KEYS_DIR"])
    found: Sealer = g.sealer
    return found


def speaker(troupe: Troupe) -> Actor:
    """Return whoever holds the link of a troupe, for the log."""
    return Actor(ref=f"troupe:{troupe.ref}", label=troupe.name_zh, origin=request.remote_addr or "")


def token_of(body: bytes) -> str:
    """Return the token that a private link carries."""
    return seal(keyring(), Purpose.TROUPE, body)


def link_of(access: TroupeAccess | None) -> str:
    """Return the private link of a troupe, empty where it has none."""
    body = body_of_access(access, sealer())
    return absolute("troupes.page", token=token_of(body)) if body else ""


def enter(token: str) -> tuple[Event, Troupe, bytes]:
    """Return the event and the troupe of a private link; `NotFound` alike for all that is none."""
    body = unseal(keyring(), Purpose.TROUPE, token)
    if body is None or len(body) != TOKEN_BYTES:
        raise NotFound(NO_SUCH_LINK)
    access = find_by_body(body)
    if access is None:
        raise NotFound(NO_SUCH_LINK)
    event = g.event = event_of(access)
    if request.method == "POST":
        refuse_archived(event)
    return event, access.troupe, body


def private(page: str | Response, status: int = 200) -> Response:
    """Return a page that no cache keeps, no search engine lists and no other site learns the address of."""
    response = make_response(page, status) if isinstance(page, str) else page
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
