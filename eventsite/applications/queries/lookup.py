"""Finding applications: by the team in their event, by the applicant with the private link."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from eventsite.applications.enums import PLACEABLE, Status
from eventsite.applications.models import Application, Holding
from eventsite.database import db
from eventsite.events.models import Event, Zone
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_


def list_applications(event: Event, *, status: Status | None = None) -> Sequence[Application]:
    """Return what has been submitted, the newest first, with what a list shows. Drafts are private."""
    own = select(Application).where(Application.event_id == event.id, Application.status != Status.DRAFT)
    if status is not None:
        own = own.where(Application.status == status)
    own = own.order_by(Application.submitted_at.desc(), Application.id)
    return db.session.scalars(
        own.options(
            joinedload(Application.zone),
            joinedload(Application.booth),
            joinedload(Application.delegation),
            selectinload(Application.matters),
            selectinload(Application.holdings).joinedload(Holding.booth),
        )
    ).all()


def list_waiting(event: Event) -> Sequence[Application]:
    """Return the waiting list in its order: who came first is first."""
    own = select(Application).where(Application.event_id == event.id, Application.status == Status.WAITLISTED)
    return sorted(
        db.session.scalars(own.options(joinedload(Application.zone), selectinload(Application.matters))),
        key=lambda row: (row.waitlisted_at or row.submitted_at, row.submitted_at, row.id),
    )


def list_accepted(event: Event) -> Sequence[Application]:
    """Return the accepted, zone by zone, with zone and booths; contacts are not for this list."""
    own = (
        select(Application)
        .join(Zone)
        .where(Application.event_id == event.id, Application.status.in_(PLACEABLE))
    )
    return db.session.scalars(
        own.order_by(Zone.order, Zone.code, Application.unit_zh, Application.id).options(
            joinedload(Application.zone), selectinload(Application.holdings)
        )
    ).all()


def get_application(event: Event, ref: str) -> Application:
    """Return the event's application with that number; raises `NotFound`, for drafts too."""
    return _found(db.session.scalar(_by_ref(event, ref)))


def get_application_to_write(event: Event, ref: str) -> Application:
    """Return the application fresh, with its row locked until the commit (on SQLite the turn does it)."""
    locked = _by_ref(event, ref).with_for_update(of=Application)
    return _found(db.session.scalar(locked.execution_options(populate_existing=True)))


def find_by_token(body: bytes) -> Application | None:
    """Return the application whose private link carries that body."""
    return db.session.scalar(select(Application).where(Application.token_hash == hash_of(body)))


def event_of(application: Application) -> Event:
    """Return the event of an application that was found by its link."""
    return db.session.get_one(Event, application.event_id)


def get_own_to_write(event: Event, body: bytes) -> Application:
    """Return the application of a private link, locked until the commit; raises `NotFound`."""
    own = select(Application).where(Application.event_id == event.id, Application.token_hash == hash_of(body))
    return _found(
        db.session.scalar(own.with_for_update(of=Application).execution_options(populate_existing=True))
    )


def hash_of(body: bytes) -> bytes:
    """Return what the database keeps of a private link."""
    return hashlib.sha256(body).digest()


def _by_ref(event: Event, ref: str) -> Select[Application]:
    return select(Application).where(
        Application.event_id == event.id,
        Application.ref == ref,
        Application.status != Status.DRAFT,
    )


def _found(application: Application | None) -> Application:
    if application is None:
        raise NotFound(N_("There is no such application."))
    return application
