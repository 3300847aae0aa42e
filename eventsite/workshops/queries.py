"""Reading workshops."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from eventsite.database import db
from eventsite.events.models import Event, Zone
from eventsite.market.models import Booth
from eventsite.workshops.models import Workshop


def list_workshops(event: Event, *, zone: str = "", booth: str = "") -> Sequence[Workshop]:
    """Return the event's workshops, by zone; those of one zone or booth alone, by its code."""
    wanted = select(Workshop).join(Workshop.booth)
    for column, code in ((Zone.code, zone), (Booth.code, booth)):
        if code:
            wanted = wanted.where(column == code)
    return db.session.scalars(
        wanted.join(Workshop.zone)
        .options(contains_eager(Workshop.zone), contains_eager(Workshop.booth))
        .where(Workshop.event_id == event.id)
        .order_by(Zone.order, Workshop.position, Workshop.id)
    ).all()
