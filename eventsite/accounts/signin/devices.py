"""Devices that have signed in to an account before: a signed cookie, and nothing on the server.

It opens nothing. It gives the device counters of its own, so that a stranger's tries cannot lock the owner
of an account out (OWASP's "device cookies").
"""

import hashlib

from flask import Response, after_this_request, current_app, request

from eventsite.kernel.tokens import Purpose, new_body, seal, unseal
from eventsite.web.passes import keyring

COOKIE = "known-device"
DEVICE_BYTES = 12
KEPT_SECONDS = 365 * 24 * 3600


def known_device(name: str) -> str | None:
    """Return the device's number if it has signed in to the account with that e-mail address before."""
    body = unseal(keyring(), Purpose.KNOWN_DEVICE, request.cookies.get(COOKIE, ""))
    if body is None or body[DEVICE_BYTES:] != _account(name):
        return None
    return body[:DEVICE_BYTES].hex()


def remember_device(name: str) -> None:
    """Give the device its cookie with the answer, unless it has it for this account."""
    if known_device(name) is not None:
        return
    sealed = seal(keyring(), Purpose.KNOWN_DEVICE, new_body(DEVICE_BYTES) + _account(name))

    @after_this_request
    def _give(response: Response) -> Response:
        response.set_cookie(
            COOKIE,
            sealed,
            max_age=KEPT_SECONDS,
            path="/admin",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return response


def _account(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()[:16]
