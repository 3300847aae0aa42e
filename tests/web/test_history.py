"""Rows of the log as people read them: words for closed vocabularies, instants on the event's clock."""

from typing import Any

import pytest
from flask import Flask, g

from eventsite.audit.core import Change, HistoryEntry
from eventsite.web.history import tell
from tests.support.factories import NOW, make_event


def told(before: Any, after: Any, *, field: str = "until") -> tuple[str, str, str]:
    entry = HistoryEntry(
        at=NOW,
        event_id=1,
        actor="system",
        origin="",
        verb="edit",
        thing="application:1",
        changes=(Change(field=field, before=before, after=after),),
    )
    (said,) = tell([entry], labels={"until": "截止"})
    return said.changes[0]


@pytest.mark.parametrize(
    ("stored", "words"),
    [
        ("2025-09-05T06:00:00+00:00", "2025年9月5日 14:00"),
        ("2025-09-05T14:00:00.5+08:00", "2025年9月5日 14:00"),
        ("2025-09-05", "2025-09-05"),
        ("2025-09-05T14:00 见附件", "2025-09-05T14:00 见附件"),
        (True, "是"),
        (["甲", 2], "甲、2"),
        (None, ""),
    ],
)
def test_value_of_the_log_is_said_as_people_read_it(app: Flask, stored: Any, words: str) -> None:
    with app.test_request_context():
        g.event = make_event()
        assert told(None, stored) == ("截止", "", words)


def test_word_of_a_closed_vocabulary_is_told_in_the_readers_language(app: Flask) -> None:
    for address, words in (("/?lang=zh", "已提交"), ("/?lang=en", "Submitted")):
        with app.test_request_context(address):
            assert told(None, "submitted", field="status") == ("status", "", words)
