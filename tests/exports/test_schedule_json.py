"""schedule.json v1: c3voc's schema where it is at hand, and the rules that bite as tests of our own."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft6Validator

from eventsite.exports.writers.schedule_json import write_schedule_json
from eventsite.exports.writers.slugs import acronym, slugged
from eventsite.programme.core.values import Act, Programme, lasting_uuid
from tests.support.factories_programme import (
    SLUG,
    a_day,
    a_fair,
    a_place,
    a_programme,
    a_snapshot,
    an_item,
)

SCHEMA = Path(__file__).resolve().parents[3] / "shared/data/third-party/schemas/schema.json"
TROUPE = Act(ref="tp", uuid=lasting_uuid(SLUG, "troupe", "tp"), name_zh="皮影队", name_en="Puppeteers")
PROGRAMME = a_programme(
    an_item("pg-1", "10:00", "10:30", troupe=TROUPE),
    an_item("pg-2", "11:00", "12:15", stage="S2"),
    an_item("pg-3", "13:00", "13:30", status="cancelled"),
    an_item("节目-4", "23:40", "0:20", end_day=1, number=4),
)


def schedule(programme: Programme = PROGRAMME, language: str = "zh", **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(write_schedule_json(a_snapshot(programme, **more), language))
    return found


def events_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    days = document["schedule"]["conference"]["days"]
    return [event for day in days for events in day["rooms"].values() for event in events]


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
    ids=["two stages", "empty", "no days", "short slug"],
)
def test_export_passes_the_published_schema(programme: Programme, language: str) -> None:
    validator = Draft6Validator(json.loads(SCHEMA.read_text()), format_checker=Draft6Validator.FORMAT_CHECKER)

    assert [error.message for error in validator.iter_errors(schedule(programme, language))] == []


def test_the_same_snapshot_gives_the_same_bytes():
    assert write_schedule_json(a_snapshot(PROGRAMME), "zh") == write_schedule_json(
        a_snapshot(PROGRAMME), "zh"
    )


def test_every_event_has_what_the_schema_requires():
    for event in events_of(schedule()):
        assert event.keys() >= {
            "abstract",
            "date",
            "duration",
            "guid",
            "id",
            "language",
            "links",
            "persons",
            "room",
            "slug",
            "start",
            "subtitle",
            "title",
            "track",
            "type",
            "url",
        }
        assert event["id"] >= 1
        assert re.fullmatch(r"[a-z0-9_-]+[a-z0-9]", event["slug"])
        assert re.fullmatch(r"[0-9]+:[0-9]{2}", event["duration"])
        assert re.fullmatch(r".*[+-][0-9]{2}:[0-9]{2}", event["date"])


def test_times_are_the_venues():
    first = events_of(schedule())[0]

    assert (first["date"], first["start"], first["end"], first["duration"]) == (
        "2025-09-06T10:00:00+08:00",
        "10:00",
        "2025-09-06T10:30:00+08:00",
        "00:30",
    )


def test_cancelled_items_drop_out():
    assert [event["id"] for event in events_of(schedule())] == [1, 4, 2]


def test_version_rises_with_release_and_live_revision():
    def version(**more: Any) -> str:
        return str(schedule(**more)["schedule"]["version"])

    assert (version(number=3), version(number=3, live_revision=2)) == ("3", "3.2")


def test_a_night_stays_on_its_fair_day_which_ends_with_it():
    late = replace(PROGRAMME, days=(a_day(end="25:00"),))
    (day,) = schedule(late)["schedule"]["conference"]["days"]

    assert day["day_end"] == "2025-09-07T01:00:00+08:00"
    assert schedule()["schedule"]["conference"]["days"][0]["day_end"] == "2025-09-07T00:20:00+08:00"


def test_two_stages_of_one_name_stay_two():
    alike = replace(PROGRAMME, stages=(a_place("S1", name_zh="舞台"), a_place("S2", name_zh="舞台")))

    (day,) = schedule(alike)["schedule"]["conference"]["days"]

    assert list(day["rooms"]) == ["舞台 (S1)", "舞台 (S2)"]


def test_a_performer_has_name_and_guid_only():
    assert events_of(schedule())[0]["persons"] == [{"name": "皮影队", "guid": str(TROUPE.uuid)}]


def test_the_other_language_is_the_subtitle():
    zh, en = events_of(schedule())[0], events_of(schedule(language="en"))[0]

    assert (zh["title"], zh["subtitle"]) == (en["subtitle"], en["title"])
    assert (zh["language"], en["language"]) == ("zh", "en")


@pytest.mark.parametrize(("slug", "short"), [("jinan-2025", "jinan_2025"), ("ab", "ab__")])
def test_acronym_fits_the_schema(slug: str, short: str) -> None:
    assert acronym(slug) == short


@pytest.mark.parametrize(("text", "slug"), [("S1", "s1"), ("节目", "x"), ("a.b_", "a-b")])
def test_slugs_are_ascii(text: str, slug: str) -> None:
    assert slugged(text) == slug
