"""Where a page may send somebody who has just signed in: endpoints of this site, by an exact list.

What comes in is never sent back: it is read by the site's own routing, and an address is built anew from the
endpoint found. What is not on the list leads to the team's first page.
"""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import current_app, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from eventsite.accounts.core import Permission

OWN_PAGES = frozenset(
    {
        "security.login",
        "security.verify",
        "security.change_password",
        "security.two_factor_setup",
        "security.two_factor_token_validation",
        "security.mf_recovery",
        "security.mf_recovery_codes",
    }
)
STEPS = frozenset({"security.login", "security.verify", "security.two_factor_token_validation"})


def inside(address: str, *, depth: int = 0) -> str | None:
    """Return the address of the page that `address` names, built anew; `None` where it may not lead there."""
    if not address.startswith("/") or not address.isascii() or not address.isprintable() or "\\" in address:
        return None
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    found = _page(parts.path)
    if found is None or not is_allowed(found[0]):
        return None
    endpoint, values = found
    query = dict(parse_qsl(parts.query))
    if endpoint in STEPS:
        if depth:
            return None
        further = inside(query["next"], depth=1) if "next" in query else None
        query = {"next": further} if further else {}
    page = url_for(endpoint, **values)
    return f"{page}?{urlencode(query, safe='/')}" if query else page


def is_allowed(endpoint: str) -> bool:
    """Tell whether an endpoint is a page of the team: one behind `@requires`, or a step of signing in."""
    access = getattr(current_app.view_functions.get(endpoint), "access", None)
    return endpoint in OWN_PAGES or isinstance(access, Permission)


def _page(path: str) -> tuple[str, dict[str, Any]] | None:
    adapter = current_app.url_map.bind("localhost")
    try:
        endpoint, values = adapter.match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return None
    return str(endpoint), dict(values)
