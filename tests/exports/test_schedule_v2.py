"""Schedule v2: c3voc's schema where it is at hand, and what only this format says: states, both languages."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft6Validator

from eventsite.exports.writers.schedule_v2 import write_schedule_v2
from eventsite.programme.core.values import Act, City, Programme, lasting_uuid
from tests.support.factories_programme import SLUG, a_fair, a_programme, a_slot, a_snapshot, an_item

SCHEMA = Path(__file__).resolve().parents[3] / "shared/data/third-party/schemas/schema2.json"
TROUPE = Act(ref="tp", uuid=lasting_uuid(SLUG, "troupe", "tp"), name_zh="皮影队", name_en="Puppeteers")
CITY = City(ref="dl", name_zh="锦州市展团", name_en="Jinzhou", city_zh="锦州", city_en="Jinzhou")
PROGRAMME = a_programme(
    an_item("pg-1", "10:00", "10:30", troupe=TROUPE, delegation=CITY, languages=("sgn-x", "en")),
    an_item("pg-2", "11:10", "11:40", planned=a_slot("11:00", "11:30"), notice_zh="推迟十分钟"),
    an_item("pg-3", "12:00", "12:30", status="cancelled"),
    an_item("pg-4", "13:00", "13:30", status="withdrawn"),
    an_item("pg-5", "14:00", "14:30", status="skipped"),
    an_item("pg-6", "15:00", "15:30", kind="break", title_zh="午休", title_en="Lunch"),
)


def schedule(programme: Programme = PROGRAMME, language: str = "zh") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(write_schedule_v2(a_snapshot(programme, live_revision=1), language))
    return found


@pytest.mark.skipif(not SCHEMA.exists(), reason=f"the published schema is not at hand: {SCHEMA}")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "programme",
    [
        PROGRAMME,
        a_programme(),
        replace(PROGRAMME, days=()),
        replace(PROGRAMME, fair=a_fair(slug="x", timezone="Etc/GMT-8")),
    ],
    ids=["all states", "empty", "no days", "short slug"],
)
def test_export_passes_the_published_schema(programme: Programme, language: str) -> None:
    validator = Draft6Validator(json.loads(SCHEMA.read_text()), format_checker=Draft6Validator.FORMAT_CHECKER)

    assert [error.message for error in validator.iter_errors(schedule(programme, language))] == []


def test_every_item_stays_with_its_state() -> None:
    states = [event.get("state") for event in schedule()["schedule"]["events"]]

    assert states == ["CONFIRMED", "DELAYED", "CANCELED", "WITHDRAWN", "CANCELED", None]


def test_times_are_the_expected_ones() -> None:
    delayed = schedule()["schedule"]["events"][1]

    assert (delayed["start"], delayed["end"], delayed["duration"]) == (
        "2025-09-06T11:10:00+08:00",
        "2025-09-06T11:40:00+08:00",
        "PT30M",
    )


def test_texts_are_in_both_languages_titles_in_one_with_the_other_below() -> None:
    zh, en = (schedule(language=each)["schedule"]["events"][0] for each in ("zh", "en"))

    assert zh["description"] == en["description"] == {"zh": "锦州市展团", "en": "Jinzhou"}
    assert (zh["title"], zh["subtitle"]) == (en["subtitle"], en["title"])
    assert schedule()["schedule"]["events"][1]["abstract"] == {"zh": "推迟十分钟"}


def test_a_language_that_the_format_cannot_name_gives_way() -> None:
    assert schedule()["schedule"]["events"][0]["language"] == "en"


def test_a_break_is_one() -> None:
    pause = schedule()["schedule"]["events"][5]

    assert (pause["type"], pause["title"]) == ("BREAK", "午休")


def test_rooms_are_named_by_their_lasting_id() -> None:
    found = schedule()["schedule"]

    assert {event["room"]["guid"] for event in found["events"]} <= {
        room["guid"] for room in found["conference"]["rooms"]
    }


def test_a_break_that_is_called_off_is_not_told() -> None:
    programme = a_programme(
        an_item("pg-1"), an_item("pg-2", "15:00", "15:30", kind="break", status="cancelled")
    )
    assert [event["guid"] for event in schedule(programme)["schedule"]["events"]] == [
        str(programme.items[0].uuid)
    ]
