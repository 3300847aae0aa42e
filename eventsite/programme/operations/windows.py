"""Saying when a troupe can perform."""

from typing import Any

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.kernel.errors import NotFound
from eventsite.kernel.ranges import TimeRange
from eventsite.kernel.words import N_
from eventsite.programme.core.resources import WindowFacts, refuse_overlap, window_of
from eventsite.programme.models import TroupeWindow
from eventsite.programme.queries import get_troupe_to_write


def add_window(actor: Actor, event: Event, troupe_id: int, facts: WindowFacts) -> TroupeWindow:
    """Add a time in which a troupe can perform.

    Raises `DomainError` on `end`, and `Conflict` where it overlaps another time of the troupe.
    """
    slot = window_of(facts, event.zone)
    with atomic() as session:
        troupe = get_troupe_to_write(event, troupe_id)
        refuse_overlap(slot, [TimeRange(one.starts_at, one.ends_at) for one in troupe.windows])
        window = TroupeWindow(event_id=event.id, starts_at=slot.start, ends_at=slot.end)
        troupe.windows.append(window)
        session.flush()
        record(actor, "open", f"troupe:{troupe.id}", event_id=event.id, **_told(window))
        return window


def remove_window(actor: Actor, event: Event, troupe_id: int, window_id: int) -> None:
    """Take a time in which a troupe can perform away; raises `NotFound`."""
    with atomic():
        troupe = get_troupe_to_write(event, troupe_id)
        window = next((one for one in troupe.windows if one.id == window_id), None)
        if window is None:
            raise NotFound(N_("There is no such time of this troupe."))
        record(actor, "close", f"troupe:{troupe.id}", event_id=event.id, **_told(window))
        troupe.windows.remove(window)


def _told(window: TroupeWindow) -> dict[str, Any]:
    return {"starts_at": window.starts_at, "ends_at": window.ends_at}
