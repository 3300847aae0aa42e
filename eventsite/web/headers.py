"""Headers of every answer: one strict policy, no exceptions but the embeddable page."""

from flask import Flask, Response, request

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


def init_app(app: Flask) -> None:
    """Set the headers after each request."""
    secure = app.config["BASE_URL"].startswith("https://")
    lines = (*ALWAYS, ("Strict-Transport-Security", f"max-age={YEAR}")) if secure else ALWAYS

    @app.after_request
    def _set(response: Response) -> Response:
        given = {name.lower() for name, _value in response.headers}
        response.headers.extend([line for line in lines if line[0].lower() not in given])
        if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
            response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        elif "cache-control" not in given:
            response.headers["Cache-Control"] = "no-store"
            response.vary.add("Cookie")
        return response


def shared(response: Response, seconds: int) -> Response:
    """Let shared caches keep an answer that is the same for everybody in one language."""
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    return response
