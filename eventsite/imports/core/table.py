"""The rows of a spreadsheet as items: cells are texts, dates and times in the ways people write them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from eventsite.imports.core.collecting import Collector
from eventsite.imports.core.raw import NO_DAY, DayOf, Raw
from eventsite.imports.core.texts import NUMBERS, clean, code_of, plain
from eventsite.imports.core.times import Wrong, read_day
from eventsite.imports.core.values import Place, ReadRoom, Where
from eventsite.imports.errors import Unreadable
from eventsite.kernel.words import N_

BETWEEN = re.compile(r"[、；;，,/\s]+")


@dataclass(frozen=True, kw_only=True)
class Words:
    """Values of the vocabularies by the words that people read, without blanks and in small letters."""

    kinds: Mapping[str, str]
    states: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row with its number in the spreadsheet and its cells by column; a fault stands for those it lacks."""

    number: int
    cells: Mapping[str, str]
    fault: tuple[str, str, Mapping[str, Any]] | None = None


def read_table(lines: Iterable[Line], columns: tuple[str, ...], words: Words, collector: Collector) -> None:
    """Hand the rows to the collector; raises `Unreadable` where the table lacks what every item needs."""
    if not {"title_zh", "title_en"} & set(columns):
        raise Unreadable(N_("Row 1: no column of titles. Take the template and keep its first row."))
    if "start" not in columns:
        raise Unreadable(N_("Row 1: no column of starts. Take the template and keep its first row."))
    if not {"end", "length"} & set(columns):
        raise Unreadable(N_("Row 1: no column of ends or lengths. Take the template and keep its first row."))
    for line in lines:
        if line.fault is not None:
            name, message, params = line.fault
            place = Place(Where.ROW, str(line.number), name)
            collector.fail(place, Wrong(message, **params), key=collector.next_key())
        else:
            _take(line, words, collector)


def _take(line: Line, words: Words, collector: Collector) -> None:
    """Hand a row in; our own file of a day that runs late has the planned start, which the draft keeps."""
    count = len(collector.items)
    collector.add(_raw(line, words, collector))
    planned = line.cells.get("planned_start", "")
    if not planned or len(collector.items) == count:
        return
    item = collector.items[-1]
    told = collector.instant(planned, item.start.astimezone(collector.zone).date().isoformat())
    if told is not None:
        collector.items[-1] = replace(item, start=told)


def _raw(line: Line, words: Words, collector: Collector) -> Raw:
    cells = line.cells
    places = {
        field: Place(Where.ROW, str(line.number), column)
        for field, column in {
            "date": "day" if cells.get("day") else "start",
            "clock": "start",
            "end": "end",
            "length": "length",
            "title": "title_zh" if "title_zh" in cells else "title_en",
            "guid": "guid",
            **{name: name for name in NUMBERS},
        }.items()
    }
    return Raw(
        place=Place(Where.ROW, str(line.number)),
        places=places,
        day=DayOf(on=read_day(cells.get("day", ""))) if cells.get("day") else NO_DAY,
        guid=cells.get("guid", ""),
        ref=cells.get("ref", ""),
        title={"zh": cells.get("title_zh", ""), "en": cells.get("title_en", "")},
        notice={"zh": cells.get("notice_zh"), "en": cells.get("notice_en")},
        date=cells.get("day", ""),
        clock=_moment(cells.get("start", "")),
        end=_moment(cells.get("end", "")),
        length="" if cells.get("end") else cells.get("length", ""),
        room=_room(cells, collector),
        kind=words.kinds.get(plain(cells.get("kind", "")), cells.get("kind", "")),
        state=words.states.get(plain(cells.get("state", "")), cells.get("state", "")),
        people=_people(cells),
        delegation=cells.get("delegation"),
        languages=_languages(cells),
        audio=cells.get("audio"),
        props_zh=cells.get("props_zh"),
        numbers={name: cells[name] for name in NUMBERS if name in cells},
    )


def _moment(text: str) -> str:
    """Return a date alone as its midnight: spreadsheets leave the hour out where it is 0:00."""
    return f"{text} 00:00" if read_day(text) and ":" not in text and "时" not in text else text


def _room(cells: Mapping[str, str], collector: Collector) -> str:
    """Return the name of the row's room, and tell the collector of its code."""
    stage = clean(cells.get("stage", ""))
    code = clean(cells.get("stage_code", ""))
    name = clean(cells.get("stage_name", ""))
    if name:  # our own list has the code under "stage"
        code, stage = code or stage, name
    shown = (stage or code)[:120]
    if shown:
        collector.add_room(ReadRoom(name=shown, code=code))
    return shown


def _people(cells: Mapping[str, str]) -> tuple[str, ...] | None:
    return (cells["troupe"],) if "troupe" in cells else None


def _languages(cells: Mapping[str, str]) -> tuple[str, ...] | None:
    if "languages" not in cells:
        return None
    said = (code_of(word.lower()) for word in BETWEEN.split(cells["languages"]))
    return tuple(dict.fromkeys(code for code in said if code))
