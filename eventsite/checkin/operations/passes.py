"""Taking a pass over to another phone."""

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.checkin.queries import find_pass_by_recovery
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.kernel.errors import DomainError
from eventsite.kernel.tokens import read_typed
from eventsite.kernel.words import N_


def restore_pass(actor: Actor, event: Event, code: str) -> bytes:
    """Return the key of the pass with that recovery code; the attempt is logged, found or not.

    Raises `DomainError` on the field `code` where no pass of this event has it.
    """
    with atomic():
        visitor = find_pass_by_recovery(event, read_typed(code))
        verb, thing = ("restore", f"pass:{visitor.id}") if visitor else ("fail to restore", "pass:unknown")
        record(actor, verb, thing, event_id=event.id)
        key = visitor.key if visitor else None
    if key is None:
        raise DomainError(N_("No stamp card has this recovery code. Please check it."), field="code")
    return key
