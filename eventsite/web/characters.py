"""PostgreSQL keeps no NUL, and no text of ours has one: what carries it is refused before a page reads it."""

from collections.abc import Iterator

from flask import Flask, abort, request

NUL, ESCAPED = "\0", "%00"


def init_app(app: Flask) -> None:
    """Answer 404 to a NUL in the path, which names nothing, and 400 to one in the query or a form."""

    @app.before_request
    def _refuse() -> None:
        asked = request.environ
        if NUL in asked["PATH_INFO"]:
            abort(404)
        if ESCAPED in asked.get("QUERY_STRING", ""):
            abort(400)
        if asked.get("CONTENT_LENGTH") and any(NUL in text for text in _form()):
            abort(400)


def _form() -> Iterator[str]:
    return (text for texts in request.form.listvalues() for text in texts)
