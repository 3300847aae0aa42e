import pytest
from flask import Flask

from eventsite.audit.operations import record
from eventsite.audit.queries import history_of
from eventsite.database import atomic
from tests.support.isolation import PageClient

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize("turn", [1, 2])
def test_what_one_test_writes_another_does_not_see(context: None, turn: int) -> None:
    assert history_of(None, "test:1") == []

    with atomic():
        record("tester", "write", "test:1", turn=turn)

    assert [entry.detail for entry in history_of(None, "test:1")] == [{"turn": turn}]


def test_a_request_sees_what_the_test_has_written(app: Flask, client: PageClient) -> None:
    with app.app_context():
        with atomic():
            record("tester", "write", "test:1")
        assert len(history_of(None, "test:1")) == 1
        assert client.get("/no-such-page-anywhere").status_code == 404
        assert len(history_of(None, "test:1")) == 1
