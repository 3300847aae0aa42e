"""Pages that take files: they alone may be sent a long body; nginx knows them by how their address ends."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

View = TypeVar("View", bound=Callable[..., Any])
UPLOAD_BYTES = 24 * 1024 * 1024  # a file of 20 MB and what a form has around it; as in deploy/nginx.conf
ENDING = "/upload"


def init_app(app: Flask) -> None:
    """Let forms with files be read; call it before anything that looks into forms."""
    app.before_request(_widen)


def takes_files(view: View) -> View:
    """Let a view be sent a long body; put it next to the view, under the route and the right."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def body_limit(app: Flask, environ: dict[str, Any]) -> int:
    """Return how many bytes a request may bring: many to a page that takes files, few to all others."""
    ordinary = int(app.config["MAX_CONTENT_LENGTH"])
    path = str(environ.get("PATH_INFO", ""))
    if environ.get("REQUEST_METHOD") != "POST" or not path.endswith(ENDING):
        return ordinary
    try:
        endpoint, _ = app.url_map.bind("").match(path, method="POST")
    except (HTTPException, RequestRedirect):
        return ordinary
    return UPLOAD_BYTES if _takes_files(app, endpoint) else ordinary


def _widen() -> None:
    if request.method == "POST" and _takes_files(current_app, request.endpoint):
        request.max_content_length = UPLOAD_BYTES


def _takes_files(app: Flask, endpoint: str | None) -> bool:
    return getattr(app.view_functions.get(endpoint or ""), "takes_files", False)
