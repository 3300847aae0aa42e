"""Reading troupes, and what they perform in the draft."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from eventsite.database import db
from eventsite.events.models import Event
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.programme.models import ProgrammeItem, Troupe


def list_troupes(event: Event) -> Sequence[Troupe]:
    """Return the event's troupes in the order of the file."""
    own = select(Troupe).where(Troupe.event_id == event.id).order_by(Troupe.position, Troupe.id)
    return db.session.scalars(own.options(joinedload(Troupe.delegation))).all()


def get_troupe(event: Event, ref: str) -> Troupe:
    """Return the troupe with that id in the event; raises `NotFound`."""
    troupe = db.session.scalar(select(Troupe).where(Troupe.event_id == event.id, Troupe.ref == ref))
    if troupe is None:
        raise NotFound(N_("There is no such troupe here."))
    return troupe


def get_troupe_page(event: Event, troupe_id: int) -> Troupe:
    """Return the troupe with that number in the event; raises `NotFound`."""
    return _troupe(db.session.scalar(_one_troupe(event, troupe_id)))


def get_troupe_to_write(event: Event, troupe_id: int) -> Troupe:
    """Return a troupe as it is now, held until the running operation ends; raises `NotFound`."""
    held = _one_troupe(event, troupe_id).with_for_update().execution_options(populate_existing=True)
    return _troupe(db.session.scalar(held))


def _one_troupe(event: Event, troupe_id: int) -> Select[*tuple[Any, ...]]:
    return select(Troupe).where(Troupe.event_id == event.id, Troupe.id == troupe_id)


def _troupe(troupe: Troupe | None) -> Troupe:
    if troupe is None:
        raise NotFound(N_("There is no such troupe here."))
    return troupe


def list_items_of(event: Event, troupe: Troupe) -> Sequence[ProgrammeItem]:
    """Return the items of a troupe in the draft, by time, what waits last."""
    own = select(ProgrammeItem).where(
        ProgrammeItem.event_id == event.id, ProgrammeItem.troupe_id == troupe.id
    )
    found = db.session.scalars(own.options(joinedload(ProgrammeItem.stage)).order_by(ProgrammeItem.id)).all()
    return sorted(
        found, key=lambda item: (item.is_waiting, item.starts_at.isoformat() if item.starts_at else "")
    )
