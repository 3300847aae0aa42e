"""A request under another site's name is refused in plain words."""

import pytest
from flask import Flask

from tests.support.factories import make_event


@pytest.mark.parametrize("path", ["/", "/e/fair-a/", "/admin/", "/nowhere", "/e/fair-a/now.json"])
def test_host_that_is_not_ours_is_refused(app: Flask, path: str) -> None:
    with app.app_context():
        make_event(slug="fair-a")
    response = app.test_client().get(path, headers={"Host": "evil.example"})
    assert (response.status_code, response.mimetype, response.text) == (
        400,
        "text/plain",
        "400 Bad Request\n",
    )
