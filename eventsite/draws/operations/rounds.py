"""Playing a round: digits made on stage, the draw, absent winners and their redraw."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.checkin.models import VisitorPass
from eventsite.database import atomic, db
from eventsite.draws.core.terms import STAGE
from eventsite.draws.enums import AwardState, DrawStatus, ProposalKind
from eventsite.draws.models import Award, Draw, DrawRound, DrawValues, Prize, Proposal
from eventsite.draws.operations.proposals import confirm, propose, refuse_same_hands
from eventsite.draws.operations.turns import changed_rows, expect, hold, log, move
from eventsite.draws.queries.draws import read_fresh
from eventsite.draws.queries.records import Playable, get_playable
from eventsite.events.models import Event
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.fairdraw.drawing import play_round
from eventsite.kernel.fairdraw.faults import Faulty
from eventsite.kernel.fairdraw.numbers import Winner
from eventsite.kernel.fairdraw.record import Round
from eventsite.kernel.fairdraw.rules import slots
from eventsite.kernel.fairdraw.sources import read_stage
from eventsite.kernel.tokens import new_body, typed_code
from eventsite.kernel.words import N_

BATCH = 500


class Drawn(NamedTuple):
    """A round that is drawn; `fresh` is false where it was drawn before."""

    number: int
    fresh: bool


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
        refuse_same_hands(actor, draw, waiting.values[-1].by, yourself)
        return _keep(session, actor, draw, waiting, given, reason=reason, now=now)


def run_round(actor: Actor, event: Event, ref: str, *, now: datetime) -> Drawn:
    """Draw the round whose digits are entered. Again: the outcome that stands, `fresh` false.

    The arithmetic runs before the transaction, on what can no longer change; the transaction then writes the
    outcome once. Two operators who press at the same time get the same one.
    """
    draw = read_fresh(event, ref)
    if draw.status is DrawStatus.FROZEN:
        raise Conflict(N_("The witnesses have not all revealed their numbers yet."))
    expect(draw, DrawStatus.REVEALED, DrawStatus.DRAWN, DrawStatus.PUBLISHED)
    playable = get_playable(event, draw)
    if playable is None:
        return Drawn(draw.rounds[-1].number, fresh=False)
    played = _play(playable)
    with atomic() as session:
        draw = hold(session, event, ref)
        return _write_round(session, actor, draw, playable, played=played, now=now)


def propose_absent(
    actor: Actor, event: Event, ref: str, *, slots: Sequence[str], reason: str, now: datetime
) -> Proposal:
    """Propose that the winners of these slots were called and did not come; their prizes are drawn anew."""
    if not slots:
        raise DomainError(N_("Choose at least one winner who did not come."), field="slots")
    if not reason:
        raise DomainError(N_("Say how they were called; the reason is published."), field="reason")
    with atomic() as session:
        draw = hold(session, event, ref)
        _expect_settled(draw)
        listed = _in_order(draw, slots)
        _expect_waiting(session, draw, listed)
        return propose(session, actor, draw, ProposalKind.ABSENT, now=now, reason=reason, slots=listed)


def confirm_absent(actor: Actor, event: Event, ref: str, *, now: datetime) -> DrawRound:
    """Publish the list of unclaimed prizes and open their redraw; fresh digits come after it.

    Raises `NotAllowed` for the person who proposed it, `Conflict` if one of the prizes was handed over since.
    """
    with atomic() as session:
        draw = hold(session, event, ref)
        _expect_settled(draw)
        proposal = confirm(actor, draw, ProposalKind.ABSENT, now=now)
        taken = changed_rows(
            session,
            update(Award)
            .where(Award.draw_id == draw.id, Award.slot.in_(proposal.slots), Award.state == AwardState.WON)
            .values(state=AwardState.ABSENT)
            .execution_options(synchronize_session=False),
        )
        if taken != len(proposal.slots):
            raise Conflict(N_("A prize on this list was handed over meanwhile. Propose the list again."))
        redraw = DrawRound(
            draw_id=draw.id,
            number=len(draw.rounds),
            unclaimed=proposal.slots,
            reason=proposal.reason,
            opened_at=now,
        )
        session.add(redraw)
        detail = {"round": redraw.number, "slots": proposal.slots, "proposed_by": proposal.by}
        log(actor, draw, "declare absent", reason=proposal.reason, **detail)
        return redraw


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


def _play(playable: Playable) -> Round:
    record = play_round(
        playable.record,
        playable.entries,
        values=[playable.digits],
        sources=[STAGE],
        reveals=playable.reveals,
        unclaimed=playable.unclaimed,
    )
    return record.rounds[-1]


def _write_round(
    session: Session, actor: Actor, draw: Draw, playable: Playable, *, played: Round, now: datetime
) -> Drawn:
    waiting = next(one for one in draw.rounds if one.id == playable.round_id)
    if waiting.outcome is not None:
        return Drawn(waiting.number, fresh=False)
    if waiting.values[-1].attempt != playable.attempt:
        raise Conflict(N_("The digits were corrected meanwhile. Look at them and press again."))
    expect(draw, DrawStatus.DRAWN if waiting.number else DrawStatus.REVEALED)
    waiting.outcome, waiting.drawn_at = played.as_dict(), now
    _award(session, draw, waiting, played.winners, now)
    detail = {"round": waiting.number, "seed": played.seed, "winners": len(played.winners)}
    if waiting.number:
        log(actor, draw, "redraw", **detail)
    else:
        move(session, actor, draw, DrawStatus.DRAWN, "run", **detail)
    return Drawn(waiting.number, fresh=True)


def _award(session: Session, draw: Draw, played: DrawRound, winners: Sequence[Winner], now: datetime) -> None:
    """Write what each winner won: one prize an entry and one holder a slot, by two unique keys."""
    assert draw.rules is not None
    content = draw.rules.content
    places = {slot: place for place, slot in enumerate(slots(content))}
    prizes = {
        prize.ref: prize.id
        for prize in session.scalars(select(Prize).where(Prize.raffle_id == draw.raffle_id))
    }
    passes = _passes_of(draw, [winner.entry for winner in winners])
    session.add_all(
        Award(
            event_id=draw.event_id,
            draw_id=draw.id,
            round_id=played.id,
            prize_id=prizes[winner.prize.rpartition("-")[0]],
            pass_id=passes[winner.entry],
            position=places[winner.prize],
            slot=winner.prize,
            entry_code=winner.entry,
            key=new_body(),
            typed_code=typed_code(),
            won_at=now,
            claim_until=datetime.fromisoformat(content["claim"]["until"]),
            claim_place=content["claim"]["place"],
        )
        for winner in winners
    )


def _passes_of(draw: Draw, entries: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(entries), BATCH):
        rows = db.session.execute(
            select(VisitorPass.entry_code, VisitorPass.id).where(
                VisitorPass.event_id == draw.event_id,
                VisitorPass.entry_code.in_(entries[start : start + BATCH]),
            )
        )
        found |= {row.entry_code: row.id for row in rows}
    return found


def _expect_settled(draw: Draw) -> None:
    expect(draw, DrawStatus.DRAWN)
    if draw.rounds[-1].outcome is None:
        raise Conflict(N_("A redraw is under way; finish it first."))


def _in_order(draw: Draw, chosen: Iterable[str]) -> list[str]:
    """Return the chosen slots in the order of the rules, each once."""
    assert draw.rules is not None
    wanted = set(chosen)
    return [slot for slot in slots(draw.rules.content) if slot in wanted]


def _expect_waiting(session: Session, draw: Draw, chosen: Sequence[str]) -> None:
    """Raise `Conflict` unless each of the prizes was won and waits to be claimed."""
    waiting = session.scalars(
        select(Award.slot).where(
            Award.draw_id == draw.id, Award.slot.in_(chosen), Award.state == AwardState.WON
        )
    ).all()
    if not chosen or set(waiting) != set(chosen):
        raise Conflict(N_("Only prizes that wait to be claimed can be drawn anew."), field="slots")
