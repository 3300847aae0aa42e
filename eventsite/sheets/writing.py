"""Tables that people take away: XLSX with real types and nothing that runs, and the same as CSV."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from eventsite.kernel.cells import safe_cell
from eventsite.sheets.cells import join_list
from eventsite.sheets.columns import Column, Kind
from eventsite.sheets.limits import MOST_ROWS

BOM = "\ufeff"
MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the same rows give the same bytes; the format knows no zone
NARROWEST, WIDEST = 8, 48
LOOKED_AT = 300  # rows that decide how wide a column is
FOOT_MOST = 200  # signs; the format takes 255 with its marks
CELL_MOST = 32_767  # signs; the format takes no more
MARGIN = 0.4  # inches beside a printed table
LINE_HEIGHT, MOST_LINES = 15, 27  # points; a row can be 409 high
FORMATS = {Kind.DATE: "yyyy-mm-dd", Kind.TIME: "hh:mm", Kind.MOMENT: "yyyy-mm-dd hh:mm"}
Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, kw_only=True)
class Notes:
    """The second sheet of a template: its name, what to know, and the heads of its table of columns."""

    title: str
    lines: tuple[str, ...]
    heads: tuple[str, str, str]  # column, what to fill in, known words
    required: str  # what is said of a column that must be filled in


def workbook(
    title: str,
    columns: Sequence[Column],
    rows: Rows,
    *,
    notes: Notes | None = None,
    foot: str = "",
    printed: int | None = None,
) -> bytes:
    """Return an XLSX: one sheet of the rows, and a second one with notes where there are some.

    Values are text, numbers, dates and times without a zone, yes or no, or lists; `None` is an empty cell.
    Text is written as text, whatever it begins with. `foot` stands under each printed page in place of the
    sheet's name; paper has the first `printed` columns, by default all. The same rows give the same bytes.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False})
    book.set_properties({"title": title, "created": MADE})
    sheet = book.add_worksheet(_sheet_name(title))
    head = book.add_format(
        {"bold": True, "bg_color": "#F3E9E0", "bottom": 1, "text_wrap": True, "valign": "top"}
    )
    dated = {"valign": "top", "align": "left"}
    looks = {kind: book.add_format({"num_format": how, **dated}) for kind, how in FORMATS.items()}
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    widths = [
        _width(column, [row[place] for row in rows[:LOOKED_AT]]) for place, column in enumerate(columns)
    ]
    for place, column in enumerate(columns):
        sheet.write_string(0, place, _head(column), head)
        sheet.set_column(place, place, widths[place])
    for number, row in enumerate(rows, 1):
        lines = 1
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            cell = shown(column, value)
            if isinstance(cell, str):
                if cell:
                    sheet.write_string(number, place, cell[:CELL_MOST], wrapped)
                    lines = max(lines, _lines(cell, widths[place]))
            elif cell is not None:
                _write(sheet, number, place, cell, looks.get(_kind_of(cell), wrapped))
        if lines > 1:  # who opens the file need not work out heights, and some programs do not
            sheet.set_row(number, LINE_HEIGHT * min(lines, MOST_LINES))
    _set_page(sheet, columns, len(rows), foot=foot, printed=printed or len(columns))
    if notes:
        _write_notes(book, sheet, columns, notes, head=head, wrapped=wrapped)
    book.close()
    return out.getvalue()


def separated(columns: Sequence[Column], rows: Rows) -> bytes:
    """Return the rows as CSV: UTF-8 with its mark, CRLF, cells quoted, none that a spreadsheet runs."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([safe_cell(_head(column)) for column in columns])
    for row in rows:
        cells = (shown(column, value) for column, value in zip(columns, row, strict=True))
        writer.writerow([_as_text(cell) for cell in cells])
    return (BOM + text.getvalue()).encode()


def shown(column: Column, value: Any) -> Any:
    """Return a value as its cell has it: words of a vocabulary, yes and no in words, lists in one cell."""
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, str):
        return column.words.get(value, value)
    if isinstance(value, tuple | list):
        return join_list([str(item) for item in value])
    return value


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, str | date):
        return safe_cell(str(value))
    return str(value).removesuffix(".0")  # a number below zero is one, and no formula


def _write(sheet: Worksheet, row: int, place: int, value: Any, look: Format) -> None:
    """Write what is no text, as what it is."""
    if isinstance(value, datetime | date | time):
        sheet.write_datetime(row, place, value, look)
    else:
        sheet.write_number(row, place, value, look)


def _kind_of(cell: Any) -> Kind:
    """Return how a value is shown: an end on another day stands in a column of times with its date."""
    if isinstance(cell, datetime):
        return Kind.MOMENT
    if isinstance(cell, date):
        return Kind.DATE
    return Kind.TIME if isinstance(cell, time) else Kind.TEXT


def _lines(cell: str, width: float) -> int:
    """Return how many lines a text takes in a column of that width."""
    if len(cell) * 2 < width and "\n" not in cell:
        return 1
    return sum(max(ceil(_signs(line) / (width - 1)), 1) for line in cell.split("\n"))


def _set_page(sheet: Worksheet, columns: Sequence[Column], rows: int, *, foot: str, printed: int) -> None:
    """Keep the heads in sight and on every printed page, which is A4 across and as wide as the table."""
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(rows, 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, max(rows, 1), printed - 1)
    sheet.set_margins(left=MARGIN, right=MARGIN)
    said = foot.replace("&", "&&")[:FOOT_MOST] or "&A"
    sheet.set_footer(f"&L{said}&R&P / &N")


def _write_notes(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    columns: Sequence[Column],
    notes: Notes,
    *,
    head: Format,
    wrapped: Format,
) -> None:
    """Write what to know, a line a column, and let the cells of a vocabulary offer its words."""
    name = _sheet_name(notes.title)
    page = book.add_worksheet(name)
    page.set_column(0, 0, 22)
    page.set_column(1, 1, 60)
    for row, line in enumerate(notes.lines):
        page.write_string(row, 0, line)
    row = len(notes.lines) + 1
    for place, words in enumerate(notes.heads):
        page.write_string(row, place, words, head)
    for place, column in enumerate(columns):
        row += 1
        page.write_string(row, 0, column.title, wrapped)
        said = [notes.required] if column.required else []
        page.write_string(row, 1, " ".join([*said, column.note]).strip(), wrapped)
        for offset, word in enumerate(column.words.values()):
            page.write_string(row, 2 + offset, word)
        if column.words:
            last = xlsxwriter.utility.xl_col_to_name(1 + len(column.words))
            source = f"='{name}'!$C${row + 1}:${last}${row + 1}"
            rule = {"validate": "list", "source": source, "ignore_blank": True}
            rule["error_type"] = "warning" if column.open else "stop"
            sheet.data_validation(1, place, MOST_ROWS, place, rule)


def _head(column: Column) -> str:
    return f"{column.title} *" if column.required else column.title


def _sheet_name(title: str) -> str:
    """Return a name that a sheet may have."""
    return "".join(" " if sign in "[]:*?/\\'" else sign for sign in title)[:31].strip() or "1"


def _width(column: Column, values: Iterable[Any]) -> float:
    """Return the width that shows most of a column, in signs; a wide sign takes two."""
    texts = [_head(column), *(_as_text(shown(column, value)) for value in values)]
    longest = max(_signs(line) for text in texts for line in (text.split("\n") or [""]))
    return min(max(longest + 2, NARROWEST), WIDEST)


def _signs(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
