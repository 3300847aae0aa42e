"""JSON-LD: the words that search engines know."""

import json
from typing import Any

from eventsite.exports.writers.jsonld import write_jsonld
from eventsite.programme.core.values import Act, Programme, lasting_uuid
from tests.support.factories_programme import SLUG, a_programme, a_slot, a_snapshot, an_item

TROUPE = Act(ref="tp", uuid=lasting_uuid(SLUG, "troupe", "tp"), name_zh="皮影队", name_en="Puppeteers")
PROGRAMME = a_programme(
    an_item("pg-1", "10:00", "10:30", troupe=TROUPE, languages=("zh",)),
    an_item("pg-2", "11:10", "11:40", planned=a_slot("11:00", "11:30")),
    an_item("pg-3", "12:00", "12:30", status="cancelled"),
    an_item("pg-4", "13:00", "13:30", kind="break"),
)


def festival(programme: Programme = PROGRAMME, language: str = "zh") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(write_jsonld(a_snapshot(programme, live_revision=1), language))
    return found


def test_the_fair_is_a_festival_with_its_days_and_place() -> None:
    found = festival()

    assert (found["@context"], found["@type"], found["name"]) == (
        "https://schema.org",
        "Festival",
        "辽宁秋季旅游主题推介活动",
    )
    assert (found["startDate"], found["endDate"]) == (
        "2025-09-06T09:00:00+08:00",
        "2025-09-06T20:30:00+08:00",
    )
    assert found["location"]["name"] == "济南大明湖畔"


def test_items_are_events_with_their_state_and_breaks_are_none() -> None:
    events = festival()["subEvent"]

    assert [event["eventStatus"].rsplit("/", 1)[1] for event in events] == [
        "EventScheduled",
        "EventRescheduled",
        "EventCancelled",
    ]
    assert events[1]["previousStartDate"] == "2025-09-06T11:00:00+08:00"
    assert events[0]["performer"] == {"@type": "PerformingGroup", "name": "皮影队"}
    assert events[0]["inLanguage"] == ["zh-CN"]


def test_names_are_in_the_language_asked_for_with_the_other_beside() -> None:
    assert (festival(language="en")["name"], festival(language="en")["alternateName"]) == (
        "Liaoning Autumn Tourism Promotion",
        "辽宁秋季旅游主题推介活动",
    )


def test_a_programme_without_items_is_a_festival() -> None:
    assert festival(a_programme())["subEvent"] == []
    assert "startDate" not in festival(a_programme(days=()))
