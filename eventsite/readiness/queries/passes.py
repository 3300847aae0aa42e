"""Vehicle and staff passes, and where they went through."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from eventsite.applications.models import Application
from eventsite.database import db
from eventsite.events.models import Event
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.market.models import Booth
from eventsite.readiness.enums import PassKind
from eventsite.readiness.models import AccessPass, PassScan

AROUND = (
    joinedload(AccessPass.booth).joinedload(Booth.zone),
    joinedload(AccessPass.booth).joinedload(Booth.delegation),
    joinedload(AccessPass.delegation),
)


def list_passes(event: Event, *, booth: Booth | None = None) -> Sequence[AccessPass]:
    """Return the event's passes (of one booth, if so asked): those in force first, by booth and number."""
    own = select(AccessPass).outerjoin(AccessPass.booth).where(AccessPass.event_id == event.id)
    if booth is not None:
        own = own.where(AccessPass.booth_id == booth.id)
    order = (AccessPass.revoked_at.is_not(None), Booth.code, AccessPass.kind.desc(), AccessPass.number)
    return db.session.scalars(own.options(*AROUND).order_by(*order, AccessPass.id)).all()


def list_passes_of(application: Application) -> Sequence[AccessPass]:
    """Return an exhibitor's passes that are in force, and none of who held its booth before."""
    own = select(AccessPass).where(
        AccessPass.application_id == application.id, AccessPass.revoked_at.is_(None)
    )
    order = (AccessPass.kind.desc(), AccessPass.number, AccessPass.id)
    return db.session.scalars(own.options(*AROUND).order_by(*order)).all()


def count_passes(booth: Booth, kind: PassKind) -> int:
    """Return how many passes of a kind a booth has in force."""
    own = select(func.count()).where(
        AccessPass.booth_id == booth.id, AccessPass.kind == kind, AccessPass.revoked_at.is_(None)
    )
    return db.session.scalar(own) or 0


def get_pass(event: Event, pass_id: int) -> AccessPass:
    """Return the pass; raises `NotFound`."""
    return _found(db.session.scalar(_pass(event, pass_id).options(*AROUND)))


def get_pass_to_write(event: Event, pass_id: int) -> AccessPass:
    """Return the pass with its row locked until the commit (PostgreSQL; on SQLite the turn does it)."""
    return _found(db.session.scalar(_pass(event, pass_id).with_for_update(of=AccessPass)))


def find_pass_by_key(key: bytes) -> AccessPass | None:
    """Return the pass of any event with the body of its token."""
    return db.session.scalar(select(AccessPass).where(AccessPass.key == key).options(*AROUND))


def find_pass_by_typed_code(code: str) -> AccessPass | None:
    """Return the pass of any event with that typed code."""
    return db.session.scalar(select(AccessPass).where(AccessPass.typed_code == code))


def list_scans(found: AccessPass, *, limit: int = 20) -> Sequence[PassScan]:
    """Return where a pass went through, the newest first."""
    own = select(PassScan).where(PassScan.pass_id == found.id)
    return db.session.scalars(own.order_by(PassScan.at.desc(), PassScan.id.desc()).limit(limit)).all()


def last_scan(found: AccessPass) -> PassScan | None:
    """Return where a pass went through last."""
    return next(iter(list_scans(found, limit=1)), None)


def _pass(event: Event, pass_id: int) -> Select[AccessPass]:
    return select(AccessPass).where(AccessPass.event_id == event.id, AccessPass.id == pass_id)


def _found(found: AccessPass | None) -> AccessPass:
    if found is None:
        raise NotFound(N_("There is no such pass."))
    return found
