"""Reading: a file from its bytes, an event as its file."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from eventsite.database import db
from eventsite.eventfile.core import eventfile
from eventsite.eventfile.core.eventfile import EventFile
from eventsite.eventfile.mapping.fields import Columns
from eventsite.eventfile.mapping.rows import DatabasePlace, FilePlace, read_rows, write_tree
from eventsite.eventfile.mapping.schema import HEAD, SCHEMA
from eventsite.eventfile.mapping.sections import ALL, LIMITS, Section
from eventsite.events.models import Event


def read_event_file(raw: bytes) -> EventFile:
    """Return the event file that the bytes hold; raises `BadEventFile` with every fault."""
    return eventfile.read(raw, SCHEMA, LIMITS)


def judge_event_file(tree: Any) -> EventFile:
    """Return the event file that a tree of JSON values is; raises `BadEventFile` with every fault."""
    return eventfile.judge(tree, SCHEMA, LIMITS)


def normal_form(file: EventFile) -> dict[str, Any]:
    """Return a file as `dump_event` would write it back: one spelling for each number, time and order."""
    place = FilePlace(zone=file.zone)
    rows = {name: read_rows(section, file.data, place) for name, section in ALL.items()}
    return write_tree({key: file.data[key] for key in HEAD}, rows, place)


def dump_event(event: Event) -> dict[str, Any]:
    """Return the event as an event file; loading it again changes nothing."""
    found = {name: list_rows(section, event) for name, section in ALL.items()}
    place = DatabasePlace(zone=event.zone)
    for name, rows in found.items():
        learn(place, name, rows)
    columns = {name: [_columns(row) for row in rows] for name, rows in found.items()}
    return write_tree(columns["event"][0], columns, place)


def list_rows(section: Section, event: Event) -> Sequence[Any]:
    """Return the event's rows of a section that a file holds, the oldest first."""
    return [row for row in list_all_rows(section, event) if section.holds is None or section.holds(row)]


def list_all_rows(section: Section, event: Event) -> Sequence[Any]:
    """Return the event's rows of a section, also those that no file holds, the oldest first."""
    model: Any = section.model
    if model is Event:
        return [event]
    return db.session.scalars(select(model).where(model.event_id == event.id).order_by(model.id)).all()


def learn(place: DatabasePlace, name: str, rows: Sequence[Any]) -> None:
    """Let the place know these rows by the ids that they have in the file."""
    for row in rows:
        if hasattr(row, "ref"):
            place.learn(name, row.ref, row.id)


def _columns(row: Any) -> Columns:
    return {one.key: getattr(row, one.key) for one in row.__mapper__.column_attrs}
