"""A list: a page of rows narrowed by `?q=` and cut by `?page=`, and the same rows whole as XLSX and CSV."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Protocol, TypeVar
from urllib.parse import urlencode

from flask import Blueprint, current_app, g, render_template, request

from eventsite.web.collation import find
from eventsite.web.paging import Export, page_number, page_of
from eventsite.web.tables import MIMETYPES, Table, table_file


class HasWords(Protocol):
    """A row that says what a search looks through."""

    @property
    def words(self) -> tuple[str, ...]: ...


Row = TypeVar("Row", bound=HasWords)
View = TypeVar("View", bound=Callable[..., Any])
LONGEST_SEARCH = 80


def list_page(blueprint: Blueprint, rule: str, *, file: str = "") -> Callable[[View], View]:
    """Give a list its address and, beside it, those of its files: `/booths`, `/booths.xlsx`, `/booths.csv`.

    One view serves all three, with one right and one search; it returns what `render_list` makes with a
    `table`. `file` names the files where the address ends in a slash.
    """
    stem, _, last = rule.rpartition("/")

    def register(view: View) -> View:
        view.file = file or last  # type: ignore[attr-defined]
        for address in (rule, *(f"{stem}/{file or last}.{ending}" for ending in MIMETYPES)):
            blueprint.add_url_rule(address, view_func=view, methods=["GET"])
        return view

    return register


def read_search() -> str:
    """Return what the reader searches for, empty for nothing."""
    return request.args.get("q", "").strip()[:LONGEST_SEARCH]


def searched(rows: Iterable[Row]) -> list[Row]:
    """Return the rows that answer the reader's search."""
    return find(rows, read_search(), lambda row: row.words)


def render_list(template: str, rows: Sequence[object], *, table: Table | None = None, **more: Any) -> Any:
    """Render the asked-for page of rows that are all at hand; the template gets `page` and `search`.

    Where the address is one of a file, all rows go out as that file.
    """
    ending = request.url_rule.rule.rpartition(".")[2] if request.url_rule else ""
    if table is not None and ending in MIMETYPES:
        return table_file(table, rows, ending=ending, event=g.event, page=more)
    page = page_of(rows, page_number(request.args.get("page")))
    page = replace(page, exports=_exports() if table else ())
    return render_template(template, page=page, search=read_search(), **more)


def _exports() -> tuple[Export, ...]:
    """Return the files of the list that is shown, with its search and filters."""
    file = getattr(current_app.view_functions[request.endpoint or ""], "file", "")
    asked = urlencode([(name, value) for name, value in request.args.items() if value and name != "page"])
    query = f"?{asked}" if asked else ""
    return tuple(Export(label=ending.upper(), url=f"{file}.{ending}{query}") for ending in MIMETYPES)
