"""Opening a booth: when it is ready, or before that by an organizer with a reason."""

from datetime import datetime
from typing import Any

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic, attempt
from eventsite.events.models import Event
from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_
from eventsite.market.enums import LiveState
from eventsite.market.models import Booth, Clearance
from eventsite.market.operations import say_live
from eventsite.market.queries import find_clearance, get_booth_to_write
from eventsite.readiness.queries import readiness_of

NOT_READY = N_("Booth %(code)s is not ready: its page says what is missing.")
OPENED = N_("Somebody else opened this booth at the same time.")


def open_booth(actor: Actor, event: Event, code: str, *, now: datetime) -> Clearance:
    """Open a booth that is ready, one that was opened before again; raises `Conflict` where it is not."""
    with atomic():
        booth = get_booth_to_write(event, code)
        first = find_clearance(booth)
        if first is None and _lacking(event, booth):
            raise Conflict(NOT_READY, code=code)
        return first or _clear(actor, event, Clearance(booth=booth, missing=[]), now)


def open_unready_booth(actor: Actor, event: Event, code: str, *, reason: str, now: datetime) -> Clearance:
    """Open a booth that is not ready, for a reason that stays in the log with what was missing."""
    with atomic():
        booth = get_booth_to_write(event, code)
        opened = Clearance(booth=booth, reason=reason, missing=_lacking(event, booth))
        return find_clearance(booth) or _clear(actor, event, opened, now)


def _lacking(event: Event, booth: Booth) -> list[str]:
    if booth.is_cancelled:
        raise Conflict(N_("Booth %(code)s is cancelled."), code=booth.code)
    parts = {part.value for row in readiness_of(event, only=[booth]) for part in row.parts}
    return sorted(parts)


def _clear(actor: Actor, event: Event, cleared: Clearance, now: datetime) -> Clearance:
    cleared.event_id, cleared.at = event.id, now
    cleared.by, cleared.by_label = actor.ref, actor.label
    with attempt({"uq_clearance_booth_id": Conflict(OPENED)}) as session:
        session.add(cleared)
    verb = "open unready" if cleared.missing else "open"
    detail: dict[str, Any] = {
        "missing": cleared.missing,
        **({"reason": cleared.reason} if cleared.reason else {}),
    }
    record(actor, verb, f"booth:{cleared.booth_id}", event_id=event.id, **detail)
    say_live(actor, event, cleared.booth.code, LiveState.OPEN, now=now)
    return cleared
