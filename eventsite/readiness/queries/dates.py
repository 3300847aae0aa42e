"""Permits and milestones."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from eventsite.database import db
from eventsite.events.models import Event
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.readiness.models import Milestone, Permit


def list_permits(event: Event) -> Sequence[Permit]:
    """Return the event's permits with their documents, in the order of the file."""
    own = select(Permit).where(Permit.event_id == event.id).order_by(Permit.position, Permit.id)
    return db.session.scalars(own.options(joinedload(Permit.document))).all()


def get_permit(event: Event, ref: str) -> Permit:
    """Return the permit with that id in the event's file; raises `NotFound`."""
    return _found_permit(db.session.scalar(_permit(event, ref).options(joinedload(Permit.document))))


def get_permit_to_write(event: Event, ref: str) -> Permit:
    """Return the permit with its row locked until the commit (PostgreSQL; on SQLite the turn does it)."""
    return _found_permit(db.session.scalar(_permit(event, ref).with_for_update()))


def list_milestones(event: Event) -> Sequence[Milestone]:
    """Return the event's milestones, the earliest first."""
    own = select(Milestone).where(Milestone.event_id == event.id)
    return db.session.scalars(own.order_by(Milestone.offset_days, Milestone.position, Milestone.id)).all()


def get_milestone(event: Event, ref: str) -> Milestone:
    """Return the milestone with that id in the event's file; raises `NotFound`."""
    return _found_milestone(db.session.scalar(_milestone(event, ref)))


def get_milestone_to_write(event: Event, ref: str) -> Milestone:
    """Return the milestone with its row locked until the commit (PostgreSQL; on SQLite the turn does it)."""
    return _found_milestone(db.session.scalar(_milestone(event, ref).with_for_update()))


def _permit(event: Event, ref: str) -> Select[Permit]:
    return select(Permit).where(Permit.event_id == event.id, Permit.ref == ref)


def _found_permit(permit: Permit | None) -> Permit:
    if permit is None:
        raise NotFound(N_("There is no such permit."))
    return permit


def _milestone(event: Event, ref: str) -> Select[Milestone]:
    return select(Milestone).where(Milestone.event_id == event.id, Milestone.ref == ref)


def _found_milestone(milestone: Milestone | None) -> Milestone:
    if milestone is None:
        raise NotFound(N_("There is no such milestone."))
    return milestone
