"""What is broken and who sees to it."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, case, select
from sqlalchemy.orm import joinedload

from eventsite.database import db
from eventsite.events.models import Event, Zone
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.market.models import Booth
from eventsite.readiness.enums import FaultState
from eventsite.readiness.models import Fault

AROUND = (
    joinedload(Fault.zone),
    joinedload(Fault.booth).joinedload(Booth.zone),
    joinedload(Fault.booth).joinedload(Booth.delegation),
    joinedload(Fault.post),
    joinedload(Fault.photo),
)
URGENCY = case(*((Fault.state == state, place) for place, state in enumerate(FaultState)))


def list_faults(event: Event, *, zone: str = "", state: FaultState | None = None) -> Sequence[Fault]:
    """Return the event's faults: what nobody sees to first, then by when it is due."""
    own = select(Fault).where(Fault.event_id == event.id)
    if zone:
        own = own.join(Fault.zone).where(Zone.code == zone)
    if state:
        own = own.where(Fault.state == state)
    return db.session.scalars(_ordered(own)).all()


def list_faults_of(booths: Iterable[Booth]) -> Sequence[Fault]:
    """Return what is not closed at some booths."""
    keys = [booth.id for booth in booths]
    own = select(Fault).where(Fault.booth_id.in_(keys), Fault.state != FaultState.CLOSED)
    return db.session.scalars(_ordered(own)).all()


def get_fault(event: Event, fault_id: int) -> Fault:
    """Return the fault; raises `NotFound`."""
    return _found(db.session.scalar(_fault(event, fault_id).options(*AROUND)))


def get_fault_to_write(event: Event, fault_id: int) -> Fault:
    """Return the fault with its row locked until the commit (PostgreSQL; on SQLite the turn does it)."""
    return _found(db.session.scalar(_fault(event, fault_id).with_for_update(of=Fault)))


def _ordered(own: Select[Fault]) -> Select[Fault]:
    return own.options(*AROUND).order_by(URGENCY, Fault.due_at.nulls_last(), Fault.raised_at, Fault.id)


def _fault(event: Event, fault_id: int) -> Select[Fault]:
    return select(Fault).where(Fault.event_id == event.id, Fault.id == fault_id)


def _found(fault: Fault | None) -> Fault:
    if fault is None:
        raise NotFound(N_("There is no such fault."))
    return fault
