"""Every refusal becomes a page in the reader's language, or JSON for machines, in this one place."""

from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from eventsite.database import Busy, Unsettled
from eventsite.kernel.errors import DomainError
from eventsite.web.language import say

RETRY_SECONDS = "2"


def init_app(app: Flask) -> None:
    """Map the family of errors to answers."""
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(InternalServerError, _crashed)
    app.register_error_handler(Busy, _busy)
    app.register_error_handler(Unsettled, _busy)


def _refused(error: DomainError) -> Response:
    return answer(error.status, say(error))


def _http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    if isinstance(error, SecurityError):  # a host that is not ours: no page of ours has an address there
        return make_response(f"{error.code} {error.name}\n", error.code, {"Content-Type": "text/plain"})
    response = answer(error.code)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _crashed(error: InternalServerError) -> Response:
    return answer(500)


def _busy(error: Busy | Unsettled) -> Response:
    response = answer(503)
    response.headers["Retry-After"] = RETRY_SECONDS
    return response


def answer(status: int, sentence: str = "") -> Response:
    """Return the error page of a status, or its JSON twin; `sentence` says what exactly was refused."""
    response = jsonify(error=sentence, status=status) if _wants_json() else _page(status, sentence)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(status: int, sentence: str) -> Response:
    frame = "admin" if request.path.startswith("/admin") else "visitor"
    return make_response(render_template("errors/error.html", status=status, sentence=sentence, frame=frame))


def _wants_json() -> bool:
    if request.path.endswith(".json") or request.path.startswith("/api/"):
        return True
    best: Any = request.accept_mimetypes.best_match(["text/html", "application/json"], "text/html")
    return bool(best == "application/json")
