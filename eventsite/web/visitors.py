"""Visitors bring no session, and none is opened or saved for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin


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
