"""Handing over prizes, exactly once; taking a hand-over back; ending the time to claim."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.draws.enums import AwardState, DrawStatus, HandOverKind
from eventsite.draws.models import Award, HandOver
from eventsite.draws.operations.turns import changed_rows, expect, hold, log
from eventsite.draws.queries.awards import get_award
from eventsite.events.models import Event
from eventsite.kernel.errors import Closed, Conflict, DomainError, NotFound
from eventsite.kernel.words import N_


class HandOverReceipt(NamedTuple):
    """Who handed the prize over, when and where; `fresh` is false where it was handed over before."""

    hand_over: HandOver
    fresh: bool


def hand_over_award(
    actor: Actor, event: Event, award_id: int, *, place: str, now: datetime
) -> HandOverReceipt:
    """Hand a prize over. Whoever asks again gets the first hand-over back, `fresh` false.

    Raises `Closed` past the deadline of the rules, `Conflict` for a prize that is not owed any more.
    """
    with atomic() as session:
        award = _award_of(event, award_id)
        if award.state is AwardState.WON and now >= award.claim_until:
            raise Closed(N_("The time to claim this prize is over."))
        if not _turn(session, award, AwardState.WON, AwardState.CLAIMED, claimed_at=now):
            return HandOverReceipt(_standing(session, award), fresh=False)
        row = _write(session, actor, award, HandOverKind.HANDED, place=place, now=now)
        return HandOverReceipt(row, fresh=True)


def undo_hand_over(actor: Actor, event: Event, award_id: int, *, reason: str, now: datetime) -> HandOver:
    """Take a hand-over back, with a reason; both rows stay. Raises `Conflict` where there is none."""
    if not reason:
        raise DomainError(N_("Say why the hand-over is taken back."), field="reason")
    with atomic() as session:
        award = _award_of(event, award_id)
        if not _turn(session, award, AwardState.CLAIMED, AwardState.WON, claimed_at=None):
            raise Conflict(N_("This prize is not handed over."))
        return _write(session, actor, award, HandOverKind.UNDONE, reason=reason, now=now)


def forfeit_unclaimed(actor: Actor, event: Event, ref: str, *, now: datetime) -> int:
    """Count prizes that nobody claimed by the deadline of the rules as given up; returns how many."""
    with atomic() as session:
        draw = hold(session, event, ref)
        expect(draw, DrawStatus.PUBLISHED)
        given_up = changed_rows(
            session,
            update(Award)
            .where(Award.draw_id == draw.id, Award.state == AwardState.WON, Award.claim_until <= now)
            .values(state=AwardState.FORFEITED)
            .execution_options(synchronize_session=False),
        )
        if given_up:
            log(actor, draw, "forfeit prizes", prizes=given_up)
        return given_up


def _award_of(event: Event, award_id: int) -> Award:
    award = get_award(award_id)
    if award.event_id != event.id:
        raise NotFound(N_("There is no such prize."))
    return award


def _turn(
    session: Session, award: Award, before: AwardState, after: AwardState, *, claimed_at: datetime | None
) -> bool:
    """Change the state if it is still the one before; the database lets one of many callers do it."""
    done = changed_rows(
        session,
        update(Award)
        .where(Award.id == award.id, Award.state == before)
        .values(state=after, claimed_at=claimed_at)
        .execution_options(synchronize_session=False),
    )
    session.refresh(award)
    return done == 1


def _standing(session: Session, award: Award) -> HandOver:
    """Return the hand-over that stands; raises `Conflict` where the prize is not owed any more."""
    if award.state is not AwardState.CLAIMED:
        raise Conflict(N_("This prize is no longer to be handed over."))
    last = session.scalar(
        select(HandOver).where(HandOver.award_id == award.id).order_by(HandOver.number.desc()).limit(1)
    )
    assert last is not None
    return last


def _write(
    session: Session,
    actor: Actor,
    award: Award,
    kind: HandOverKind,
    *,
    now: datetime,
    place: str = "",
    reason: str = "",
) -> HandOver:
    last = session.scalar(select(func.max(HandOver.number)).where(HandOver.award_id == award.id))
    row = HandOver(
        award_id=award.id,
        number=(last or 0) + 1,
        kind=kind,
        place=place,
        reason=reason,
        by=actor.ref,
        by_label=actor.label,
        at=now,
    )
    session.add(row)
    verb = "hand over" if kind is HandOverKind.HANDED else "undo hand-over"
    record(
        actor, verb, f"award:{award.id}", event_id=award.event_id, place=place, reason=reason, slot=award.slot
    )
    return row
