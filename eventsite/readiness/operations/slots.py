"""Windows of time for setting up and tearing down: who comes when."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import FOREIGN_KEY, atomic, attempt
from eventsite.events.models import Event
from eventsite.events.queries import get_zone
from eventsite.kernel.edits import changed, refuse_stale
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.words import N_
from eventsite.market.models import Booth
from eventsite.market.queries import get_booth_to_write
from eventsite.readiness.core import SlotFacts, check_window
from eventsite.readiness.enums import SlotKind
from eventsite.readiness.models import Slot, SlotBooking
from eventsite.readiness.queries import find_booking, get_slot_to_write


def create_slot(actor: Actor, event: Event, facts: SlotFacts) -> Slot:
    """Add a time slot to a zone; raises `Conflict` where one begins then, or it ends before it begins."""
    check_window(facts.starts_at, facts.ends_at, field="ends_at")
    with atomic():
        slot = Slot(event_id=event.id)
        with attempt(_conflicts()) as session:
            _write(slot, event, facts)
            session.add(slot)
        record(actor, "create", f"slot:{slot.id}", event_id=event.id, after=_told(facts))
    return slot


def edit_slot(actor: Actor, event: Event, slot_id: int, facts: SlotFacts, *, version: int) -> Slot:
    """Change a time slot that was read at `version`.

    Raises `StaleEdit` if somebody saved since, `Conflict` where more booths have booked it than would fit,
    and where a slot that is booked would go to another zone or purpose.
    """
    check_window(facts.starts_at, facts.ends_at, field="ends_at")
    with atomic():
        slot = get_slot_to_write(event, slot_id)
        before = slot.facts
        if facts == before:
            return slot
        old, new = changed(_told(before), _told(facts))
        refuse_stale(slot.version, version, theirs=old, mine=new)
        if slot.taken and (facts.zone, facts.kind) != (before.zone, before.kind):
            raise _conflicts()[FOREIGN_KEY]
        with attempt(_conflicts()):
            _write(slot, event, facts)
        record(actor, "edit", f"slot:{slot.id}", event_id=event.id, before=old, after=new)
    return slot


def remove_slot(actor: Actor, event: Event, slot_id: int, *, version: int) -> None:
    """Remove a time slot that nobody has booked; raises `StaleEdit`, and `Conflict` where somebody has."""
    with atomic():
        slot = get_slot_to_write(event, slot_id)
        refuse_stale(slot.version, version, theirs={}, mine={})
        thing, facts = f"slot:{slot.id}", slot.facts
        with attempt(_conflicts()) as session:
            session.delete(slot)
        record(actor, "remove", thing, event_id=event.id, before=_told(facts))


def book_slot(actor: Actor, event: Event, code: str, slot_id: int, *, now: datetime) -> SlotBooking:
    """Book a time slot for a booth in place of what it had; booking the same again changes nothing.

    Raises `Conflict` where the slot is full or of another zone.
    """
    with atomic() as session:
        booth = get_booth_to_write(event, code)
        slots = {number: get_slot_to_write(event, number) for number in _in_order(session, booth, slot_id)}
        slot = slots[slot_id]
        before = find_booking(booth, slot.kind)
        if before is not None and before.slot_id == slot.id:
            return before
        if slot.zone_id != booth.zone_id:
            raise Conflict(N_("This time slot is for booths of another zone."), field="slot")
        _take(session, slot)
        if before is not None:
            _give_back(session, before)
        booking = SlotBooking(event_id=event.id, slot=slot, booth=booth, kind=slot.kind, at=now, by=actor.ref)
        with attempt() as inner:
            inner.add(booking)
        thing = f"booth:{booth.id}"
        record(actor, "book slot", thing, event_id=event.id, after={"slot": _words(slot, event)})
    return booking


def give_up_slot(actor: Actor, event: Event, code: str, kind: SlotKind) -> None:
    """Give a booth's time slot back; without one nothing happens."""
    with atomic() as session:
        booth = get_booth_to_write(event, code)
        booking = find_booking(booth, kind)
        if booking is None:
            return
        words = _words(booking.slot, event)
        _give_back(session, booking)
        record(actor, "give up slot", f"booth:{booth.id}", event_id=event.id, before={"slot": words})


def _in_order(session: Session, booth: Booth, slot_id: int) -> list[int]:
    """Return the slot that a booth wants and those that it has, in one order for everybody.

    Two booths that change places would else wait for each other for ever.
    """
    held = session.scalars(select(SlotBooking.slot_id).where(SlotBooking.booth_id == booth.id))
    return sorted({slot_id, *held})


def _take(session: Session, slot: Slot) -> None:
    """Take one place; the database decides about the last."""
    took = session.scalar(
        update(Slot)
        .where(Slot.id == slot.id, Slot.taken < Slot.capacity)
        .values(taken=Slot.taken + 1)
        .returning(Slot.id)
        .execution_options(synchronize_session=False)
    )
    if took is None:
        raise Conflict(N_("This time slot is full. Choose another one."), field="slot")


def _give_back(session: Session, booking: SlotBooking) -> None:
    session.execute(
        update(Slot)
        .where(Slot.id == booking.slot_id)
        .values(taken=Slot.taken - 1)
        .execution_options(synchronize_session=False)
    )
    with attempt():
        session.delete(booking)


def _conflicts() -> dict[str, DomainError]:
    return {
        "uq_slot_event_id_zone_id_kind_starts_at": Conflict(
            N_("The zone has a time slot that begins then."), field="starts_at"
        ),
        "ck_slot_taken": Conflict(N_("More booths than that have booked it."), field="capacity"),
        FOREIGN_KEY: Conflict(N_("Booths have booked this time slot.")),
    }


def _write(slot: Slot, event: Event, facts: SlotFacts) -> None:
    slot.zone, slot.kind = get_zone(event, facts.zone), SlotKind(facts.kind)
    slot.starts_at, slot.ends_at, slot.capacity = facts.starts_at, facts.ends_at, facts.capacity


def _told(facts: SlotFacts) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(facts).items()
    }


def _words(slot: Slot, event: Event) -> str:
    return f"{slot.starts_at.astimezone(event.zone):%Y-%m-%d %H:%M}"
