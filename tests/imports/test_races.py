"""Two people take the same file at the same moment: its items are in the draft once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from eventsite.events.queries import get_event
from eventsite.imports.enums import Move
from eventsite.imports.operations import import_programme
from eventsite.programme.queries import list_troupes, read_draft
from tests.support.factories import make_event
from tests.support.factories_programme import ORGANIZER
from tests.support.schedules import read, v1, v1_event

pytestmark = pytest.mark.both_databases
PEOPLE = 4


def test_a_file_taken_twice_at_once_is_there_once(real_app: Flask) -> None:
    file = read(v1(v1_event(), v1_event(guid="b", title="B", date="2025-09-08T12:00:00+08:00")))
    with real_app.app_context():
        make_event(slug="fair-a")
    barrier = Barrier(PEOPLE)

    def act(_: int) -> int:
        with real_app.app_context():
            event = get_event("fair-a")
            assert read_draft(event).items == ()
            barrier.wait()
            return import_programme(ORGANIZER, event, file, sha256="0" * 64).counts.get(Move.ADDED, 0)

    with ThreadPoolExecutor(PEOPLE) as pool:
        added = list(pool.map(act, range(PEOPLE)))

    assert sorted(added) == [0, 0, 0, 2]
    with real_app.app_context():
        event = get_event("fair-a")
        assert [item.title_zh for item in read_draft(event).items] == ["Opening", "B"]
        assert (len(list_troupes(event)), len(event.days)) == (1, 2)
