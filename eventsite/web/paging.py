"""Lists in pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select

from eventsite.database import db

Row = TypeVar("Row")
SIZE = 50


@dataclass(frozen=True, kw_only=True)
class Export:
    """A file of a whole list: its kind, and its address beside the page's."""

    label: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Page(Generic[Row]):
    """One page of a list: its items, its number from 1, how many there are in all, and its files."""

    items: Sequence[Row]
    number: int
    size: int
    total: int
    exports: tuple[Export, ...] = ()

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least 1."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """Return the number of the first row on this page, 0 where there is none."""
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        """Return the number of the last row on this page."""
        return min(self.number * self.size, self.total)


def page_number(text: str | None) -> int:
    """Read `?page=`; anything that is no page number means the first."""
    return int(text) if text and text.isascii() and text.isdigit() and 0 < int(text) < 100_000 else 1


def paginate(statement: Select[Any], number: int, size: int = SIZE) -> Page[Any]:
    """Run an ordered select of one entity as a page; past the end gives the last page."""
    total = db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    number = min(number, max(1, -(-total // size)))
    rows = db.session.scalars(statement.limit(size).offset((number - 1) * size)).all()
    return Page(items=rows, number=number, size=size, total=total)


def page_of(rows: Sequence[Row], number: int, size: int = SIZE) -> Page[Row]:
    """Return a page of rows that are all at hand; past the end gives the last page."""
    number = min(number, max(1, -(-len(rows) // size)))
    return Page(items=rows[(number - 1) * size : number * size], number=number, size=size, total=len(rows))
