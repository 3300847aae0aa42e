"""Digits made on stage: typed in by one person, put right by another."""

from datetime import datetime

from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.database import atomic
from eventsite.draws.core.terms import STAGE
from eventsite.draws.enums import DrawStatus
from eventsite.draws.models import Draw, DrawRound, DrawValues
from eventsite.draws.operations.turns import expect, hold, log
from eventsite.events.models import Event
from eventsite.events.operations.hands import refuse_same_hands
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.fairdraw.faults import Faulty
from eventsite.kernel.fairdraw.sources import read_stage
from eventsite.kernel.words import N_


def enter_values(actor: Actor, event: Event, ref: str, *, digits: str, now: datetime) -> DrawValues:
    """Keep the digits made on stage, one text in the order they fell. The same again: nothing happens.

    Raises `DomainError` on `digits` for too few or foreign signs, `Conflict` before the reveals, and where
    other digits stand already (`correct_values`).
    """
    given = _read_digits(digits)
    with atomic() as session:
        draw = hold(session, event, ref)
        waiting = _waiting_round(draw)
        if waiting.values:
            if waiting.digits == given:
                return waiting.values[-1]
            raise Conflict(
                N_("Digits were entered already; a correction needs another person and a reason."),
                field="digits",
            )
        return _keep(session, actor, draw, waiting, given, now=now)


def correct_values(
    actor: Actor, event: Event, ref: str, *, digits: str, reason: str, now: datetime
) -> DrawValues:
    """Put a typing error right before the draw; the first digits stay on record.

    Raises `NotAllowed` for the person who typed them: a correction needs another.
    """
    given = _read_digits(digits)
    if not reason:
        raise DomainError(N_("Say what was wrong; the reason is published."), field="reason")
    with atomic() as session:
        draw = hold(session, event, ref)
        waiting = _waiting_round(draw)
        if not waiting.values:
            raise Conflict(N_("No digits were entered yet."))
        yourself = N_("You typed these digits yourself; another person has to correct them.")
        refuse_same_hands(actor, draw.event_id, waiting.values[-1].by, yourself)
        return _keep(session, actor, draw, waiting, given, reason=reason, now=now)


def _read_digits(text: str) -> str:
    try:
        (digits,) = read_stage(text, STAGE)
    except Faulty as error:
        raise DomainError(error.message, field="digits", **error.params) from error
    return str(digits)


def _keep(
    session: Session,
    actor: Actor,
    draw: Draw,
    waiting: DrawRound,
    digits: str,
    *,
    now: datetime,
    reason: str = "",
) -> DrawValues:
    before = {"digits": waiting.digits} if waiting.values else None
    values = DrawValues(
        round_id=waiting.id,
        attempt=len(waiting.values) + 1,
        digits=digits,
        reason=reason,
        by=actor.ref,
        at=now,
    )
    session.add(values)
    detail = {"round": waiting.number, "reason": reason}
    log(actor, draw, "enter digits", before=before, after={"digits": digits}, **detail)
    return values


def _waiting_round(draw: Draw) -> DrawRound:
    """Return the round that waits for digits or to be drawn; raises `Conflict` where there is none."""
    if draw.status is DrawStatus.FROZEN:
        raise Conflict(N_("The witnesses have not all revealed their numbers yet."))
    expect(draw, DrawStatus.REVEALED, DrawStatus.DRAWN)
    last = draw.rounds[-1]
    if last.outcome is not None:
        raise Conflict(N_("This round is drawn; its digits stay as they are."))
    return last
