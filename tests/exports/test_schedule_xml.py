"""schedule.xml: c3voc's XSD where it is at hand, and the rules that bite as tests of our own."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from eventsite.exports.writers.schedule_xml import write_schedule_xml
from eventsite.programme.core.values import Act, Programme, lasting_uuid
from tests.support.factories_programme import SLUG, a_fair, a_place, a_programme, a_snapshot, an_item

XSD = Path(__file__).resolve().parents[3] / "shared/data/third-party/schemas/schedule.xml.xsd"
XMLLINT = shutil.which("xmllint")
TROUPE = Act(ref="tp", uuid=lasting_uuid(SLUG, "troupe", "tp"), name_zh="皮影队", name_en="Puppeteers")
PROGRAMME = a_programme(
    an_item("pg-1", "10:00", "10:30", troupe=TROUPE, languages=("zh", "en")),
    an_item("pg-2", "11:00", "12:15", stage="S2", title_zh="<b>糖人</b> & 䶮㛃𬭎", title_en=""),
    an_item("pg-3", "13:00", "13:30", status="cancelled"),
    an_item("节目-4", "23:40", "0:20", end_day=1, number=4, title_zh="夜\x00场\ufffe"),
)


def schedule(programme: Programme = PROGRAMME, language: str = "zh", **more: int) -> ET.Element:
    return ET.fromstring(write_schedule_xml(a_snapshot(programme, **more), language))  # noqa: S314 - our own


def texts(element: ET.Element) -> dict[str, str]:
    return {child.tag: child.text or "" for child in element}


@pytest.mark.skipif(not XSD.exists(), reason=f"the published XSD is not at hand: {XSD}")
@pytest.mark.skipif(XMLLINT is None, reason="xmllint (libxml2-utils) is not installed")
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
def test_export_passes_the_published_xsd(programme: Programme, language: str) -> None:
    data = write_schedule_xml(a_snapshot(programme), language)
    command = [str(XMLLINT), "--noout", "--nonet", "--schema", str(XSD), "-"]

    result = subprocess.run(command, input=data, capture_output=True, check=False)

    assert result.stderr.decode().strip() == "- validates"


def test_the_same_snapshot_gives_the_same_bytes() -> None:
    assert write_schedule_xml(a_snapshot(PROGRAMME), "zh") == write_schedule_xml(a_snapshot(PROGRAMME), "zh")


def test_every_event_keeps_what_the_xsd_asks() -> None:
    events = list(schedule().iter("event"))

    assert [event.get("id") for event in events] == ["1", "4", "2"]
    assert len({event.get("guid") for event in events}) == 3
    for event in events:
        said = texts(event)
        assert re.fullmatch(r"[a-z0-9_]{4,}-[a-z0-9\-_]{4,}", said["slug"])
        assert re.fullmatch(r"[0-9]{2}:[0-9]{2}", said["duration"])
        assert re.fullmatch(r".+[+-][0-9]{2}:[0-9]{2}", said["date"])
        assert re.fullmatch(r"[0-2][0-9]:[0-5][0-9]", said["start"])
        assert event.find("state") is None


def test_slugs_are_spelled_in_pinyin_where_there_is_no_english() -> None:
    slugs = {event.get("id"): texts(event)["slug"] for event in schedule().iter("event")}

    assert slugs["1"] == "jinan_2025-1-item-pg-1"
    assert slugs["2"] == "jinan_2025-2-b-tang-ren-b-yan-jie-hong"


def test_times_rooms_and_performers_are_the_fairs() -> None:
    first = next(schedule().iter("event"))
    said = texts(first)

    assert (said["date"], said["start"], said["duration"], said["room"], said["language"]) == (
        "2025-09-06T10:00:00+08:00",
        "10:00",
        "00:30",
        "主舞台S1",
        "zh",
    )
    assert [(p.text, p.get("guid")) for p in first.iter("person")] == [("皮影队", str(TROUPE.uuid))]


def test_cancelled_items_drop_out_and_the_version_rises() -> None:
    versions = [
        schedule(number=2).findtext("version"),
        schedule(number=2, live_revision=5).findtext("version"),
    ]

    assert "3" not in {event.get("id") for event in schedule().iter("event")}
    assert versions == ["2", "2.5"]


def test_text_is_text_and_what_xml_cannot_hold_is_left_out() -> None:
    titles = {event.get("id"): texts(event)["title"] for event in schedule().iter("event")}

    assert titles["2"] == "<b>糖人</b> & 䶮㛃𬭎"
    assert titles["4"] == "夜场"


def test_a_night_stays_on_its_day_which_ends_with_it() -> None:
    (day,) = schedule().iter("day")

    assert (day.get("date"), day.get("end")) == ("2025-09-06", "2025-09-07T00:20:00+08:00")


def test_two_stages_of_one_name_stay_two() -> None:
    alike = replace(PROGRAMME, stages=(a_place("S1", name_zh="舞台"), a_place("S2", name_zh="舞台")))

    assert [room.get("name") for room in schedule(alike).iter("room") if room.get("name")] == [
        "舞台 (S1)",
        "舞台 (S2)",
    ]
