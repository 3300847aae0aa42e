"""PostgreSQL keeps no NUL, and no text of ours has one: what carries it is refused before a page reads it."""

from collections.abc import Iterator

from flask import Flask, abort, request

NUL = "\0"


def init_app(app: Flask) -> None:
    """Answer 400 to a NUL in the path, the query or a form."""

    @app.before_request
    def _refuse() -> None:
        if any(NUL in text for text in _texts()):
            abort(400)


def _texts() -> Iterator[str]:
    yield request.path
    if request.query_string:
        yield from (text for texts in request.args.listvalues() for text in texts)
    if request.content_length:
        yield from (text for texts in request.form.listvalues() for text in texts)
