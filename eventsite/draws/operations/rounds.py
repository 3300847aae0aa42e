"""Drawing a round, and writing down what was won."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.checkin.models import VisitorPass
from eventsite.database import atomic, db
from eventsite.draws.core.terms import STAGE
from eventsite.draws.enums import DrawStatus
from eventsite.draws.models import Award, Draw, DrawRound, Prize
from eventsite.draws.operations.turns import expect, hold, log, move
from eventsite.draws.queries.draws import read_fresh
from eventsite.draws.queries.records import Playable, get_playable
from eventsite.events.models import Event
from eventsite.kernel.errors import Conflict
from eventsite.kernel.fairdraw.drawing import play_round
from eventsite.kernel.fairdraw.numbers import Winner
from eventsite.kernel.fairdraw.record import Round
from eventsite.kernel.fairdraw.rules import slots
from eventsite.kernel.tokens import new_body, typed_code
from eventsite.kernel.words import N_

BATCH = 500


class Drawn(NamedTuple):
    """A round that is drawn; `fresh` is false where it was drawn before."""

    number: int
    fresh: bool


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
