"""Reading workshops."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from eventsite.database import db
from eventsite.events.models import Event, Zone
from eventsite.workshops.models import Workshop


def list_workshops(event: Event) -> Sequence[Workshop]:
    """Return the event's workshops, by zone."""
    return db.session.scalars(
        select(Workshop)
        .join(Workshop.zone)
        .options(contains_eager(Workshop.zone), joinedload(Workshop.booth))
        .where(Workshop.event_id == event.id)
        .order_by(Zone.order, Workshop.position, Workshop.id)
    ).all()
