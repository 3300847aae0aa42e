"""Adding rows of an event file, a section at a time: what a row points to is there before it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from eventsite.eventfile.core.eventfile import EventFile
from eventsite.eventfile.mapping.fields import Columns
from eventsite.eventfile.mapping.rows import DatabasePlace, read_rows
from eventsite.eventfile.mapping.schema import HEAD
from eventsite.eventfile.mapping.sections import ALL, Section
from eventsite.events.enums import EventStatus
from eventsite.events.models import Event


def add_event(session: Session, file: EventFile, *, status: EventStatus, now: datetime) -> Event:
    """Add the row of the event itself."""
    [columns] = read_rows(ALL["event"], file.data, DatabasePlace(zone=file.zone))
    head = {key: file.data[key] for key in HEAD}
    rows = [{**columns, **head, "status": status, "created_at": now}]
    [key] = session.scalars(insert(Event).returning(Event.id), rows)
    return session.get_one(Event, key)


def add_rows(session: Session, section: Section, event: Event, file: EventFile, place: DatabasePlace) -> int:
    """Add all rows of a section, and return how many."""
    if section.model is Event:
        return 1
    rows = read_rows(section, file.data, place)
    insert_rows(session, section, event, rows, place)
    return len(rows)


def insert_rows(
    session: Session, section: Section, event: Event, rows: Sequence[Columns], place: DatabasePlace
) -> list[int]:
    """Add these rows, let the place know them, and return their keys in order."""
    if not rows:
        return []
    full = [{**row, **section.fresh(), "event_id": event.id} for row in rows]
    statement = insert(section.model).returning(section.model.__table__.c.id, sort_by_parameter_order=True)
    keys = list(session.scalars(statement, full))
    for row, key in zip(rows, keys, strict=True):
        if "ref" in row:
            place.learn(section.name, row["ref"], key)
    return keys
