"""Telling by its content what a file is, and reading it; `read_confined` is what the child process does.

Spreadsheets are read by the craft (`imports.sheets`); here are the formats of text.
"""

import json
import re
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from eventsite.imports.core.collecting import Collector
from eventsite.imports.core.json_text import read_json
from eventsite.imports.core.objects import Object
from eventsite.imports.core.schedule_json import read_schedule_json
from eventsite.imports.core.schedule_v2 import read_schedule_v2
from eventsite.imports.core.schedule_xml import read_schedule_xml
from eventsite.imports.core.sessions import read_sessions
from eventsite.imports.core.values import (
    MOST_BYTES,
    MOST_MEGABYTES,
    Finding,
    Place,
    ReadItem,
    ReadProgramme,
    ReadRoom,
    Where,
)
from eventsite.imports.errors import Unreadable
from eventsite.kernel.words import N_

UTF16 = (b"\xff\xfe", b"\xfe\xff")
SIGNS = {
    "table": (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"),
    "calendar": (b"BEGIN:VCALENDAR",),
    "pdf": (b"%PDF",),
    "packed": (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh"),
}
XML_NAME = re.compile(r"<(?!\?|!)(?:[\w.-]+:)?([\w.-]+)")
NAMES = {"xml": "schedule.xml", "v1": "schedule.json", "v2": "Schedule v2", "sessions": "session.json"}


def check_size(data: bytes) -> None:
    """Raise `Unreadable` for a file that is empty or larger than may be read."""
    if not data.strip():
        raise Unreadable(N_("This file is empty."))
    if len(data) > MOST_BYTES:
        raise Unreadable(N_("This file has more than %(most)s MB."), most=MOST_MEGABYTES)


def looks_like(data: bytes) -> str:
    """Return `xml`, `json` or `table`, or refuse by name what is neither; nothing is read yet."""
    for name, signs in SIGNS.items():
        if data.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(signs) or data.startswith(signs):
            return name if name == "table" else _refuse_kind(name)
    head = data[:400].decode("utf-16", "replace") if data.startswith(UTF16) else data[:400].decode("latin-1")
    first = head.replace("ï»¿", "").replace("\ufeff", "").lstrip("\0 \t\r\n")[:1]
    if first == "<":
        return "xml"
    return "json" if first in ("{", "[") else "table"


def read_text(data: bytes, zone: ZoneInfo) -> ReadProgramme:
    """Return what an XML or JSON file says; `zone` is the event's. Raises `Unreadable`."""
    check_size(data)
    if looks_like(data) == "xml":
        collector = Collector(NAMES["xml"], zone)
        _refuse_page(data)
        read_schedule_xml(data, collector)
        return collector.programme()
    document = read_json(_decoded(data))
    if not isinstance(document, dict):
        raise Unreadable(N_("$: this JSON is a list, not a schedule."))
    return _read_document(Object(document), zone)


def _read_document(document: Object, zone: ZoneInfo) -> ReadProgramme:
    schedule = document.object("schedule")
    conference = schedule.object("conference")
    if "events" in schedule.values or "events" in conference.values:
        collector = Collector(NAMES["v2"], zone)
        read_schedule_v2(document, collector)
    elif "days" in conference.values:
        collector = Collector(NAMES["v1"], zone)
        read_schedule_json(document, collector)
    elif isinstance(document.values.get("sessions"), list):
        collector = Collector(NAMES["sessions"], zone)
        read_sessions(document, collector)
    elif {"schema_version", "programme"} <= set(document.values):
        raise Unreadable(
            N_("$: this is an event file. Load it with “flask event load”, or import a schedule instead.")
        )
    else:
        raise Unreadable(
            N_("$: this JSON is no schedule: it has neither “schedule.conference” nor “sessions”.")
        )
    return collector.programme()


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-16" if data.startswith(UTF16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Unreadable(
            N_("Line %(line)s: bytes that are no text. Save the file as UTF-8."), line=line
        ) from error


def _refuse_page(data: bytes) -> None:
    """Refuse web pages and feeds by their names."""
    head = data[:4000].decode("latin-1")
    found = XML_NAME.search(head)
    name = found[1].lower() if found else ""
    if name in ("html", "head", "body") or "<!doctype html" in head.lower():
        _refuse_kind("page")
    if name in ("feed", "rss", "icalendar"):
        _refuse_kind(name)


def _refuse_kind(kind: str) -> str:
    raise Unreadable(
        {
            "calendar": N_("This is a calendar (iCalendar). It cannot be imported: use a schedule instead."),
            "icalendar": N_("This is a calendar (iCalendar). It cannot be imported: use a schedule instead."),
            "pdf": N_("This is a PDF. It cannot be imported: use a schedule or a spreadsheet instead."),
            "packed": N_("This file is packed. Unpack it first and import what is inside."),
            "page": N_("This is a web page, not a schedule. Save the schedule file itself."),
            "feed": N_("This is a news feed, not a schedule. Save the schedule file itself."),
            "rss": N_("This is a news feed, not a schedule. Save the schedule file itself."),
        }[kind]
    )


def read_confined(data: bytes) -> bytes:
    """Read a file behind a line with the name of the event's zone; return the programme as JSON."""
    zone, _, body = data.partition(b"\n")
    return pack(read_text(body, ZoneInfo(zone.decode())))


def pack(programme: ReadProgramme) -> bytes:
    """Return a programme as JSON, for another process."""
    return json.dumps(asdict(programme), default=_plain, ensure_ascii=False).encode("utf-8", "replace")


def unpack(data: bytes) -> ReadProgramme:
    """Return the programme that `pack` wrote."""
    told = json.loads(data)
    return ReadProgramme(
        form=told["form"],
        items=tuple(_item(item) for item in told["items"]),
        rooms={name: ReadRoom(**room) for name, room in told["rooms"].items()},
        findings=tuple(
            Finding(**{**finding, "place": _place(finding["place"])}) for finding in told["findings"]
        ),
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value.value


def _place(told: dict[str, str]) -> Place:
    return Place(Where(told["where"]), told["at"], told["column"])


def _item(told: dict[str, Any]) -> ReadItem:
    languages = told["languages"]
    return ReadItem(
        **{
            **told,
            "place": _place(told["place"]),
            "start": datetime.fromisoformat(told["start"]),
            "day": date.fromisoformat(told["day"]),
            "languages": None if languages is None else tuple(languages),
        }
    )
