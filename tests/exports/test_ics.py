"""The calendar: what subscribers' programs hold on to."""

from dataclasses import replace
from typing import Any

from icalendar import Calendar

from eventsite.exports.writers.ics import write_ics
from eventsite.programme.core.values import Act, City, lasting_uuid
from tests.support.factories_programme import SLUG, a_fair, a_programme, a_snapshot, an_item, at

LONG = "“踏秋赏枫 醉游辽宁”辽宁秋季旅游主题推介活动启幕，欢迎各位游客朋友到场观看；敬请期待\\好戏"
PROGRAMME = a_programme(
    an_item("pg-1", "10:00", "10:30", title_zh=LONG),
    an_item("pg-2", "11:00", "11:30", status="cancelled", notice_zh="场地风大，为安全取消。"),
    an_item(
        "pg-3",
        "23:40",
        "0:20",
        end_day=1,
        troupe=Act(ref="tp", uuid=lasting_uuid(SLUG, "troupe", "tp"), name_zh="皮影队", name_en="Puppeteers"),
        delegation=City(ref="dl", name_zh="锦州市展团", name_en="Jinzhou", city_zh="锦州", city_en="Jinzhou"),
    ),
)


def calendar(language: str = "zh") -> Any:
    return Calendar.from_ical(write_ics(a_snapshot(PROGRAMME), language))


def test_the_same_snapshot_gives_the_same_bytes():
    assert write_ics(a_snapshot(PROGRAMME), "zh") == write_ics(a_snapshot(PROGRAMME), "zh")


def test_calendar_has_no_uid_and_says_what_clients_ask_for():
    head = calendar()

    assert "UID" not in head
    assert {name: str(head[name]) for name in ("METHOD", "NAME", "X-WR-CALNAME", "X-WR-TIMEZONE")} == {
        "METHOD": "PUBLISH",
        "NAME": "辽宁文旅市集 · 节目单",
        "X-WR-CALNAME": "辽宁文旅市集 · 节目单",
        "X-WR-TIMEZONE": "Asia/Shanghai",
    }
    text = write_ics(a_snapshot(PROGRAMME), "zh").decode()
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in text
    assert "X-PUBLISHED-TTL:PT1H\r\n" in text
    assert "SOURCE;VALUE=URI:https://fair.example/e/jinan-2025/programme.ics\r\n" in text
    assert "URL:https://fair.example/e/jinan-2025/programme\r\n" in text


def test_lines_are_folded_at_75_octets_and_no_character_is_split():
    lines = write_ics(a_snapshot(PROGRAMME), "zh").split(b"\r\n")

    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode()
    assert all(b"\n" not in line for line in lines)
    assert str(calendar().events[0]["SUMMARY"]) == LONG


def test_events_have_lasting_ids_and_the_instant_of_their_last_change():
    first = calendar().events[0]

    assert first["UID"] == str(lasting_uuid(SLUG, "item", "pg-1"))
    assert (first["DTSTAMP"].dt, first["LAST-MODIFIED"].dt) == (at("12:00", day=-2), at("12:00", day=-2))
    assert first["SEQUENCE"] == 0
    assert (first["DTSTART"].dt, first["DTEND"].dt) == (at("10:00"), at("10:30"))
    assert first["DTSTART"].params["TZID"] == "Asia/Shanghai"


def test_a_cancelled_item_stays_and_says_so_twice():
    cancelled = calendar().events[1]

    assert cancelled["STATUS"] == "CANCELLED"
    assert str(cancelled["SUMMARY"]).startswith("【取消】")
    assert str(cancelled["DESCRIPTION"]) == "场地风大，为安全取消。"
    assert str(calendar("en").events[1]["SUMMARY"]).startswith("[Cancelled] ")


def test_an_item_past_midnight_ends_on_the_next_day():
    night = calendar().events[2]

    assert (night["DTSTART"].dt, night["DTEND"].dt) == (at("23:40"), at("24:20"))
    assert str(night["DESCRIPTION"]) == "演职团队：皮影队\n展团：锦州市展团"


def test_the_zone_is_the_fairs_and_defined_in_the_file():
    abroad = replace(PROGRAMME, fair=a_fair(timezone="America/New_York"))
    text = write_ics(a_snapshot(abroad), "zh").decode()

    assert "TZID:America/New_York\r\n" in text
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert "BEGIN:DAYLIGHT" in text
    found: Any = Calendar.from_ical(text)
    assert found.events[0]["DTSTART"].dt == at("10:00")


def test_a_fair_in_utc_needs_no_definition_of_its_zone():
    text = write_ics(a_snapshot(replace(PROGRAMME, fair=a_fair(timezone="UTC"))), "zh").decode()

    assert "VTIMEZONE" not in text
    assert "DTSTART:20250906T020000Z\r\n" in text


def test_a_programme_without_items_is_still_a_calendar():
    assert b"END:VCALENDAR" in write_ics(a_snapshot(a_programme()), "zh")
