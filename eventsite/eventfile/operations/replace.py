"""Replacing an event by a file: records are matched by id, then changed, added or removed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, cast, delete, literal, update
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.applications.operations import follow_file
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.eventfile.activity import find_active
from eventsite.eventfile.core.eventfile import EventFile
from eventsite.eventfile.core.faults import Fault
from eventsite.eventfile.core.paths import show, write_path
from eventsite.eventfile.core.sections import EACH, SECTIONS
from eventsite.eventfile.errors import InUse
from eventsite.eventfile.mapping.fields import Columns
from eventsite.eventfile.mapping.rows import DatabasePlace, read_rows
from eventsite.eventfile.mapping.schema import HEAD
from eventsite.eventfile.mapping.sections import ALL, Section
from eventsite.eventfile.operations.add import insert_rows
from eventsite.eventfile.queries import list_all_rows, list_rows
from eventsite.events.models import Event
from eventsite.kernel.words import N_

NEEDED = N_("“%(found)s” has activity and cannot be removed.")


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One replacement under way."""

    actor: Actor
    session: Session
    event: Event
    file: EventFile
    place: DatabasePlace


def replace_rows(actor: Actor, event: Event, file: EventFile) -> None:
    """Bring all rows of the event to what the file says; raises `InUse` for records with activity.

    Codes that change hands are freed first. Removals come last: what pointed there points elsewhere by then.
    """
    with atomic() as session:
        place = DatabasePlace(zone=file.zone)
        turn = Turn(actor=actor, session=session, event=event, file=file, place=place)
        gone = {name: _bring(turn, section) for name, section in ALL.items()}
        follow_file(event, gone={row.id for row in gone["applications"]})
        _refuse_removals(gone)
        for name in reversed(gone):
            _remove(turn, ALL[name], gone[name])


def _bring(turn: Turn, section: Section) -> list[Any]:
    """Change and add the rows of a section, and return those that the file leaves out."""
    existing = {_key_of(section, row): row for row in list_all_rows(section, turn.event)}
    wanted = {tuple(row[column] for column in section.key): row for row in _rows(turn, section)}
    kept = {key: stored for key, stored in existing.items() if key in wanted}
    held = set(list_rows(section, turn.event))
    gone = [stored for key, stored in existing.items() if key not in wanted and stored in held]
    _free_codes(turn, section, [(stored, wanted[key]) for key, stored in kept.items()], gone)
    for key, stored in kept.items():
        _change(turn, section, stored, wanted[key])
    _add(turn, section, [row for key, row in wanted.items() if key not in kept])
    return gone


def _key_of(section: Section, row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, column) for column in section.key)


def _rows(turn: Turn, section: Section) -> list[Columns]:
    rows = read_rows(section, turn.file.data, turn.place)
    if section.model is Event:
        return [row | {key: turn.file.data[key] for key in HEAD} for row in rows]
    return rows


def _free_codes(
    turn: Turn, section: Section, kept: Sequence[tuple[Any, Columns]], gone: Sequence[Any]
) -> None:
    """Take codes away from rows that lose them, so that two rows can change codes with each other."""
    if not section.has("code"):
        return
    keys = [row.id for row in gone] + [row.id for row, wanted in kept if row.code != wanted["code"]]
    model: Any = section.model
    freed = literal("~") + cast(model.id, String)
    turn.session.execute(
        update(model).where(model.id.in_(keys)).values(code=freed),
        execution_options={"synchronize_session": False},
    )


def _change(turn: Turn, section: Section, stored: Any, wanted: Columns) -> None:
    if "ref" in wanted:
        turn.place.learn(section.name, wanted["ref"], stored.id)
    changed = {name: value for name, value in wanted.items() if getattr(stored, name) != value}
    for name, sources in section.derived.items():
        if not changed.keys() & set(sources):
            changed.pop(name, None)
    before = {name: getattr(stored, name) for name in changed}
    for name, value in changed.items():
        setattr(stored, name, value)
    if changed.keys() - {"position"}:
        _audit(turn, section, stored.id, "edit", before=before, after=changed)


def _add(turn: Turn, section: Section, rows: Sequence[Columns]) -> None:
    keys = insert_rows(turn.session, section, turn.event, rows, turn.place)
    for key, row in zip(keys, rows, strict=True):
        _audit(turn, section, key, "create", after=row)


def _refuse_removals(gone: Mapping[str, Sequence[Any]]) -> None:
    faults: list[Fault] = []
    for name, rows in gone.items():
        active = find_active(ALL[name].model, rows)
        faults += [_needed(ALL[name], row) for row in rows if row.id in active]
    if faults:
        raise InUse(faults)


def _needed(section: Section, row: Any) -> Fault:
    path = tuple(step for step in SECTIONS[section.name] if step != EACH)
    return Fault(path=write_path(path), message=NEEDED, params={"found": show(_name_of(section, row))})


def _name_of(section: Section, row: Any) -> str:
    return row.ref if hasattr(row, "ref") else " ".join(str(value) for value in _key_of(section, row))


def _remove(turn: Turn, section: Section, rows: Sequence[Any]) -> None:
    model: Any = section.model
    for row in rows:
        names = [name for one in section.fields for name in one.columns]
        before = {name: getattr(row, name) for name in names}
        _audit(turn, section, row.id, "remove", before=before)
    turn.session.execute(
        delete(model).where(model.id.in_([row.id for row in rows])),
        execution_options={"synchronize_session": False},
    )


def _audit(turn: Turn, section: Section, key: int, verb: str, **values: Any) -> None:
    thing = f"{section.model.__tablename__}:{key}"
    record(turn.actor, verb, thing, event_id=turn.event.id, **values)
