"""Windows of time for setting up and tearing down, and who has booked them."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from eventsite.database import db
from eventsite.events.models import Event, Zone
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.market.models import Booth
from eventsite.readiness.enums import SlotKind
from eventsite.readiness.models import Slot, SlotBooking


def list_slots(event: Event, *, zone: str = "", kind: SlotKind | None = None) -> Sequence[Slot]:
    """Return the event's slots by zone and time, of one zone or kind if so asked."""
    own = select(Slot).join(Slot.zone).options(contains_eager(Slot.zone)).where(Slot.event_id == event.id)
    if zone:
        own = own.where(Zone.code == zone)
    if kind:
        own = own.where(Slot.kind == kind)
    return db.session.scalars(own.order_by(Zone.order, Slot.starts_at, Slot.id)).all()


def get_slot(event: Event, slot_id: int) -> Slot:
    """Return the slot; raises `NotFound`."""
    return _found(db.session.scalar(_slot(event, slot_id).options(joinedload(Slot.zone))))


def get_slot_to_write(event: Event, slot_id: int) -> Slot:
    """Return the slot with its row locked until the commit (PostgreSQL; on SQLite the turn does it)."""
    return _found(db.session.scalar(_slot(event, slot_id).with_for_update(of=Slot)))


def find_booking(booth: Booth, kind: SlotKind) -> SlotBooking | None:
    """Return what a booth has booked of a kind."""
    own = select(SlotBooking).where(SlotBooking.booth_id == booth.id, SlotBooking.kind == kind)
    return db.session.scalar(own.options(joinedload(SlotBooking.slot)))


def list_bookings(event: Event) -> Sequence[SlotBooking]:
    """Return all bookings with slots and booths, in the order of time."""
    own = select(SlotBooking).join(SlotBooking.slot).where(SlotBooking.event_id == event.id)
    own = own.options(contains_eager(SlotBooking.slot), joinedload(SlotBooking.booth))
    return db.session.scalars(own.order_by(Slot.starts_at, SlotBooking.id)).all()


def _slot(event: Event, slot_id: int) -> Select[Slot]:
    return select(Slot).where(Slot.event_id == event.id, Slot.id == slot_id)


def _found(slot: Slot | None) -> Slot:
    if slot is None:
        raise NotFound(N_("There is no such time slot."))
    return slot
