"""Marking stamp cards of the team, who take part in no draw: by their holders, or by desk and organizers.

A card is a phone, not a person: nothing is marked by itself. A mark counts for lists frozen after it.
"""

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.checkin.models import VisitorPass
from eventsite.checkin.queries import get_card_to_write, get_pass_to_write
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.kernel.tokens import read_typed


def mark_own_card(actor: Actor, event: Event, key: bytes) -> VisitorPass:
    """Mark the card of the actor's own phone; marked again, nothing is written.

    Raises `DomainError` for a card without a stamp: it has no row, and is in no draw.
    """
    with atomic():
        visitor = get_pass_to_write(event, key)
        if not visitor.is_staff:
            visitor.is_staff = True
            record(actor, "mark own as staff", f"pass:{visitor.id}", event_id=event.id)
    return visitor


def mark_card(actor: Actor, event: Event, code: str) -> VisitorPass:
    """Mark the card with that entry code; marked again, nothing is written.

    Raises `DomainError` on the field `entry` where no card of this event has it.
    """
    with atomic():
        visitor = get_card_to_write(event, read_typed(code))
        if not visitor.is_staff:
            visitor.is_staff = True
            record(actor, "mark as staff", f"pass:{visitor.id}", event_id=event.id)
    return visitor


def unmark_card(actor: Actor, event: Event, code: str, *, reason: str) -> VisitorPass:
    """Take a mark back: the card is on lists frozen from now on. A second time writes nothing."""
    with atomic():
        visitor = get_card_to_write(event, code)
        if visitor.is_staff:
            visitor.is_staff = False
            record(actor, "unmark as staff", f"pass:{visitor.id}", event_id=event.id, reason=reason)
    return visitor
