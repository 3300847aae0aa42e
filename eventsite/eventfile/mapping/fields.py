"""Fields: how keys of a record and columns of its table turn into each other, both ways."""

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any, Protocol

from sqlalchemy import JSON, Boolean, Date, Enum, Float, Integer, String, Time
from sqlalchemy.types import TypeEngine

from eventsite.database import Model, UTCDateTime
from eventsite.eventfile.core.limits import Kind, Limit
from eventsite.eventfile.core.sections import Record
from eventsite.eventfile.core.stamps import stamps_required
from eventsite.kernel.ranges import local_range

Columns = dict[str, Any]


class Place(Protocol):
    """What a field needs beside the record: the fair's zone, and ids of the file against keys of the rows."""

    @property
    def zone(self) -> tzinfo:
        """Return the time zone of the venue."""

    def key_of(self, section: str, ref: str) -> Any:
        """Return the primary key of the record with that id."""

    def ref_of(self, section: str, key: Any) -> str:
        """Return the id of the record with that primary key."""


class Field(Protocol):
    """A part of a record. `keys` are the file's, `columns` the table's."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Name the keys of the record."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Name the columns of the table."""

    def read(self, record: Record, place: Place) -> Columns:
        """Return the columns' values for a sound record."""

    def write(self, row: Columns, place: Place) -> Record:
        """Return the keys' values for a row."""

    def limits(self) -> Mapping[tuple[str, ...], Limit]:
        """Return what the columns can hold, by the place of the value in the record."""


@dataclass(frozen=True)
class Codec:
    """How one type of column is written in JSON."""

    kind: Kind | None
    read: Callable[[Any, tzinfo], Any]
    write: Callable[[Any, tzinfo], Any]


def _as_is(value: Any, _: tzinfo) -> Any:
    return value


def _instant(text: str, _: tzinfo) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _lean(value: float, _: tzinfo) -> int | float:
    """Write 2.0 as 2: one way to write each number."""
    return int(value) if value == int(value) else value


CODECS: tuple[tuple[type[TypeEngine[Any]], Codec], ...] = (
    (UTCDateTime, Codec(Kind.INSTANT, _instant, lambda at, zone: at.astimezone(zone).isoformat())),
    (Boolean, Codec(None, _as_is, _as_is)),
    (Integer, Codec(Kind.WHOLE, lambda number, _: int(number), _as_is)),
    (Float, Codec(Kind.NUMBER, lambda number, _: float(number), _lean)),
    (Date, Codec(Kind.DATE, lambda text, _: date.fromisoformat(text), lambda day, _: day.isoformat())),
    (Time, Codec(Kind.TIME, lambda text, _: time.fromisoformat(text), lambda at, _: at.strftime("%H:%M"))),
    (Enum, Codec(None, _as_is, lambda member, _: member.value)),
    (String, Codec(Kind.TEXT, _as_is, _as_is)),
    (JSON, Codec(None, _as_is, _as_is)),
)


@dataclass(frozen=True)
class Plain:
    """A key, perhaps `inside` an object of the record, and the column of a `type` that keeps its value."""

    key: str
    column: str
    type: TypeEngine[Any]
    inside: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """Name the key."""
        return (self.inside or self.key,)

    @property
    def columns(self) -> tuple[str, ...]:
        """Name the column."""
        return (self.column,)

    def read(self, record: Record, place: Place) -> Columns:
        """Read the value; one that is absent is null."""
        holder = record[self.inside] if self.inside else record
        value = holder.get(self.key)
        if value is not None:
            value = self._codec.read(value, place.zone)
            kind = getattr(self.type, "enum_class", None)
            value = value if kind is None else kind(value)
        return {self.column: value}

    def write(self, row: Columns, place: Place) -> Record:
        """Write the value."""
        value = row[self.column]
        told = None if value is None else self._codec.write(value, place.zone)
        return {self.inside: {self.key: told}} if self.inside else {self.key: told}

    def limits(self) -> Mapping[tuple[str, ...], Limit]:
        """Return what the column can hold."""
        if self._codec.kind is None:
            return {}
        longest = self.type.length if isinstance(self.type, String) else None
        where = (self.inside, self.key) if self.inside else (self.key,)
        return {where: Limit(kind=self._codec.kind, longest=longest)}

    @property
    def _codec(self) -> Codec:
        return next(codec for kind, codec in CODECS if isinstance(self.type, kind))


@dataclass(frozen=True)
class Ref:
    """A key that names a record of another section, and the foreign key that keeps it."""

    key: str
    column: str
    section: str

    @property
    def keys(self) -> tuple[str, ...]:
        """Name the key."""
        return (self.key,)

    @property
    def columns(self) -> tuple[str, ...]:
        """Name the column."""
        return (self.column,)

    def read(self, record: Record, place: Place) -> Columns:
        """Look the record up."""
        ref = record[self.key]
        return {self.column: None if ref is None else place.key_of(self.section, ref)}

    def write(self, row: Columns, place: Place) -> Record:
        """Name the record."""
        key = row[self.column]
        return {self.key: None if key is None else place.ref_of(self.section, key)}

    def limits(self) -> Mapping[tuple[str, ...], Limit]:
        """Leave it to the rule that references lead somewhere."""
        return {}


@dataclass(frozen=True)
class Always:
    """A key that has one value only, and no column."""

    key: str
    value: Any

    @property
    def keys(self) -> tuple[str, ...]:
        """Name the key."""
        return (self.key,)

    @property
    def columns(self) -> tuple[str, ...]:
        """Name no column."""
        return ()

    def read(self, record: Record, place: Place) -> Columns:
        """Keep nothing."""
        return {}

    def write(self, row: Columns, place: Place) -> Record:
        """Write the value."""
        return {self.key: self.value}

    def limits(self) -> Mapping[tuple[str, ...], Limit]:
        """Leave it to the schema."""
        return {}


@dataclass(frozen=True)
class Empty:
    """A column that is empty in every row that a file holds."""

    column: str
    keys: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Name the column."""
        return (self.column,)

    def read(self, record: Record, place: Place) -> Columns:
        """Empty it."""
        return {self.column: None}

    def write(self, row: Columns, place: Place) -> Record:
        """Write nothing."""
        return {}

    def limits(self) -> Mapping[tuple[str, ...], Limit]:
        """Set none."""
        return {}


@dataclass(frozen=True)
class StampsRequired:
    """The column that says in a number what the raffle's sentences say in words."""

    keys: tuple[str, ...] = ()
    columns: tuple[str, ...] = ("stamps_required",)

    def read(self, record: Record, place: Place) -> Columns:
        """Read the number from the sentences."""
        return {"stamps_required": stamps_required(record["entry_zh"], record["entry_en"])}

    def write(self, row: Columns, place: Place) -> Record:
        """Write nothing: the sentences are fields of their own."""
        return {}

    def limits(self) -> Mapping[tuple[str, ...], Limit]:
        """Set none."""
        return {}


@dataclass(frozen=True)
class Word:
    """A key with a closed vocabulary and the column of an enum that keeps it; `without` stand in no file."""

    key: str
    kind: type[enum.Enum]
    without: tuple[enum.Enum, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Name the key."""
        return (self.key,)

    @property
    def columns(self) -> tuple[str, ...]:
        """Name the column."""
        return (self.key,)

    def read(self, record: Record, place: Place) -> Columns:
        """Read the word."""
        return {self.key: self.kind(record[self.key])}

    def write(self, row: Columns, place: Place) -> Record:
        """Write the word."""
        return {self.key: row[self.key].value}

    def limits(self) -> Mapping[tuple[str, ...], Limit]:
        """Return the words that there are."""
        words = tuple(member.value for member in self.kind if member not in self.without)
        return {(self.key,): Limit(kind=Kind.TEXT, words=words)}


@dataclass(frozen=True)
class Inner:
    """An object of the record; `places` pairs the path of each value in it with its column."""

    key: str
    model: type[Model]
    places: tuple[tuple[tuple[str, ...], str], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Name the object."""
        return (self.key,)

    @property
    def columns(self) -> tuple[str, ...]:
        """Name the columns."""
        return tuple(column for _path, column in self.places)

    def read(self, record: Record, place: Place) -> Columns:
        """Read every value from its place in the object."""
        return {
            column: self._codec(column).read(_within(record[self.key], path), place.zone)
            for path, column in self.places
        }

    def write(self, row: Columns, place: Place) -> Record:
        """Write every value to its place in the object."""
        told: Record = {}
        for path, column in self.places:
            around = told
            for step in path[:-1]:
                around = around.setdefault(step, {})
            around[path[-1]] = self._codec(column).write(row[column], place.zone)
        return {self.key: told}

    def limits(self) -> Mapping[tuple[str, ...], Limit]:
        """Return what the columns can hold."""
        kinds = {(self.key, *path): self._codec(column).kind for path, column in self.places}
        return {where: Limit(kind=kind) for where, kind in kinds.items() if kind is not None}

    def _codec(self, column: str) -> Codec:
        kept = self.model.__table__.columns[column].type
        return next(codec for kind, codec in CODECS if isinstance(kept, kind))


def _within(value: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


@dataclass(frozen=True)
class Span:
    """A local date with start and end, kept as two instants; `end_date` is written where it is another."""

    keys: tuple[str, ...] = ("date", "start", "end", "end_date")
    columns: tuple[str, ...] = ("starts_at", "ends_at")

    def read(self, record: Record, place: Place) -> Columns:
        """Turn local times into instants."""
        day, end_day = (record.get(key) or record["date"] for key in ("date", "end_date"))
        start, end = (time.fromisoformat(record[key]) for key in ("start", "end"))
        span = local_range(date.fromisoformat(day), start, end, place.zone, date.fromisoformat(end_day))
        return {"starts_at": span.start.astimezone(UTC), "ends_at": span.end.astimezone(UTC)}

    def write(self, row: Columns, place: Place) -> Record:
        """Turn instants into local times."""
        start, end = (row[column].astimezone(place.zone) for column in self.columns)
        told = {"date": start.date().isoformat(), "start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}
        return told | ({"end_date": end.date().isoformat()} if end.date() != start.date() else {})

    def limits(self) -> Mapping[tuple[str, ...], Limit]:
        """Check the dates; the times are the schema's."""
        return {("date",): Limit(kind=Kind.DATE), ("end_date",): Limit(kind=Kind.DATE)}


@dataclass(frozen=True)
class Moment:
    """A local date and time, kept as one instant."""

    day: str
    time: str
    column: str

    @property
    def keys(self) -> tuple[str, ...]:
        """Name both keys."""
        return (self.day, self.time)

    @property
    def columns(self) -> tuple[str, ...]:
        """Name the column."""
        return (self.column,)

    def read(self, record: Record, place: Place) -> Columns:
        """Turn the local time into an instant."""
        day, at = date.fromisoformat(record[self.day]), time.fromisoformat(record[self.time])
        return {self.column: datetime.combine(day, at, place.zone).astimezone(UTC)}

    def write(self, row: Columns, place: Place) -> Record:
        """Turn the instant into a local time."""
        at = row[self.column].astimezone(place.zone)
        return {self.day: at.date().isoformat(), self.time: f"{at:%H:%M}"}

    def limits(self) -> Mapping[tuple[str, ...], Limit]:
        """Check the date; the time is the schema's."""
        return {(self.day,): Limit(kind=Kind.DATE)}


def plain(model: type[Model], key: str, column: str | None = None, inside: str | None = None) -> Plain:
    """Return the field of a key and a column, by default of the same name."""
    name = column or key
    return Plain(key, name, model.__table__.columns[name].type, inside)


def box(model: type[Model], key: str, inner: str, prefix: str) -> tuple[Plain, ...]:
    """Return the fields of an object such as `map` with a column for each of its letters."""
    return tuple(plain(model, letter, f"{prefix}{letter}", inside=key) for letter in inner)
