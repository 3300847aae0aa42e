"""Tables that people upload, XLSX or CSV, taken as rows of values; every fault is named by row and column."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eventsite.kernel.archives import check_zip
from eventsite.kernel.cells import plain_cell
from eventsite.kernel.confined import confined
from eventsite.sheets import words
from eventsite.sheets.cells import Raw, Wrong, read_cell
from eventsite.sheets.columns import Column
from eventsite.sheets.errors import Fault, NoTable
from eventsite.sheets.limits import (
    ENTRIES,
    MEGABYTES,
    MOST_COLUMNS,
    SECONDS,
    UNPACKED_MEGABYTES,
    USUAL,
    Limits,
)

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS = ",;\t"
CORNER = re.compile("([A-Z]+)([0-9]+)")
Line = tuple[int, Sequence[Raw]]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row with its number in the spreadsheet; `values` hold the columns that the sheet has."""

    number: int
    values: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table as it was read: its columns by name, heads that nobody knows, its rows, and what is wrong.

    A row with a fault is not among `rows`.
    """

    columns: tuple[str, ...]
    unknown: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def read_rows(data: bytes, name: str, *, columns: Sequence[Column], limits: Limits = USUAL) -> Sheet:
    """Return the rows of a file; its first row that holds something are the heads.

    Raises `NoTable` where the file cannot be taken as a table at all, and `Overrun`, `Crashed`, `BadArchive`
    or `Busy` of the kernel. Never call it inside `atomic()`: a workbook may take seconds.
    """
    lines, merged = _lines_of(data, name, limits)
    if not lines:
        raise NoTable(words.EMPTY)
    (_, heads), *rest = lines
    if not rest:
        raise NoTable(words.NO_ROWS)
    return _Table(lines[0][0], [str(head or "").strip() for head in heads], columns).read(rest, merged)


class _Table:
    """The heads of a table, matched with the columns that are asked for."""

    def __init__(self, row: int, heads: Sequence[str], columns: Sequence[Column]) -> None:
        self._row, self._heads, self._asked = row, heads, columns
        named = ((place, self._column_of(head)) for place, head in enumerate(heads))
        self._at = {place: column for place, column in named if column is not None}
        if not self._at:
            raise NoTable(words.NO_HEADS)

    def read(self, lines: Iterable[Line], merged: Iterable[str]) -> Sheet:
        """Return the sheet of these lines."""
        faults = [*self._faults_of_heads(), *self._merged(merged)]
        rows = []
        for number, cells in lines:
            values, wrong = self._values(number, cells)
            faults += wrong
            if not wrong:
                rows.append(Row(number=number, values=values))
        found = {column.name for column in self._at.values()}
        return Sheet(
            columns=tuple(column.name for column in self._asked if column.name in found),
            unknown=tuple(head for place, head in enumerate(self._heads) if head and place not in self._at),
            rows=tuple(rows),
            faults=tuple(sorted(faults, key=lambda fault: fault.row)),
        )

    def _column_of(self, head: str) -> Column | None:
        return next((column for column in self._asked if head and column.is_headed(head)), None)

    def _faults_of_heads(self) -> Iterator[Fault]:
        found = [column.name for column in self._at.values()]
        for column in self._asked:
            if column.required and column.name not in found:
                yield Fault(row=self._row, column=column.title, message=words.MISSING_COLUMN)
            if found.count(column.name) > 1:
                yield Fault(row=self._row, column=column.title, message=words.TWICE)

    def _merged(self, corners: Iterable[str]) -> Iterator[Fault]:
        for corner in corners:
            place = CORNER.fullmatch(corner)
            assert place is not None
            number = _number_of(place[1])
            head = self._heads[number - 1] if number <= len(self._heads) else ""
            yield Fault(row=int(place[2]), column=head or place[1], message=words.MERGED)

    def _values(self, number: int, cells: Sequence[Raw]) -> tuple[dict[str, Any], list[Fault]]:
        values, wrong = {}, []
        for place, column in self._at.items():
            try:
                values[column.name] = read_cell(column, cells[place] if place < len(cells) else None)
            except Wrong as fault:
                wrong.append(
                    Fault(row=number, column=column.title, message=fault.message, params=fault.params)
                )
        return values, wrong


def _lines_of(data: bytes, name: str, limits: Limits) -> tuple[list[Line], list[str]]:
    """Return the lines that hold something and the corners of merged cells; what a file is, its bytes say."""
    if not data:
        raise NoTable(words.EMPTY)
    if len(data) > limits.bytes:
        raise NoTable(words.TOO_LARGE, most=limits.bytes // 2**20)
    if data.startswith(OLE):
        raise NoTable(words.OLD_EXCEL)
    if data.startswith(ZIP):
        return _workbook(data, limits)
    if name.lower().endswith((".xlsx", ".xls", ".xlsm")):
        raise NoTable(words.NOT_XLSX)
    return list(_separated(_decoded(data), limits)), []


def _workbook(data: bytes, limits: Limits) -> tuple[list[Line], list[str]]:
    inside = check_zip(data, entries=ENTRIES, megabytes=UNPACKED_MEGABYTES)
    if any(entry.lower().endswith("vbaproject.bin") for entry in inside):
        raise NoTable(words.MACROS)
    if not any(entry.startswith("xl/") for entry in inside):
        raise NoTable(words.NOT_XLSX)
    found = json.loads(confined(limits.task, data, seconds=SECONDS, megabytes=MEGABYTES))
    return [(number, cells) for number, cells in found["rows"]], found["merged"]


def _decoded(data: bytes) -> str:
    """Return the text of a CSV: UTF-8 or UTF-16 by its mark, else UTF-8, else the national standard."""
    if data.startswith(UTF16_MARKS):
        ways = ["utf-16"]
    else:
        ways = ["utf-8-sig"] if data.startswith(UTF8_MARK) else ["utf-8", "gb18030"]
    for way in ways:
        try:
            text = data.decode(way)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NoTable(words.NOT_TEXT)


def _separated(text: str, limits: Limits) -> Iterator[Line]:
    """Yield the lines of a CSV; the delimiter is the one that its heads have most of."""
    filled = 0
    heads = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub('"[^"]*"', "", heads)
    delimiter = max(DELIMITERS, key=bare.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for count, cells in enumerate(reader):
            if len(cells) > MOST_COLUMNS:
                raise NoTable(words.TOO_MANY_COLUMNS, most=MOST_COLUMNS)
            if any(cell.strip() for cell in cells):
                filled += 1
                if filled > limits.rows + 1:  # and one for the heads
                    raise NoTable(words.TOO_MANY_ROWS, most=limits.rows)
                yield count + 1, [plain_cell(cell) for cell in cells]
    except csv.Error as error:
        raise NoTable(words.NOT_TEXT) from error


def _number_of(letters: str) -> int:
    """Return the number of a column, from 1, by its letters."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
