"""The visitor's pass in its signed cookie, and the proof that an anonymous form was sent from our own page.

A cookie is a device, not a person. Each event has its own: nothing ties a visitor of one fair to another.
No server session is loaded for visitors.
"""

import hmac
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Response, current_app, request

from eventsite.extensions import csrf
from eventsite.kernel.errors import NotAllowed
from eventsite.kernel.tokens import Keyring, Purpose, seal, unseal
from eventsite.kernel.words import N_
from eventsite.web.links import base_url

View = TypeVar("View", bound=Callable[..., Any])
KEPT_SECONDS = 180 * 24 * 3600
FORM_FIELD = "proof"


def keyring() -> Keyring:
    """Return the site's signing keys."""
    ring: Keyring = current_app.extensions["keyring"]
    return ring


def read_pass(slug: str) -> bytes | None:
    """Return the key of the pass that the request carries for an event; `None` for none or a forged one."""
    return unseal(keyring(), Purpose.PASS, request.cookies.get(cookie_name(slug), ""))


def give_pass(response: Response, slug: str, key: bytes) -> Response:
    """Put the pass into the answer's cookie."""
    response.set_cookie(
        cookie_name(slug),
        seal(keyring(), Purpose.PASS, key),
        max_age=KEPT_SECONDS,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def cookie_name(slug: str) -> str:
    """Return the name of an event's pass cookie."""
    return f"pass-{slug}"


def form_proof(key: bytes) -> str:
    """Return what a form of the pass's own pages carries in its hidden field `proof`."""
    return seal(keyring(), Purpose.PASS_FORM, key)


def proves_origin(view: View) -> View:
    """Mark a form of visitors: it calls `check_proof`, since they have no session with a token."""
    csrf.exempt(view)
    view.proves_origin = True  # type: ignore[attr-defined]
    return view


def check_proof(key: bytes | None) -> None:
    """Raise `NotAllowed` unless the form came from our page: by the pass's proof, else by an equal Origin."""
    proof = unseal(keyring(), Purpose.PASS_FORM, request.form.get(FORM_FIELD, ""))
    if key is not None and proof is not None and hmac.compare_digest(key, proof):
        return
    if request.headers.get("Origin") == base_url():
        return
    raise NotAllowed(N_("This form has to be sent from its own page. Please open the page again."))
