"""A list page: rows narrowed by `?q=`, cut into pages by `?page=`."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypeVar

from flask import render_template, request

from eventsite.web.collation import find
from eventsite.web.paging import page_number, page_of


class HasWords(Protocol):
    """A row that says what a search looks through."""

    @property
    def words(self) -> tuple[str, ...]: ...


Row = TypeVar("Row", bound=HasWords)
LONGEST_SEARCH = 80


def read_search() -> str:
    """Return what the reader searches for, empty for nothing."""
    return request.args.get("q", "").strip()[:LONGEST_SEARCH]


def searched(rows: Iterable[Row]) -> list[Row]:
    """Return the rows that answer the reader's search."""
    return find(rows, read_search(), lambda row: row.words)


def render_list(template: str, rows: Sequence[object], **more: Any) -> str:
    """Render the asked-for page of rows that are all at hand; the template gets `page` and `search`."""
    page = page_of(rows, page_number(request.args.get("page")))
    return render_template(template, page=page, search=read_search(), **more)
