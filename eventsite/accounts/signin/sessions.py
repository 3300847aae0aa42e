"""Sessions of the team: a row each, ended on every host at once; 30 minutes idle, 12 hours at most."""

import secrets
from datetime import timedelta
from functools import partial
from typing import Any

from flask import Flask, current_app, flash, g, redirect, request, session, url_for
from flask_babel import gettext
from flask_login import current_user, user_logged_out
from flask_security import user_authenticated
from flask_security.utils import set_request_attr
from werkzeug.wrappers import Response

from eventsite.accounts.models import Account
from eventsite.accounts.operations import end_sign_in, start_sign_in
from eventsite.accounts.queries import find_sign_in
from eventsite.accounts.signin.settings import policy
from eventsite.accounts.signin.store import actor_of, later
from eventsite.kernel.clock import machine_now
from eventsite.kernel.passwords import PasswordPolicy

IDLE, LONGEST, TOUCH = timedelta(minutes=30), timedelta(hours=12), timedelta(minutes=1)
PASSWORD_LIFE = timedelta(days=90)  # under mlps3
SECRET, SEEN = "sid", "seen"
KEPT = ("_user_id", "_fresh", "_id", "fs_cc", "fs_paa")


def init_app(app: Flask) -> None:
    """Let Flask-Login load accounts through sessions, and begin and end sessions with its signals."""
    app.login_manager.user_loader(load_account)  # type: ignore[attr-defined]
    app.login_manager.request_loader(lambda _: None)  # type: ignore[attr-defined]  # no tokens beside the session
    user_authenticated.connect(_begin, app)
    user_logged_out.connect(_end, app)
    app.before_request(_ask_for_new_password)


def load_account(user_id: str) -> Account | None:
    """Return the account of a running session; an administrator needs a second factor."""
    found = find_sign_in(str(user_id), str(session.get(SECRET, "")))
    if found is None:
        return None
    account, sign_in = found
    now = machine_now()
    idle = now.timestamp() - float(session.get(SEEN, 0))
    if not -60 <= idle < IDLE.total_seconds() or now - sign_in.started_at >= LONGEST:
        return None
    if account.needs_second_factor and not account.has_second_factor:
        return None
    if idle >= TOUCH.total_seconds() and _is_use():
        session[SEEN] = int(now.timestamp())
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get("fs_paa", 0))
    return account


def _is_use() -> bool:
    """Tell whether a person asked for this; what a page polls by itself does not keep a session alive."""
    return request.path.startswith("/admin") and not request.path.endswith(".json")


def _begin(_: Flask, user: Account, authn_via: list[str] | None = None, **__: Any) -> None:
    """Start a new session: nothing of the one before is taken over, and its secret is new."""
    kept = {name: session[name] for name in KEPT if name in session}
    secret, now = secrets.token_urlsafe(32), machine_now()
    before = session.get(SECRET)
    session.clear()
    g.pop("csrf_token", None)
    session.update(kept)
    session[SECRET], session[SEEN] = secret, int(now.timestamp())
    actor, agent = actor_of(user), request.user_agent.string
    if before:
        later(partial(end_sign_in, actor, user.id, before, now=now))
    via = "+".join(authn_via or ["second factor"])
    later(partial(start_sign_in, actor, user.id, secret, now=now, agent=agent, via=via))


def _end(_: Flask, user: Account, **__: Any) -> None:
    """End the session in the database as well: a copied cookie is dead."""
    secret = session.get(SECRET)
    if secret:
        later(partial(end_sign_in, actor_of(user), user.id, secret, now=machine_now()))
    session.clear()


def _ask_for_new_password() -> Response | None:
    """Under mlps3, lead whoever has an old password to the page that changes it, and nowhere else."""
    app_policy = policy(current_app)
    if app_policy is not PasswordPolicy.MLPS3 or not request.path.startswith("/admin/"):
        return None
    if request.blueprint == "security" or not current_user.is_authenticated:
        return None
    changed = current_user.password_at
    if changed is not None and machine_now() - changed < PASSWORD_LIFE:
        return None
    flash(gettext("This password is older than 90 days. Choose a new one."), "warn")
    return redirect(url_for("security.change_password"))
