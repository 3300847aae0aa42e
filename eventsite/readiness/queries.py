"""Reading permits and milestones."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventsite.database import db
from eventsite.events.models import Event
from eventsite.readiness.models import Milestone, Permit


def list_permits(event: Event) -> Sequence[Permit]:
    """Return the event's permits in the order of the file."""
    own = select(Permit).where(Permit.event_id == event.id).order_by(Permit.position, Permit.id)
    return db.session.scalars(own.options(joinedload(Permit.document))).all()


def list_milestones(event: Event) -> Sequence[Milestone]:
    """Return the event's milestones, the earliest first."""
    own = select(Milestone).where(Milestone.event_id == event.id)
    return db.session.scalars(own.order_by(Milestone.offset_days, Milestone.position, Milestone.id)).all()
