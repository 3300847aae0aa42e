"""A list page: rows narrowed by `?q=`, cut into pages by `?page=`."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from flask import render_template, request

from eventsite.web.collation import find
from eventsite.web.paging import page_number, page_of

Row = TypeVar("Row")
LONGEST_SEARCH = 80


def render_list(
    template: str, rows: Sequence[Row], words_of: Callable[[Row], Iterable[str]], **more: Any
) -> str:
    """Render rows that are all at hand; the template gets `page` and `search`."""
    search = read_search()
    page = page_of(find(rows, search, words_of), page_number(request.args.get("page")))
    return render_template(template, page=page, search=search, **more)


def read_search() -> str:
    """Return what the reader searches for, empty for nothing."""
    return request.args.get("q", "").strip()[:LONGEST_SEARCH]
