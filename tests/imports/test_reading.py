"""What files say, however they are written: plain bytes in, plain values out."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from eventsite.imports.core.reading import looks_like, pack, unpack
from eventsite.imports.core.values import Place, ReadItem, ReadRoom, Where
from eventsite.imports.errors import Unreadable
from tests.support.schedules import USUAL, read, v1, v1_event, v2, v2_event, xml, xml_event

START = datetime(2025, 9, 6, 2, 0, tzinfo=UTC)
OPENING = ReadItem(
    key="1",
    place=Place(Where.LINE, "6"),
    start=START,
    minutes=30,
    day=date(2025, 9, 6),
    room="Saal 1",
    guid=USUAL["guid"],
    title_en="Opening",
    kind="lecture",
    troupe="Ada",
    languages=("en",),
)


def only(data: bytes) -> ReadItem:
    programme = read(data)
    assert programme.faults == ()
    (item,) = programme.items
    return item


def sentences(data: bytes) -> list[str]:
    return [str(finding) for finding in read(data).findings]


def test_xml_is_read_whole() -> None:
    programme = read(xml(xml_event()))

    assert (programme.form, programme.items) == ("schedule.xml", (OPENING,))
    assert programme.rooms == {"Saal 1": ReadRoom(name="Saal 1")}
    assert programme.findings == ()


def test_json_of_both_versions_says_the_same() -> None:
    first, second = only(v1(v1_event())), only(v2(v2_event(type="lecture")))

    path = '$.schedule.conference.days[0].rooms["Saal 1"][0]'
    assert first == replace(OPENING, place=Place(Where.PATH, path))
    assert second == replace(OPENING, place=Place(Where.PATH, "$.schedule.events[0]"), status="scheduled")


def test_sessions_are_read_with_both_languages_and_names_for_numbers() -> None:
    session = {
        "id": "SWZGFV",
        "room": "TR1",
        "start": "2025-09-06T10:00:00+08:00",
        "end": "2025-09-06T10:30:00+08:00",
        "language": "中文",
        "zh": {"title": "标题"},
        "en": {"title": "Title"},
        "speakers": ["a"],
    }
    document = {
        "sessions": [session],
        "speakers": [{"id": "a", "zh": {"name": "王"}, "en": {"name": "Wang"}}],
        "rooms": [{"id": "TR1", "zh": {"name": "一号厅"}, "en": {"name": "Hall 1"}}],
    }
    programme = read(json.dumps(document).encode())

    (item,) = programme.items
    assert (item.title_zh, item.title_en, item.troupe, item.room) == ("标题", "Title", "王", "一号厅")
    assert (item.languages, item.guid, programme.form) == (("zh",), "SWZGFV", "session.json")
    assert programme.rooms["一号厅"].name_en == "Hall 1"


def test_events_straight_under_a_day_are_read() -> None:
    assert only(xml(xml_event(), bare=True)).room == "Saal 1"
    day = {"date": "2025-09-06", "events": [v1_event()]}
    assert only(json.dumps({"schedule": {"conference": {"days": [day]}}}).encode()).minutes == 30


def test_missing_guids_and_dates_are_filled_in_and_told() -> None:
    programme = read(xml(xml_event(guid="", date="", start="10:00")))

    assert (programme.items[0].start, programme.items[0].guid) == (START, "")
    assert [str(one) for one in programme.findings] == [
        "the file: Items without a guid: 1. They are matched by title and start."
    ]


def test_a_night_that_runs_past_midnight_belongs_to_its_day() -> None:
    head = "<day_change>09:00</day_change>"
    late = only(xml(xml_event(date="", start="08:30"), head=head))
    early = only(xml(xml_event(date="", start="09:00"), head=head))
    usual = only(xml(xml_event(date="", start="01:30")))

    assert (late.start, late.day) == (datetime(2025, 9, 7, 0, 30, tzinfo=UTC), date(2025, 9, 6))
    assert (early.start, early.day) == (datetime(2025, 9, 6, 1, 0, tzinfo=UTC), date(2025, 9, 6))
    assert (usual.start, usual.day) == (datetime(2025, 9, 6, 17, 30, tzinfo=UTC), date(2025, 9, 6))


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2025-09-06T02:00:00Z", START),
        ("2025-09-06T04:00:00+02:00", START),
        ("2025-09-06T04:00+0200", START),
        ("2025-09-06 10:00:00", START),
        ("2025-09-06T10:00", START),
        ("2025-09-06T10:00:00.000+08:00", START),
    ],
)
def test_times_with_and_without_an_offset(text: str, start: datetime) -> None:
    assert only(xml(xml_event(date=text))).start == start
    assert only(v1(v1_event(date=text))).start == start
    assert only(v2(v2_event(start=text, end=None, duration="PT30M"))).start == start


def test_naive_times_are_those_of_the_files_zone_or_of_its_day() -> None:
    berlin = "<time_zone_name>Europe/Berlin</time_zone_name>"
    assert only(xml(xml_event(date="2025-09-06T04:00:00"), head=berlin)).start == START
    day = 'date="2025-09-06" start="2025-09-06T00:00:00+02:00"'
    assert only(xml(xml_event(date="", start="04:00"), day=day)).start == START
    assert only(v1(v1_event(date="2025-09-06T04:00:00"), time_zone_name="Europe/Berlin")).start == START


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("00:30", 30),
        ("1:30", 90),
        ("23:59", 1439),
        ("24:00", 1440),
        ("01:30:00", 90),
        ("PT1H30M", 90),
        ("PT45M", 45),
        ("P1D", 1440),
        ("90", 90),
    ],
)
def test_lengths(text: str, minutes: int) -> None:
    assert only(xml(xml_event(duration=text))).minutes == minutes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("-00:30", "cannot be negative"),
        ("-PT30M", "cannot be negative"),
        ("100:00", "100 hours or more"),
        ("PT100H", "100 hours or more"),
        ("99:59", "at most 24 hours"),
        ("00:00", "end after it starts"),
        ("half an hour", "is no length"),
        ("P", "is no length"),
        ("", "neither a length nor an end"),
    ],
)
def test_lengths_that_cannot_be_are_faults_in_their_place(text: str, words: str) -> None:
    (fault,) = read(xml(xml_event(duration=text))).faults
    assert (fault.place, fault.key) == (Place(Where.LINE, "9"), "1")
    assert words in str(fault)

    (fault,) = read(v1(v1_event(), v1_event(duration=text, guid="b"))).faults
    path = '$.schedule.conference.days[0].rooms["Saal 1"][1].duration'
    assert (fault.place, fault.key) == (Place(Where.PATH, path), "2")


@pytest.mark.parametrize(
    ("given", "line", "words"),
    [
        ({"title": ""}, "11", "It has no title."),
        ({"date": "", "start": ""}, "8", "It has no start."),
        ({"date": "soon"}, "7", None),
        ({"date": "tomorrow", "start": "tea time"}, "7", "is no start"),
        ({"date": "9999-12-31T23:59:00-23:59"}, "7", None),
    ],
)
def test_what_every_item_needs(given: dict[str, str], line: str, words: str | None) -> None:
    programme = read(xml(xml_event(**given)))
    if words is None:
        assert (programme.faults, programme.items[0].start) == ((), START)
    else:
        (fault,) = programme.faults
        assert fault.place == Place(Where.LINE, line if "title" not in given else "6")
        assert words in str(fault)


def test_one_item_that_cannot_be_read_leaves_the_others() -> None:
    programme = read(v1(v1_event(), "no item", v1_event(guid="x", title=None)))

    assert [item.key for item in programme.items] == ["1"]
    assert [fault.key for fault in programme.faults] == ["2", "3"]


@pytest.mark.parametrize("name", ["Mars/Olympus", "../../etc/passwd", "Asia", "UTC+8", "x" * 100])
def test_an_unknown_time_zone_is_refused_in_its_place(name: str) -> None:
    head = f"\n<time_zone_name>{name}</time_zone_name>"
    with pytest.raises(Unreadable, match="Line 4: there is no time zone"):
        read(xml(xml_event(), head=head))
    for data in (v1(v1_event(), time_zone_name=name), v2(v2_event(), time_zone_name=name)):
        with pytest.raises(Unreadable, match=r"\$\.schedule\.conference\.time_zone_name: there is no time"):
            read(data)


def test_what_overlaps_and_what_has_no_room_is_told_and_taken() -> None:
    programme = read(v1(v1_event(), v1_event(guid="b", title="Second", date="2025-09-06T10:20:00+08:00")))
    assert len(programme.items) == 2
    assert any("“Second” overlaps with “Opening” in “Saal 1”." in str(one) for one in programme.findings)

    waiting = read(v2(v2_event(room=None)))
    assert waiting.items[0].room is None
    assert waiting.findings == ()


def test_states_kinds_and_breaks() -> None:
    assert only(v2(v2_event(state="CANCELED"))).status == "cancelled"
    assert only(v2(v2_event(state="DELAYED"))).status == "scheduled"
    assert only(v2(v2_event(type="LIGHTNING_TALK"))).kind == "lightning_talk"
    assert only(v2(v2_event(type="TALK"))).kind == "presentation"
    assert only(v2(v2_event(type="BREAK", participants=None))).kind == "break"
    assert only(v1(v1_event(type="讲座"))).kind is None


def test_titles_by_language() -> None:
    assert only(v2(v2_event(title={"zh-CN": "开场", "en": "Opening"}))).title_zh == "开场"
    chinese = only(v1(v1_event(title="开场", language="")))
    assert (chinese.title_zh, chinese.title_en) == ("开场", None)
    german = only(v1(v1_event(title="Eröffnung", language="de")))
    assert (german.title_zh, german.title_en, german.languages) == (None, "Eröffnung", ("de",))


def test_rooms_by_guid_and_by_list() -> None:
    room = {"name": "大厅", "guid": "Ba692ba3-421b-5371-8309-60acc34a3c05", "capacity": 300}
    programme = read(v2(v2_event(room={"guid": room["guid"].lower()}), rooms=[room]))  # type: ignore[attr-defined]
    assert programme.items[0].room == "大厅"
    assert programme.rooms["大厅"].capacity == 300

    day = {"date": "2025-09-06", "rooms": [{"name": "大厅", "events": [v1_event(room=None)]}]}
    assert only(json.dumps({"schedule": {"conference": {"days": [day]}}}).encode()).room == "大厅"


def test_words_that_draw_nothing_or_are_too_long_are_put_right() -> None:
    item = only(v1(v1_event(title="a\u202eb\u0000  c\n" + "x" * 500)))
    assert item.title_en is not None
    assert (item.title_en[:6], len(item.title_en)) == ("ab c x", 160)


def test_line_ends_encodings_and_marks() -> None:
    for data in (
        xml(xml_event()).replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + xml(xml_event()),
        xml(xml_event()).decode().replace("utf-8", "utf-16").encode("utf-16"),
        b"\xef\xbb\xbf" + v1(v1_event()),
        v1(v1_event()).decode().encode("utf-16"),
    ):
        assert only(data).title_en == "Opening"
    chinese = xml(xml_event(title="开场", language="zh")).decode().replace("utf-8", "GBK").encode("gb18030")
    assert only(chinese).title_zh == "开场"


def test_the_content_tells_what_a_file_is() -> None:
    assert looks_like(b" \n<schedule/>") == "xml"
    assert looks_like(b"\xef\xbb\xbf{}") == "json"
    assert looks_like(b"PK\x03\x04") == looks_like("日期,开始\n".encode()) == "table"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "This file is empty."),
        (b" \n ", "This file is empty."),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0", "calendar"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "packed"),
        (b"<!DOCTYPE html><html><body>", "web page"),
        (b"<html></html>", "web page"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'></feed>", "news feed"),
        (b"<svg></svg>", "begins with “svg”"),
        (b"[]", "a list, not a schedule"),
        (b"{}", "no schedule"),
        (b'{"schema_version": "1.0", "programme": []}', "event file"),
        (b'{"schedule": [1]}', "no schedule"),
    ],
)
def test_what_is_no_schedule_is_refused_by_name(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(data)


def test_an_empty_schedule_has_no_items() -> None:
    for data in (xml(), v1(), v2()):
        assert (read(data).items, read(data).findings) == ((), ())


@pytest.mark.parametrize(
    "data",
    [
        xml(xml_event(), xml_event(guid="b", duration="-1:00")),
        v1(v1_event(title="䶮㛃𬭎🎉")),
        v2(v2_event(room=None)),
    ],
)
def test_a_programme_passes_between_processes(data: bytes) -> None:
    assert unpack(pack(read(data))) == read(data)


def test_values_of_other_kinds_are_as_good_as_none() -> None:
    odd: Any = {"title": ["x"], "guid": {"a": 1}, "room": 7, "persons": "Ada", "language": [], "type": 3}
    (fault,) = read(v1(v1_event(**odd))).faults
    assert "no title" in str(fault)
    item = only(v1(v1_event(guid=12, room=7, persons=["Ada", 3, None, {"name": "Bo"}])))
    assert (item.guid, item.room, item.troupe) == ("12", "7", "Ada、3、Bo")
