"""One more day of a fair: its hours, its row in the log, and no day twice."""

from datetime import date, time
from typing import Any

import pytest

from eventsite.audit.queries import history_of
from eventsite.events.operations.days import add_day
from eventsite.events.queries import open_days
from eventsite.kernel.errors import Conflict
from tests.support.factories import make_event
from tests.support.factories_programme import ORGANIZER, at

pytestmark = pytest.mark.usefixtures("context")
HOURS: dict[str, Any] = {"opens": time(18), "closes": time(2), "label_zh": "夜场", "label_en": "Night"}


@pytest.mark.both_databases
def test_a_day_is_added_in_its_place_and_told() -> None:
    event = make_event(days=2)
    version = event.version

    add_day(ORGANIZER, event, date(2025, 9, 5), **HOURS)

    first = open_days(event)[0]
    assert (first.date, first.hours.start, first.hours.end) == (
        date(2025, 9, 5),
        at("18:00", day=-1),
        at("2:00"),
    )
    assert event.version > version
    assert history_of(event.id, f"event:{event.id}")[0].verb == "add day"


def test_no_day_is_added_twice() -> None:
    event = make_event()
    with pytest.raises(Conflict, match="open on 2025-09-06 already"):
        add_day(ORGANIZER, event, date(2025, 9, 6), **HOURS)
