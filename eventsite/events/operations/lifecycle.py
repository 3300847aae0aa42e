"""Publishing an event and archiving it."""

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.enums import STATUS_MOVES, EventStatus
from eventsite.events.models import Event
from eventsite.kernel.edits import refuse_stale
from eventsite.kernel.transitions import check_move


def publish_event(actor: Actor, event: Event, *, version: int) -> None:
    """Show a draft to everybody; raises `Conflict` where it is none, `StaleEdit` if it was changed since."""
    _move(actor, event, EventStatus.PUBLISHED, "publish", version)


def archive_event(actor: Actor, event: Event, *, version: int) -> None:
    """Close an event for good: it stays readable and takes no change; raises like `publish_event`."""
    _move(actor, event, EventStatus.ARCHIVED, "archive", version)


def _move(actor: Actor, event: Event, target: EventStatus, verb: str, version: int) -> None:
    with atomic() as session:
        fresh = session.get_one(Event, event.id, with_for_update=True, populate_existing=True)
        check_move(STATUS_MOVES, fresh.status, target)
        theirs, mine = {"status": fresh.status.value}, {"status": target.value}
        refuse_stale(fresh.version, version, theirs=theirs, mine=mine)
        before = fresh.status.value
        fresh.status = target
        record(
            actor,
            verb,
            f"event:{fresh.id}",
            event_id=fresh.id,
            before={"status": before},
            after={"status": target.value},
        )
