"""Lists as files: the columns of a list as data, written as XLSX or CSV in the reader's language."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response
from flask_babel import gettext

from eventsite.sheets.columns import Column, Kind
from eventsite.sheets.writing import separated, workbook
from eventsite.web.downloads import download
from eventsite.web.language import both, pick

MIMETYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
KINDS: tuple[tuple[type | tuple[type, ...], Kind], ...] = (
    (bool, Kind.YES_NO),
    ((int, float), Kind.NUMBER),
    (datetime, Kind.MOMENT),
    (date, Kind.DATE),
    (time, Kind.TIME),
    ((list, tuple), Kind.LIST),
)
Page = Mapping[str, Any]
Value = str | Callable[[Any], Any]


@dataclass(frozen=True)
class TableColumn:
    """A column of a list's file: its head, and where its value is found.

    `value` is a path of attributes (`zone.code`), empty where one of them is None, or a function of the row;
    `from_page` takes the row and what the page's template gets. `words` say the values of a vocabulary.
    """

    title: str
    value: Value = ""
    words: Mapping[str, str] = field(default_factory=dict)
    from_page: Callable[[Any, Page], Any] | None = None


@dataclass(frozen=True, kw_only=True)
class SheetColumn:
    """A fact as a column that is written and read back alike; `title`, `words` and `note` are marked."""

    name: str
    title: str
    value: Value
    kind: Kind = Kind.TEXT
    words: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    longest: int = 1000
    least: float = 0
    most: float = 1e9
    note: str = ""

    @property
    def listed(self) -> TableColumn:
        """Return it as a column of a list."""
        return TableColumn(self.title, self.value, self.words)


@dataclass(frozen=True)
class Table:
    """A list as a file: its title, and its columns or a function that makes them of what the page gets."""

    title: str
    columns: Sequence[TableColumn] | Callable[[Page], Sequence[TableColumn]]


def table_file(
    table: Table, rows: Iterable[object], *, ending: str, event: Any, page: Mapping[str, Any]
) -> Response:
    """Return the rows as a file for spreadsheets; times are those of the event's own clock."""
    page = {"event": event, **page}
    given = table.columns(page) if callable(table.columns) else table.columns
    cells = [[_plain(_value(column, row, page), event.zone) for column in given] for row in rows]
    columns = [
        _column(column, [line[place] for line in cells], f"c{place}") for place, column in enumerate(given)
    ]
    title = gettext(table.title)
    made = workbook(title, columns, cells) if ending == "xlsx" else separated(columns, cells)
    return download(made, name=f"{pick(event, 'market_name')}-{title}.{ending}", mimetype=MIMETYPES[ending])


def column_of(spec: SheetColumn, **known: Any) -> Column:
    """Return a column in the reader's language known in both; `known` replaces what depends on rows."""
    also = {said: value for value, label in spec.words.items() for said in both(label).values()}
    words = {value: gettext(label) for value, label in spec.words.items()}
    column = Column(
        name=spec.name,
        title=gettext(spec.title),
        titles=tuple(both(spec.title).values()),
        kind=spec.kind,
        required=spec.required,
        words=yes_no() if spec.kind is Kind.YES_NO else words,
        also=also,
        open=bool(spec.words),
        longest=spec.longest,
        least=spec.least,
        most=spec.most,
        note=gettext(spec.note) if spec.note else "",
    )
    return replace(column, **known)


def yes_no() -> dict[str, str]:
    """Return the words of yes and no for the reader."""
    return {"yes": gettext("yes"), "no": gettext("no")}


def _column(column: TableColumn, values: Sequence[Any], name: str) -> Column:
    kind = _kind(values)
    words = {value: gettext(said) for value, said in column.words.items()}
    return Column(
        name=name, title=gettext(column.title), kind=kind, words=yes_no() if kind is Kind.YES_NO else words
    )


def _kind(values: Iterable[Any]) -> Kind:
    first = next((value for value in values if value is not None), None)
    return next((kind for types, kind in KINDS if isinstance(first, types)), Kind.TEXT)


def _value(column: TableColumn, row: Any, page: Page) -> Any:
    if column.from_page:
        return column.from_page(row, page)
    if callable(column.value):
        return column.value(row)
    for name in column.value.split("."):
        if row is None:
            return None
        row = getattr(row, name)
    return row


def _plain(value: Any, zone: ZoneInfo) -> Any:
    """Return a value as a sheet has it: no time zone, no enum."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(zone).replace(tzinfo=None)
    return value
