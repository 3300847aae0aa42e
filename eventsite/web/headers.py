"""Headers of every answer: one strict policy, no exceptions but the embeddable page."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import Flask, Response, request

from eventsite.web.forwarded import App, Start

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
YEAR = 31_536_000
ALWAYS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "geolocation=(), microphone=(), payment=()"),
)


class Always:
    """Add the headers that an answer has not set itself, whoever gives it."""

    def __init__(self, app: App, lines: Sequence[tuple[str, str]]) -> None:
        self._app, self._lines = app, [(name.lower(), (name, value)) for name, value in lines]

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        """Add them as the answer starts."""

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            given = {name.lower() for name, _ in headers}
            missing = [line for name, line in self._lines if name not in given]
            return start_response(status, [*headers, *missing], *more)

        return self._app(environ, start)


def init_app(app: Flask) -> None:
    """Set the headers of each answer; call it when no other layer is put around the application."""
    secure = app.config["BASE_URL"].startswith("https://")
    lines = (*ALWAYS, ("Strict-Transport-Security", f"max-age={YEAR}")) if secure else ALWAYS
    app.wsgi_app = Always(app.wsgi_app, lines)  # type: ignore[method-assign]

    @app.after_request
    def _set(response: Response) -> Response:
        if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
            response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
            if "Vary" in response.headers:
                response.vary.add("Cookie")
            else:
                response.headers["Vary"] = "Cookie"
        return response


def shared(response: Response, seconds: int) -> Response:
    """Let shared caches keep an answer that is the same for everybody in one language."""
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    return response
