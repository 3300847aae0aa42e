"""Reading a file of whatever kind: text formats in a child process of small means, tables by the craft."""

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from eventsite.exports.core.words import KINDS as EXPORTED_KINDS
from eventsite.exports.core.words import STATES as EXPORTED_STATES
from eventsite.imports.core.collecting import Collector
from eventsite.imports.core.heads import HEADS
from eventsite.imports.core.reading import check_size, looks_like, unpack
from eventsite.imports.core.table import Line, Words, read_table
from eventsite.imports.core.texts import plain
from eventsite.imports.core.values import TABLE, WHOLE_FILE, ReadProgramme
from eventsite.imports.errors import Unreadable
from eventsite.kernel.confined import confined
from eventsite.kernel.words import N_
from eventsite.programme.enums import KINDS, STATES
from eventsite.sheets.columns import Column
from eventsite.sheets.errors import Fault
from eventsite.sheets.limits import LONG
from eventsite.sheets.reading import Sheet, read_rows

TASK = "eventsite.imports.core.reading:read_confined"
SECONDS, MEGABYTES = 40, 1200
LONGEST_CELL = 32_767
CALLED_OFF = {"取消": "cancelled", "已撤回": "withdrawn", "canceled": "cancelled", "推迟": "scheduled"}
MORE_KINDS = {"启幕仪式": "opening", "闭幕仪式": "closing", "抽奖环节": "raffle"}


def read_programme(
    data: bytes, *, timezone: str, translated: Mapping[str, Mapping[str, str]]
) -> ReadProgramme:
    """Return what a file says; its kind is told by its content.

    `timezone` is the event's: it counts where the file names none. `translated` are the words of `kind` and
    `state` in the reader's languages. Raises `Unreadable`, `NoTable`, or `Overrun`, `Crashed`, `BadArchive`
    and `Busy` of the kernel. Never call it inside `atomic()`: it may take seconds.
    """
    check_size(data)
    if looks_like(data) == "table":
        return _read_sheet(data, ZoneInfo(timezone), translated)
    return unpack(confined(TASK, timezone.encode() + b"\n" + data, seconds=SECONDS, megabytes=MEGABYTES))


def columns() -> list[Column]:
    """Return the columns that a programme's table may have, known by all of their heads."""
    return [
        Column(name=name, title=english[0], titles=(*chinese, *english), longest=LONGEST_CELL)
        for name, (chinese, english) in HEADS.items()
    ]


def _read_sheet(data: bytes, zone: ZoneInfo, translated: Mapping[str, Mapping[str, str]]) -> ReadProgramme:
    known = columns()
    sheet = read_rows(data, "", columns=known, limits=LONG)
    names = {column.title: column.name for column in known}
    heads = {fault.row for fault in sheet.faults if fault.row <= _first_row(sheet)}
    collector = Collector(TABLE, zone)
    for fault in sheet.faults:
        if fault.row in heads:
            raise Unreadable(
                N_("Row %(row)s, “%(column)s”: two columns have this head, or its cells are merged."),
                row=fault.row,
                column=fault.column,
            )
    if sheet.unknown:
        collector.warn(
            WHOLE_FILE,
            N_("Columns that are not known and are left out: %(heads)s."),
            heads=", ".join(sheet.unknown)[:300],
        )
    read_table(_lines(sheet, names), sheet.columns, _words(translated), collector)
    return collector.programme()


def _first_row(sheet: Sheet) -> int:
    return min((row.number for row in sheet.rows), default=2) - 1


def _lines(sheet: Sheet, names: Mapping[str, str]) -> Iterator[Line]:
    """Yield the rows in order; of one with faults in several cells, the first is told."""
    faults: dict[int, Fault] = {}
    for fault in sheet.faults:
        faults.setdefault(fault.row, fault)
    rows = {row.number: row for row in sheet.rows}
    for number in sorted({*rows, *faults}):
        if number in faults:
            fault = faults[number]
            told = (names.get(fault.column, fault.column), fault.message, fault.params)
            yield Line(number=number, cells={}, fault=told)
        else:
            cells = {name: value or "" for name, value in rows[number].values.items()}
            yield Line(number=number, cells=cells)


def _words(translated: Mapping[str, Mapping[str, str]]) -> Words:
    """Return every word that our own pages and files have for a kind and a state."""
    kinds = {value: value for value in KINDS} | dict(MORE_KINDS)
    states = {value: value for value in STATES} | dict(CALLED_OFF)
    kinds |= {said: value for value, both in EXPORTED_KINDS.items() for said in (both.zh, both.en)}
    states |= {said: one.value for one, both in EXPORTED_STATES.items() for said in (both.zh, both.en)}
    kinds |= translated.get("kind", {})
    states |= translated.get("state", {})
    return Words(
        kinds={plain(said): value for said, value in kinds.items()},
        states={plain(said): _state(value) for said, value in states.items()},
    )


def _state(value: str) -> str:
    """Return a state as a draft has it: delays are the live clock's."""
    return "scheduled" if value == "delayed" else value
