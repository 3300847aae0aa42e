"""Visitors bring no session: what is done around each request for the team's is left out for them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from flask import Flask, Request, Response, g, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin

LIBRARIES = ("flask_principal", "flask_login.login_manager")  # ask who has signed in, around every request


class TeamSessions(SecureCookieSessionInterface):
    """Signed cookies as Flask has them, with nothing to open or save where none came and none was begun."""

    def open_session(self, app: Flask, request: Request) -> Any:
        """Return the session that the request brings, else an empty one."""
        if f"{self.get_cookie_name(app)}=" in request.environ.get("HTTP_COOKIE", ""):
            return super().open_session(app, request)
        return self.session_class()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep what changed."""
        if session or session.modified or session.accessed:
            super().save_session(app, session, response)


def spare(app: Flask) -> None:
    """Let the libraries' hooks run for requests that may be the team's alone; call it when all are there."""
    before, after = app.before_request_funcs[None], app.after_request_funcs[None]
    before[:] = [_team_only(app, hook) if _is_library(hook) else hook for hook in before]
    after[:] = [_team_only(app, hook) if _is_library(hook) else hook for hook in after]
    app.ensure_sync = lambda func: func  # type: ignore[method-assign]  # nothing here is a coroutine


@contextmanager
def without_hooks(app: Flask) -> Iterator[None]:
    """Let an extension set itself up and leave out what it would do around every request."""
    tables: tuple[dict[Any, list[Any]], ...] = (
        app.before_request_funcs,
        app.after_request_funcs,
        app.teardown_request_funcs,
    )
    kept = [list(table[None]) for table in tables]
    yield
    for table, before in zip(tables, kept, strict=True):
        table[None] = before


def _is_library(hook: Callable[..., Any]) -> bool:
    return getattr(hook, "__module__", "") in LIBRARIES


def _team_only(app: Flask, hook: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a hook: it runs where the team's cookies may have come, or where somebody signs in just now."""
    names = (app.config["SESSION_COOKIE_NAME"], app.config.get("REMEMBER_COOKIE_NAME", "remember_token"))

    @wraps(hook)
    def team_only(*response: Response) -> Any:
        brought = request.environ.get("HTTP_COOKIE", "")
        if "_login_user" in g or any(f"{name}=" in brought for name in names):
            return hook(*response)
        return response[0] if response else None

    return team_only
