"""Flask-Security's pages, each with its access, its writes inside the page, and its redirects checked."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, current_app, g, make_response, redirect, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from eventsite.accounts.permissions import AccountPermission
from eventsite.accounts.signin.store import forget_waiting
from eventsite.accounts.signin.targets import inside
from eventsite.database import Busy, Unsettled, db
from eventsite.kernel.errors import DomainError, NotFound
from eventsite.kernel.words import N_

View = Callable[..., Any]
OPEN = frozenset({"login", "two_factor_setup", "two_factor_token_validation", "mf_recovery"})
OWN = frozenset({"logout", "verify", "change_password", "two_factor_setup_validate", "mf_recovery_codes"})
SETTING_UP = "validating_profile"


def init_app(app: Flask) -> None:
    """Put every page of the library behind this guard; the ones that we do not use are not there."""
    for endpoint, view in list(app.view_functions.items()):
        blueprint, _, name = endpoint.partition(".")
        if blueprint == "security":
            app.view_functions[endpoint] = _guarded(view, name) if name in OPEN | OWN else _absent()


def ask_to_sign_in(*_: Any, **__: Any) -> Any:
    """Send whoever has not signed in to the sign-in page, and back afterwards."""
    target = inside(request.full_path.rstrip("?")) if request.method == "GET" else None
    return redirect(url_for("security.login", next=target))


def _guarded(view: View, name: str) -> View:
    """Write inside the page: a refused write is a page like any other and leaves the session as it was.

    Autoflush is off: between the library's first change and our commit nothing may be flushed.
    """

    @wraps(view)
    def guarded(**values: Any) -> Response:
        kept = dict(session)
        if name == "two_factor_token_validation" and _has_no_code_to_give():
            return redirect(url_for("accounts.account"))
        try:
            with db.session.no_autoflush:
                response = make_response(view(**values))
                current_app.extensions["security"].datastore.commit()
        except (Busy, Unsettled, DomainError):
            _undo(kept)
            raise
        if (
            name == "two_factor_token_validation"
            and kept.get("tf_state") == SETTING_UP
            and _is_redirect(response)
        ):
            return _offer_recovery_codes(response)
        return _kept_inside(response)

    guarded.access = "public" if name in OPEN else AccountPermission.OWN_ACCOUNT  # type: ignore[attr-defined]
    return guarded


def _absent() -> View:
    def absent(**_: Any) -> Response:
        raise NotFound(N_("There is no such page."))

    absent.access = "public"  # type: ignore[attr-defined]
    return absent


def _undo(kept: dict[str, Any]) -> None:
    forget_waiting()
    session.clear()
    session.update(kept)
    for name in ("_login_user", "actor", "csrf_token"):
        g.pop(name, None)


def _has_no_code_to_give() -> bool:
    """Tell whether the reader has signed in and sets nothing up: the library's page would sign out."""
    return current_user.is_authenticated and session.get("tf_state") != SETTING_UP


def _is_redirect(response: Response) -> bool:
    return 300 <= response.status_code < 400


def _kept_inside(response: Response) -> Response:
    if _is_redirect(response):
        response.location = inside(response.location or "") or url_for("admin.index")
    return response


def _offer_recovery_codes(response: Response) -> Response:
    """Lead from the first set-up of a second factor to the codes for the day when the phone is lost."""
    if current_user.is_authenticated and not current_user.mf_recovery_codes:
        response.location = url_for("security.mf_recovery_codes")
        return response
    return _kept_inside(response)
