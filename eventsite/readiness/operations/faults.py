"""Faults: raised by who sees them, assigned to a post, fixed, looked at and closed."""

from datetime import datetime
from typing import Any

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic, attempt
from eventsite.events.models import Event
from eventsite.events.queries import get_zone
from eventsite.files.core import Upload
from eventsite.files.operations import keep_file
from eventsite.helpdesk.models import Post
from eventsite.kernel.edits import refuse_stale
from eventsite.kernel.errors import Conflict
from eventsite.kernel.transitions import check_move
from eventsite.kernel.words import N_
from eventsite.market.queries import get_booth
from eventsite.readiness.core import FaultFacts
from eventsite.readiness.enums import FAULT_MOVES, FaultState
from eventsite.readiness.models import Fault
from eventsite.readiness.queries import get_fault_to_write


def raise_fault(
    actor: Actor, event: Event, facts: FaultFacts, upload: Upload | None = None, *, now: datetime
) -> Fault:
    """Say that something is broken at a booth, or at a place of a zone, with a photo if there is one."""
    with atomic():
        booth = get_booth(event, facts.booth) if facts.booth else None
        zone = booth.zone if booth else get_zone(event, facts.zone)
        fault = Fault(
            event_id=event.id,
            zone=zone,
            booth=booth,
            place=facts.place,
            words_zh=facts.words_zh,
            photo=keep_file(actor, event, upload) if upload else None,
            raised_at=now,
            raised_by=actor.ref,
            raised_by_label=actor.label,
        )
        with attempt() as session:
            session.add(fault)
        after = {"zone": zone.code, "booth": facts.booth, "place": facts.place, "words_zh": facts.words_zh}
        record(actor, "raise", f"fault:{fault.id}", event_id=event.id, after=after)
    return fault


def assign_fault(
    actor: Actor,
    event: Event,
    fault_id: int,
    *,
    post: Post,
    person: str,
    due_at: datetime | None,
    version: int,
    now: datetime,
) -> Fault:
    """Give a fault to a post, perhaps to one person there, until `due_at`; one that is not fixed goes back.

    Raises `StaleEdit` if somebody acted since `version`, `Conflict` on a time that is over.
    """
    if due_at is not None and due_at <= now:
        raise Conflict(N_("This time is over."), field="due_at")
    with atomic():
        fault = _moved(event, fault_id, FaultState.ASSIGNED, version)
        before = _told(fault)
        fault.post_id, fault.person, fault.due_at = post.id, person, due_at
        fault.state, fault.fixed_at = FaultState.ASSIGNED, None
        thing = f"fault:{fault.id}"
        after = {
            "post": post.name_zh,
            "person": person,
            "due_at": due_at.isoformat() if due_at else None,
        }
        record(actor, "assign", thing, event_id=event.id, before=before, after=after)
    return fault


def fix_fault(actor: Actor, event: Event, fault_id: int, *, version: int, now: datetime) -> Fault:
    """Report that a fault is fixed; raises `StaleEdit` if somebody acted since `version`."""
    with atomic():
        fault = _moved(event, fault_id, FaultState.FIXED, version)
        fault.state, fault.fixed_at = FaultState.FIXED, now
        record(actor, "fix", f"fault:{fault.id}", event_id=event.id)
    return fault


def close_fault(actor: Actor, event: Event, fault_id: int, *, version: int, now: datetime) -> Fault:
    """Close a fault that was looked at; raises `StaleEdit` if somebody acted since `version`."""
    with atomic():
        fault = _moved(event, fault_id, FaultState.CLOSED, version)
        fault.state, fault.closed_at = FaultState.CLOSED, now
        record(actor, "close", f"fault:{fault.id}", event_id=event.id)
    return fault


def _moved(event: Event, fault_id: int, target: FaultState, version: int) -> Fault:
    fault = get_fault_to_write(event, fault_id)
    refuse_stale(fault.version, version, theirs={}, mine={})
    check_move(FAULT_MOVES, fault.state, target)
    return fault


def _told(fault: Fault) -> dict[str, Any]:
    return {
        "post": fault.post.name_zh if fault.post else None,
        "person": fault.person,
        "due_at": fault.due_at.isoformat() if fault.due_at else None,
    }
