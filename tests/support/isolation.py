"""Tests that leave no trace, and a client whose requests share nothing but cookies."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from flask import Flask, has_app_context
from flask.testing import FlaskClient
from sqlalchemy.engine import Connection, Engine
from werkzeug.test import TestResponse

from eventsite.database import db, writes
from tests.support.page import Form, Page, check_page, read_page


@contextmanager
def isolated(app: Flask) -> Iterator[None]:
    """Run everything in one transaction that is undone at the end: each commit inside is a savepoint.

    Needs `WRITES_INLINE`, or hot acts would write on a connection of their own.
    """
    with app.app_context():
        engines = cast(
            "dict[str | None, Engine | Connection]", db.engines
        )  # the live one, which is looked up
        engine, lanes = db.engine, writes().lanes
    with engine.connect().execution_options(write=True) as connection:
        outer = connection.begin()
        engines[None] = connection
        try:
            yield
        finally:
            engines[None] = engine
            outer.rollback()
            lanes.clear()  # or a lane would go on from rows that were never there


class IsolatedClient(FlaskClient):
    """Open each request in a fresh app context, as a server does: fresh `g`, fresh session, real teardown."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request; what the test itself has read is let go first."""
        if has_app_context():
            db.session.commit()  # its savepoint lies around what the request will write
        with self.application.app_context():
            return super().open(*args, **kwargs)


class PageClient(IsolatedClient):
    """A client that reads every page it is given and fails on a faulty one."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request and check the page that comes back."""
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.data and not 300 <= response.status_code < 400:
            check_page(response.text, response.request.path)
        return response

    def page(self, path: str, status: int = 200, **kwargs: Any) -> Page:
        """Fetch a page that answers with this status."""
        response = self.get(path, **kwargs)
        assert response.status_code == status, f"{path}: {response.status}"
        return read_page(response.text, response.request.path)

    def submit(self, form: Form, **changes: Any) -> TestResponse:
        """Send a form as it stands, with some fields changed."""
        return self.open(form.action, method=form.method.upper(), data={**form.fields, **changes})
