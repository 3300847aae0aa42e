"""Headers of every answer: one strict policy, no exceptions but the embeddable page."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import Flask, Response

from eventsite.web.forwarded import App, Start

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *").replace("script-src 'self'; ", "")
"""The policy of a page that any site may frame: it runs no script."""
YEAR = 31_536_000
FRAME = ("X-Frame-Options", "DENY")
ALWAYS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    FRAME,
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "geolocation=(), microphone=(), payment=()"),
)
UNCHANGED = "304"  # of a status
UNKEPT, OF_COOKIE = ("Cache-Control", "no-store"), ("Vary", "Cookie")


class Always:
    """Add the headers that an answer has not set itself, whoever gives it; what says nothing is not kept.

    "Unchanged" leaves to the reader's copy the headers that came with it: a browser puts those of the new
    answer in their place, and the page that may be framed would be refused the second time.
    """

    def __init__(self, app: App, lines: Sequence[tuple[str, str]]) -> None:
        self._app, self._lines = app, [(name.lower(), (name, value)) for name, value in lines]

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        """Add them as the answer starts."""

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            given = {name.lower() for name, _ in headers}
            lines = () if status.startswith(UNCHANGED) else self._lines
            framed = ("Content-Security-Policy", FRAMED) in headers
            missing = [line for name, line in lines if name not in given and not (framed and line == FRAME)]
            if "cache-control" not in given:
                missing.append(UNKEPT)
                if "vary" not in given:
                    missing.append(OF_COOKIE)
            return start_response(status, [*headers, *missing], *more)

        return self._app(environ, start)


def init_app(app: Flask) -> None:
    """Set the headers of each answer; call it when no other layer is put around the application."""
    secure = app.config["BASE_URL"].startswith("https://")
    lines = (*ALWAYS, ("Strict-Transport-Security", f"max-age={YEAR}")) if secure else ALWAYS
    app.wsgi_app = Always(app.wsgi_app, lines)  # type: ignore[method-assign]


def shared(response: Response, seconds: int) -> Response:
    """Let shared caches keep an answer that is the same for everybody in one language."""
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    return response
