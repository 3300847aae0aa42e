"""Who comes with a token: looked up by its keyed hash, limited, and counted after the answer."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from flask import Blueprint, Response, current_app, g, request
from limits import RateLimitItemPerMinute

from eventsite.database import Busy, Unsettled
from eventsite.kernel import clock
from eventsite.kernel.errors import NotAllowed
from eventsite.kernel.words import N_
from eventsite.partners.core.tokens import Holder
from eventsite.partners.enums import SCOPE_WORDS, Scope
from eventsite.partners.operations import Take, key_of, note_taking
from eventsite.partners.queries import find_holder, find_last_asked
from eventsite.sealing.core import Sealer
from eventsite.sealing.operations import load_sealer
from eventsite.web.language import word
from eventsite.web.limits import note, refuse_spent
from eventsite.web.passes import keyring

feeds_blueprint = Blueprint("feeds", __name__)
api_blueprint = Blueprint("api", __name__)
log = logging.getLogger(__name__)

ANSWERS = RateLimitItemPerMinute(240, namespace="partner")
WINDOW = "60"  # seconds of a limit
BUNDLES = RateLimitItemPerMinute(12, namespace="partner-bundle")
CHECKED_EVERY = timedelta(minutes=1)
KEPT_BY_THEM = "private, no-cache"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a holder asks for, for the count: `number` is 0 for what belongs to no release."""

    holder: Holder
    what: str
    number: int
    live_revision: int
    limit: RateLimitItemPerMinute


def sealer() -> Sealer:
    """Return what hashes tokens, its keys read once a process."""
    found: Sealer | None = current_app.extensions.get("partners.sealer")
    if found is None:
        found = load_sealer(current_app.config["KEYS_DIR"])
        current_app.extensions["partners.sealer"] = found
    return found


def holder_of(token: str) -> Holder | None:
    """Return who holds a token; `None` alike for forged, unknown, revoked and expired ones."""
    key = key_of(keyring(), sealer(), token)
    return find_holder(key, clock.now()) if key is not None else None


def refuse_closed(holder: Holder, scope: Scope) -> None:
    """Raise `NotAllowed` where the token does not open this."""
    if not holder.opens(scope):
        raise NotAllowed(N_("This token does not open this: %(what)s."), what=word(SCOPE_WORDS, scope.value))


def expect(asked: Asked) -> None:
    """Let the answer be counted; raises `Throttled` before a bundle is made for a token that had enough."""
    if asked.limit is BUNDLES:
        refuse_spent(asked.limit, asked.holder.taker)
    g.asked = asked


def counted(view: Callable[..., Any]) -> Callable[..., Any]:
    """Count what the view answers to whoever `expect` named: taken with a body, checked without.

    Only answers with a body count towards the limit: who asks politely is told "unchanged" without end. One
    whose body is not sent (HEAD) was made all the same, and counts towards the limit, not as taken.
    Raises `Throttled` where the token has had too many.
    """

    @wraps(view)
    def answered(**values: Any) -> Any:
        response: Response = view(**values)
        asked: Asked | None = g.get("asked")
        if asked is not None and response.status_code in (200, 304):
            _count(asked, response)
        return response

    return answered


def _count(asked: Asked, response: Response) -> None:
    now = clock.now()
    unchanged = response.status_code == 304
    if not unchanged:
        refuse_spent(asked.limit, asked.holder.taker)
        note(asked.limit, asked.holder.taker)
    elif _counted_lately(asked, now):
        return
    if request.method == "HEAD":
        return
    size = None if unchanged else int(response.headers.get("Content-Length", 0))
    try:
        note_taking(_take(asked, size, now))
    except (Busy, Unsettled):
        log.exception("a taking is not counted")


def _take(asked: Asked, size: int | None, now: datetime) -> Take:
    return Take(
        event_id=asked.holder.event_id,
        organization_id=asked.holder.organization_id,
        token_id=asked.holder.token_id,
        taker=asked.holder.taker,
        what=asked.what,
        number=asked.number,
        live_revision=asked.live_revision,
        size=size,
        now=now,
    )


def _counted_lately(asked: Asked, now: datetime) -> bool:
    """Tell whether the last count of this is so young that it may stand for this one too."""
    last = find_last_asked(
        organization_id=asked.holder.organization_id,
        taker=asked.holder.taker,
        what=asked.what,
        number=asked.number,
        live_revision=asked.live_revision,
    )
    return last is not None and now - last < CHECKED_EVERY
