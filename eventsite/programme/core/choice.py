"""What a reader asks of the programme page: a day, a stage, a city, the favourites."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from eventsite.programme.core.days import fair_day
from eventsite.programme.core.values import City, Item, Programme

MARKS = 100  # favourites that fit into a cookie
MARK_LENGTH = 8


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Filters as they stand in the address; empty ones choose everything."""

    day: str = ""
    stage: str = ""
    city: str = ""
    favourites: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether everything is chosen."""
        return not (self.day or self.stage or self.city or self.favourites)


def choose(programme: Programme, choice: Choice, marks: Iterable[str]) -> tuple[Item, ...]:
    """Return the items that fit all filters."""
    liked = frozenset(marks)
    return tuple(
        item
        for item in programme.items
        if (not choice.stage or item.stage == choice.stage)
        and (not choice.city or (item.delegation is not None and item.delegation.ref == choice.city))
        and (not choice.day or fair_day(programme, item.slot.start).isoformat() == choice.day)
        and (not choice.favourites or item.mark in liked)
    )


def is_known(programme: Programme, choice: Choice) -> bool:
    """Tell whether the filters name things of this programme."""
    return (
        (not choice.stage or choice.stage in programme.places)
        and (not choice.day or choice.day in {day.isoformat() for day in days_of(programme)})
        and (not choice.city or choice.city in cities_of(programme))
    )


def days_of(programme: Programme) -> list[date]:
    """Return the days on which there are items."""
    return sorted({fair_day(programme, item.slot.start) for item in programme.items})


def cities_of(programme: Programme) -> Mapping[str, City]:
    """Return the delegations that have items, by their id."""
    return {item.delegation.ref: item.delegation for item in programme.items if item.delegation}


def favourites_cookie(slug: str) -> str:
    """Return the name of the cookie that holds a reader's favourites of an event."""
    return f"fav-{slug}"


def read_marks(text: str) -> tuple[str, ...]:
    """Return the favourites that a cookie names; anything else in it is left out."""
    found = dict.fromkeys(mark for mark in text.split(".") if _is_mark(mark))
    return tuple(found)[-MARKS:]


def toggle(marks: tuple[str, ...], mark: str) -> tuple[str, ...]:
    """Return the favourites with one more or one less; the oldest go when there are too many."""
    if not _is_mark(mark):
        return marks
    if mark in marks:
        return tuple(one for one in marks if one != mark)
    return (*marks, mark)[-MARKS:]


def _is_mark(text: str) -> bool:
    return len(text) == MARK_LENGTH and not text.strip("0123456789abcdef")
