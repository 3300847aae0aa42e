"""Every export of 3,000 items, cold: seconds, and the same said by its library alone."""

import gc
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from statistics import median
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import xlsxwriter
from icalendar import Calendar, Event
from sqlalchemy import update

from bench.entries import Stage
from bench.figures import Row
from bench.product import crowded_fair, site
from bench.servers import ROOT
from eventsite.accounts.core import system
from eventsite.database import atomic, create_tables
from eventsite.eventfile.operations import load_event
from eventsite.eventfile.queries import judge_event_file
from eventsite.exports.core.values import Both, Entry, Group, Links, Room, Snapshot, Span, State, Team
from eventsite.exports.core.words import kind_word
from eventsite.exports.formats import FORMATS
from eventsite.exports.writers.pdf import days_on_paper
from eventsite.exports.writers.table import columns, rows
from eventsite.kernel.clock import now
from eventsite.printing.codes import Code, draw
from eventsite.printing.glyphs import folders
from eventsite.printing.press import TEMPLATES
from eventsite.programme.models import ProgrammeItem
from eventsite.programme.operations import release_programme

TYPST = ROOT / "bench/references/bare_typst.py"
RELEASED = 1000
ITEMS, STAGES, DAYS, TROUPES = 3000, 8, 8, 40
ZONE = "Asia/Shanghai"
OPENING = datetime(2025, 9, 6, 1, tzinfo=UTC)
LENGTH = timedelta(minutes=10)
SPACE = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
KINDS = ("performance", "presentation", "heritage_demo", "workshop", "raffle")
MUST = {"json": 0.5, "xml": 0.5, "ics": 1, "xlsx": 1, "pdf": 6}  # seconds
TIMES_ALONE = 1.5


def exports(stage: Stage) -> Iterator[Row]:
    """Write each format from the same values, in turn with a bare program that has its library alone."""
    snapshot = crowded()
    for name, bare in BARE.items():
        ours, alone = [], []
        for _ in range(stage.pairs):
            alone.append(seconds(lambda bare=bare: bare(snapshot)))  # type: ignore[misc]
            ours.append(seconds(lambda name=name: FORMATS[name].write(snapshot, "zh")))  # type: ignore[misc]
        title = f"{name.upper()} of {ITEMS} items, cold"
        yield Row(
            name=f"{title}, seconds",
            ratios=[median(clock for clock, _ in ours)],
            must=MUST[name],
            aim=MUST[name] / 2,
            at_most=True,
        )
        yield Row(
            name=f"{title}, against its library alone",
            ratios=[one / other for (_, one), (_, other) in zip(ours, alone, strict=True)],
            must=TIMES_ALONE,
            aim=1,
            at_most=True,
        )


def release(stage: Stage) -> Iterator[Row]:
    """Release 1,000 items, and release them again after each was reworded."""
    folder = stage.place("release")
    settings = {
        "EVENTSITE_INSTANCE_DIR": str(folder),
        "EVENTSITE_DATABASE_URL": f"sqlite:///{folder}/site.db",
        "EVENTSITE_REDIS_URL": "",
    }
    file = judge_event_file(crowded_fair(RELEASED, RELEASED // 80))
    with site(settings):
        create_tables()
        event = load_event(system("bench"), file, publish=True, now=now()).event
        runs = []
        for number in range(stage.pairs):
            with atomic() as session:
                session.execute(update(ProgrammeItem).values(title_en=f"Item {number}"))
            runs.append(seconds(lambda: release_programme(system("bench"), event, note="", now=now()))[0])
    name = f"release of {RELEASED} items, each reworded, seconds"
    yield Row(name=name, ratios=[median(runs)], must=2, aim=1, at_most=True)


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Return how long the work takes on the clock, and on processors, its children's time included."""
    gc.collect()
    began, used = time.perf_counter(), processors()
    work()
    return time.perf_counter() - began, processors() - used


def processors() -> float:
    """Return the processors' time of this process and of its ended children."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def crowded() -> Snapshot:
    """Return a programme of eight days on eight stages."""
    rooms = [_room(number) for number in range(STAGES)]
    days = [OPENING + timedelta(days=number) for number in range(DAYS)]
    home = "https://fair.example/e/jinan-2025/"
    return Snapshot(
        slug="jinan-2025",
        title=Both("“踏秋赏枫 醉游辽宁”辽宁秋季旅游主题推介活动", "Liaoning Autumn Tourism Promotion"),
        name=Both("辽宁文旅市集", "Liaoning market"),
        place=Both("济南大明湖畔", "Jinan, by Daming Lake"),
        timezone=ZONE,
        number=3,
        live_revision=0,
        released_at=OPENING - timedelta(days=2),
        days=[Span(date=day.date(), start=day, end=day + timedelta(hours=12)) for day in days],
        rooms=rooms,
        entries=[_entry(number, rooms) for number in range(ITEMS)],
        links=Links(home=home, programme=f"{home}programme", calendar=f"{home}programme.ics"),
    )


def _room(number: int) -> Room:
    name = Both(f"舞台{number}", f"Stage {number}")
    zone = Both("玩得乐呵", "Merry Play")
    uuid = uuid5(SPACE, name.en)
    return Room(code=f"S{number}", uuid=uuid, name=name, zone=zone, zone_code="A", capacity=700)


def _entry(number: int, rooms: list[Room]) -> Entry:
    day, turn = divmod(number, ITEMS // DAYS)
    start = OPENING + timedelta(days=day) + turn // STAGES * LENGTH
    troupe, city = number % TROUPES, number % 14
    return Entry(
        ref=f"pg-{number}",
        uuid=uuid5(SPACE, f"item {number}"),
        number=number + 1,
        day=date(2025, 9, 6) + timedelta(days=day),
        start=start,
        end=start + LENGTH,
        room=rooms[number % STAGES],
        title=Both(f"大连“表演+推介”第{number}场", f"Dalian performance and presentation {number}"),
        kind=KINDS[number % len(KINDS)],
        state=State.CANCELLED if number % 100 == 0 else State.SCHEDULED,
        notice=Both("", ""),
        group=Group(
            uuid=uuid5(SPACE, f"troupe {troupe}"), name=Both(f"大连市表演队{troupe}", f"Team {troupe}")
        ),
        team=Team(
            ref=f"dl-{city}", name=Both(f"大连市展团{city}", f"Dalian {city}"), city=Both("大连", "Dalian")
        ),
        languages=("zh",),
        is_demo=True,
        planned_start=None,
        previous_start=None,
        sequence=0,
        changed_at=OPENING - timedelta(days=2),
    )


def bare_json(snapshot: Snapshot) -> bytes:
    """Say the same with json alone."""
    return json.dumps([_fields(snapshot, entry) for entry in snapshot.entries], ensure_ascii=False).encode()


def bare_xml(snapshot: Snapshot) -> bytes:
    """Say the same with ElementTree alone."""
    root = ET.Element("schedule")
    for entry in snapshot.entries:
        event = ET.SubElement(root, "event", {"id": str(entry.number), "guid": str(entry.uuid)})
        for name, text in _fields(snapshot, entry).items():
            ET.SubElement(event, name).text = text
    return bytes(ET.tostring(root, encoding="utf-8"))


def _fields(snapshot: Snapshot, entry: Entry) -> dict[str, str]:
    start = entry.start.astimezone(ZoneInfo(ZONE))
    assert entry.group
    assert entry.team
    return {
        "guid": str(entry.uuid),
        "number": str(entry.number),
        "date": start.isoformat(),
        "start": start.strftime("%H:%M"),
        "end": entry.end.astimezone(ZoneInfo(ZONE)).isoformat(),
        "duration": str(entry.end - entry.start),
        "room": entry.room.name.zh,
        "slug": f"jinan_2025-{entry.number}-{entry.title.en.lower().replace(' ', '-')}",
        "url": f"{snapshot.links.programme}#i-{entry.uuid.hex[:8]}",
        "title": entry.title.zh,
        "subtitle": entry.title.en,
        "track": kind_word(entry.kind, "zh"),
        "type": entry.kind,
        "language": "zh",
        "abstract": entry.notice.zh,
        "description": entry.team.name.zh,
        "person": entry.group.name.zh,
        "person_guid": str(entry.group.uuid),
    }


def bare_ics(snapshot: Snapshot) -> bytes:
    """Say the same with icalendar alone, as its handbook does."""
    calendar = Calendar()
    calendar.add("prodid", "-//bare//")
    calendar.add("version", "2.0")
    for entry in snapshot.entries:
        assert entry.group
        event = Event()
        event.add("uid", str(entry.uuid))
        event.add("dtstamp", entry.changed_at)
        event.add("last-modified", entry.changed_at)
        event.add("sequence", entry.sequence)
        event.add("dtstart", entry.start.astimezone(ZoneInfo(ZONE)))
        event.add("dtend", entry.end.astimezone(ZoneInfo(ZONE)))
        event.add("summary", entry.title.zh)
        event.add("status", "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        event.add("location", f"{entry.room.name.zh} · {entry.room.zone.zh} · {snapshot.place.zh}")
        event.add("description", entry.group.name.zh)
        event.add("categories", [entry.kind])
        event.add("url", f"{snapshot.links.programme}#i-{entry.uuid.hex[:8]}")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def bare_xlsx(snapshot: Snapshot) -> bytes:
    """Say the same with XlsxWriter alone: the cells of the same rows."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"})
    sheet = book.add_worksheet()
    wrapped = book.add_format({"text_wrap": True})
    sheet.write_row(0, 0, [column.title for column in columns("zh")])
    for number, row in enumerate(rows(snapshot, "zh"), 1):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, place, value, wrapped)
            elif isinstance(value, int):
                sheet.write_number(number, place, value)
            elif value is not None and not isinstance(value, tuple):
                sheet.write_datetime(number, place, value)
    book.close()
    return out.getvalue()


def bare_pdf(snapshot: Snapshot) -> bytes:
    """Set the same pages with typst alone, in a process of its own: typst remembers what it has set."""
    told = {**days_on_paper(snapshot, "zh"), "code": draw(Code(snapshot.links.programme))}
    command = [sys.executable, str(TYPST), str(TEMPLATES / "programme.typ"), *map(str, folders())]
    return subprocess.run(command, input=json.dumps(told).encode(), capture_output=True, check=True).stdout


BARE: dict[str, Callable[[Snapshot], bytes]] = {
    "json": bare_json,
    "xml": bare_xml,
    "ics": bare_ics,
    "xlsx": bare_xlsx,
    "pdf": bare_pdf,
}
ENTRIES: dict[str, Callable[[Stage], Iterator[Row]]] = {"exports": exports, "release": release}
