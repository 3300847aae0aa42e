"""An item in the texts of its file, before any of them is understood."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo

from eventsite.imports.core.values import Place

DAY_CHANGE = timedelta(hours=4)


@dataclass(frozen=True, kw_only=True)
class DayOf:
    """The day that a file puts an item under: times before `change` lie on the morning after."""

    on: date | None = None
    change: timedelta = DAY_CHANGE
    offset: tzinfo | None = None


NO_DAY = DayOf()


@dataclass(frozen=True, kw_only=True)
class Raw:
    """An item in the texts of its file; `places` are those of its fields where they have one of their own.

    `title` and `notice` are texts by language, `""` for one that the file does not name. `clock` is a time of
    day, `date` a date or an instant.
    """

    place: Place
    places: Mapping[str, Place] = field(default_factory=dict)
    day: DayOf = NO_DAY
    guid: str = ""
    ref: str = ""
    title: Mapping[str, str] = field(default_factory=dict)
    notice: Mapping[str, str | None] = field(default_factory=dict)
    date: str = ""
    clock: str = ""
    end: str = ""
    length: str = ""
    room: str = ""
    kind: str = ""
    state: str = ""
    people: tuple[str, ...] | None = None
    delegation: str | None = None
    language: str = ""
    languages: tuple[str, ...] | None = None
    audio: str | None = None
    props_zh: str | None = None
    numbers: Mapping[str, str] = field(default_factory=dict)
