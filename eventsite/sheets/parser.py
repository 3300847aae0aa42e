"""What the child process does: read the first visible sheet of a workbook, and say what lies in its cells.

Formulas, faults and dates keep their kind; merged cells are named. The answer is JSON.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl

from eventsite.sheets.errors import NoTable
from eventsite.sheets.limits import LONG, MOST_COLUMNS, USUAL
from eventsite.sheets.words import NO_SHEET, TOO_MANY_COLUMNS, TOO_MANY_ROWS

MERGED = re.compile(rb"<(?:[A-Za-z0-9]+:)?mergeCell\s[^>]*?\bref=\"([A-Z]{1,3}[0-9]{1,7}):")
FORMULA, FAULT, WHEN = "f", "e", "d"


def parse(data: bytes) -> bytes:
    """Return `{"rows": [[number, [cell, …]], …], "merged": ["A1", …]}` of a workbook."""
    return _parse(data, USUAL.rows)


def parse_long(data: bytes) -> bytes:
    """Do what `parse` does with a table of many rows."""
    return _parse(data, LONG.rows)


def _parse(data: bytes, most: int) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
    sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
    if sheet is None:
        raise NoTable(NO_SHEET)
    sheet.reset_dimensions()
    rows = list(_filled(sheet.iter_rows(max_col=MOST_COLUMNS + 1), most))
    path: str = sheet._worksheet_path  # type: ignore[attr-defined]  # noqa: SLF001 - told nowhere else
    found = {"rows": rows, "merged": _merged(data, path)}
    return json.dumps(found, ensure_ascii=False).encode()


def _filled(rows: Iterable[tuple[Any, ...]], most: int) -> Iterator[tuple[int, list[Any]]]:
    """Yield the rows that hold something, with their numbers."""
    count = 0
    for number, row in enumerate(rows, 1):
        cells = [_cell(cell) for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            continue
        count += 1
        if count > most + 1:  # and one for the heads
            raise NoTable(TOO_MANY_ROWS, most=most)
        if len(cells) > MOST_COLUMNS:
            raise NoTable(TOO_MANY_COLUMNS, most=MOST_COLUMNS)
        yield number, cells


def _cell(cell: Any) -> Any:
    value = cell.value
    if value is None or value == "":
        return None
    if cell.data_type == "f":
        return {FORMULA: str(value)[:80]}
    if cell.data_type == "e":
        return {FAULT: str(value)[:20]}
    if isinstance(value, datetime | date | time):
        return {WHEN: value.isoformat()}
    if isinstance(value, str | bool | int | float):
        return value
    return {WHEN: str(value)}  # a length of time, as hours and minutes


def _merged(data: bytes, path: str) -> list[str]:
    """Return the first cell of each merged range; the read-only reader does not tell."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read(path.lstrip("/"))
    return [corner.decode() for corner in MERGED.findall(sheet)]
