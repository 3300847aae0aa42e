"""Schedules as others write them, small and made on the spot; each gives bytes."""

import json
from typing import Any
from zoneinfo import ZoneInfo

from eventsite.imports.core.reading import read_text
from eventsite.imports.core.values import ReadProgramme

ZONE = ZoneInfo("Asia/Shanghai")
EVENT_XML = """<event guid="{guid}" id="1">
<date>{date}</date>
<start>{start}</start>
<duration>{duration}</duration>
<room>{room}</room>
<title>{title}</title>
<type>lecture</type>
<language>{language}</language>
<persons><person id="1">{person}</person></persons>
</event>"""
USUAL = {
    "guid": "29aecfd7-2e44-4f49-ab86-29b5e0877325",
    "date": "2025-09-06T10:00:00+08:00",
    "start": "10:00",
    "duration": "00:30",
    "room": "Saal 1",
    "title": "Opening",
    "language": "en",
    "person": "Ada",
}


def xml_event(**given: str) -> str:
    """Return an event of a schedule.xml; a field given as empty stays empty."""
    return EVENT_XML.format(**{**USUAL, **given})


def xml(*events: str, head: str = "", day: str = 'index="1" date="2025-09-06"', bare: bool = False) -> bytes:
    """Return a schedule.xml of one day and room, or with the events straight under the day."""
    inside = "\n".join(events)
    held = inside if bare else f'<room name="Saal 1">\n{inside}\n</room>'
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<schedule>\n'
        f"<conference><title>x</title>{head}</conference>\n<day {day}>\n{held}\n</day>\n</schedule>\n"
    ).encode()


def v1_event(**given: Any) -> dict[str, Any]:
    """Return an event of a schedule.json; `None` leaves a field out."""
    usual = {**USUAL, "persons": [{"public_name": "Ada"}], "type": "lecture"}
    usual.pop("person")
    return {name: value for name, value in {**usual, **given}.items() if value is not None}


def v1(*events: Any, **conference: Any) -> bytes:
    """Return a schedule.json version 1 of one day and room."""
    day = {"index": 1, "date": "2025-09-06", "rooms": {"Saal 1": list(events)}}
    return json.dumps({"schedule": {"conference": {"days": [day], **conference}}}).encode()


def v2_event(**given: Any) -> dict[str, Any]:
    """Return an event of a Schedule version 2."""
    usual = {
        "guid": USUAL["guid"],
        "start": "2025-09-06T10:00:00+08:00",
        "end": "2025-09-06T10:30:00+08:00",
        "room": {"name": "Saal 1"},
        "title": "Opening",
        "type": "TALK",
        "language": "en",
        "participants": [{"name": "Ada"}],
    }
    return {name: value for name, value in {**usual, **given}.items() if value is not None}


def v2(*events: Any, **conference: Any) -> bytes:
    """Return a Schedule version 2."""
    return json.dumps({"schedule": {"conference": conference, "events": list(events)}}).encode()


def read(data: bytes) -> ReadProgramme:
    """Return what a file says to an event in Shanghai, read in this process."""
    return read_text(data, ZONE)


def many_items(count: int) -> bytes:
    """Return a schedule.json of so many items, ten minutes each, on twenty stages."""
    rooms: dict[str, list[Any]] = {f"Room {n}": [] for n in range(20)}
    for number in range(count):
        hour, minute = divmod((number // 20) % 144 * 10, 60)
        day = 6 + (number // 2880)
        start = f"2025-09-{day:02}T{hour:02}:{minute:02}:00+08:00"
        rooms[f"Room {number % 20}"].append(
            v1_event(guid=f"g-{number}", title=f"节目{number}", date=start, duration="00:10", room=None)
        )
    days = [{"index": 1, "date": "2025-09-06", "rooms": rooms}]
    return json.dumps({"schedule": {"conference": {"days": days}}}).encode()
