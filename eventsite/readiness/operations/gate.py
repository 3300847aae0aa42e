"""Letting passes in and out at a gate: the database decides who was first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Update, or_, update

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic, attempt
from eventsite.events.models import Event
from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_
from eventsite.readiness.core import Verdict, judge_pass
from eventsite.readiness.enums import Direction
from eventsite.readiness.models import AccessPass, PassScan
from eventsite.readiness.queries import get_pass, last_scan

DOUBLE_TAP = timedelta(seconds=20)  # in which one person's second press is a finger, not a second vehicle
REFUSALS = {
    Verdict.REVOKED: N_("This pass was withdrawn."),
    Verdict.EARLY: N_("This pass is not valid yet."),
    Verdict.EXPIRED: N_("This pass is no longer valid."),
    Verdict.USED: N_("This pass was for one entry, and it was used at %(time)s at %(gate)s."),
}
INSIDE = N_("This pass is inside: it came in at %(time)s at %(gate)s.")
OUTSIDE = N_("This pass is outside already.")


@dataclass(frozen=True, kw_only=True)
class Passage:
    """What was written down; `fresh` is false where the same press had been written down before."""

    scan: PassScan
    fresh: bool


def let_through(
    actor: Actor, event: Event, pass_id: int, direction: Direction, *, gate: str, now: datetime
) -> Passage:
    """Write down that a pass goes in or out at `gate`.

    One UPDATE with all its conditions decides, so that of two gates that scan a single-use pass at the same
    time one lets it in. The same press of the same person within 20 seconds returns the first. Raises
    `Conflict` with why it does not go through, and what happened to it before.
    """
    with atomic() as session:
        found = get_pass(event, pass_id)
        if session.scalar(_move(found, direction, now).returning(AccessPass.id)) is None:
            session.refresh(found)
            return _repeated(actor, event, found, direction, now)
        scan = PassScan(
            event_id=event.id,
            access_pass=found,
            direction=direction,
            gate=gate,
            at=now,
            by=actor.ref,
            by_label=actor.label,
        )
        with attempt() as inner:
            inner.add(scan)
        verb = "enter" if direction is Direction.IN else "leave"
        record(actor, verb, f"access_pass:{found.id}", event_id=event.id, gate=gate)
        session.refresh(found)
    return Passage(scan=scan, fresh=True)


def _move(found: AccessPass, direction: Direction, now: datetime) -> Update:
    own = update(AccessPass).where(AccessPass.id == found.id).execution_options(synchronize_session=False)
    if direction is Direction.OUT:
        return own.where(AccessPass.inside.is_(True)).values(inside=False)
    return own.where(
        AccessPass.inside.is_(False),
        AccessPass.revoked_at.is_(None),
        AccessPass.valid_from <= now,
        AccessPass.valid_until > now,
        or_(AccessPass.single_use.is_(False), AccessPass.entries == 0),
    ).values(inside=True, entries=AccessPass.entries + 1)


def _repeated(actor: Actor, event: Event, found: AccessPass, direction: Direction, now: datetime) -> Passage:
    """Return the first of two equal presses; raise with why the pass does not go through."""
    last = last_scan(found)
    if last and last.direction is direction and last.by == actor.ref and now - last.at <= DOUBLE_TAP:
        return Passage(scan=last, fresh=False)
    if direction is Direction.OUT:
        raise Conflict(OUTSIDE)
    told: dict[str, Any] = {}
    if last is not None:
        told = {"time": f"{last.at.astimezone(event.zone):%H:%M}", "gate": last.gate}
    if found.inside:
        raise Conflict(INSIDE, **told)
    raise Conflict(REFUSALS[judge_pass(found.state, now)], **told)
