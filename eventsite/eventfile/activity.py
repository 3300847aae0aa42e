"""Which records people have already acted on, so that replacing an event file must not remove them.

A row of a table that no event file holds and that points to a record is activity: stamps, claims, entries,
signatures and holders are found by their foreign keys, whichever feature adds them. What foreign keys cannot
tell stands in `MORE`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, select

from eventsite.database import Base, Model, db
from eventsite.draws.enums import DrawStatus
from eventsite.draws.models import Draw
from eventsite.eventfile.mapping.sections import ALL
from eventsite.events.models import Delegation, Membership, Organization, Stage, Zone

Predicate = Callable[[Sequence[Any]], set[int]]
"""Return the keys of the rows that something has happened to."""


def find_active(model: type[Model], rows: Sequence[Any]) -> set[int]:
    """Return the keys of those rows that have activity."""
    if not rows:
        return set()
    keys = [row.id for row in rows]
    active: set[int] = set()
    for column in _pointers(model):
        pointing = select(column).where(column.in_(keys)).distinct()
        if "event_id" in column.table.c:
            pointing = pointing.where(column.table.c.event_id == rows[0].event_id)
        active |= set(db.session.scalars(pointing))
    for predicate in MORE.get(model, ()):
        active |= predicate(rows)
    return active


def _pointers(model: type[Model]) -> list[Any]:
    """Return the columns outside of the event file that point to the model's table."""
    mapped = {section.model.__table__ for section in ALL.values()}
    others = [table for table in Base.metadata.sorted_tables if table not in mapped]
    return [key.parent for table in others for key in _keys_to(table, model)]


def _keys_to(table: Table, model: type[Model]) -> list[Any]:
    return [key for key in table.foreign_keys if key.column.table is model.__table__]


def _past_draft(rows: Sequence[Any]) -> set[int]:
    return {row.id for row in rows if row.status is not DrawStatus.DRAFT}


def _scoped(kind: str, name: str) -> Predicate:
    """Find rows that somebody's role is narrowed to, such as `zone:A`: their holders."""

    def find(rows: Sequence[Any]) -> set[int]:
        scopes = {f"{kind}:{getattr(row, name)}": row.id for row in rows}
        held = select(Membership.scope).where(
            Membership.event_id.in_({row.event_id for row in rows}), Membership.scope.in_(scopes)
        )
        return {scopes[scope] for scope in db.session.scalars(held)}

    return find


MORE: Mapping[type[Model], tuple[Predicate, ...]] = {
    Draw: (_past_draft,),
    Zone: (_scoped("zone", "code"),),
    Stage: (_scoped("stage", "code"),),
    Delegation: (_scoped("delegation", "ref"),),
    Organization: (_scoped("organization", "ref"),),
}
