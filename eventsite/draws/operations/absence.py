"""Winners who were called and did not come: one person lists them, another confirms, a redraw opens."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.database import atomic
from eventsite.draws.enums import AwardState, DrawStatus, ProposalKind
from eventsite.draws.models import Award, Draw, DrawRound, Proposal
from eventsite.draws.operations.proposals import confirm, propose
from eventsite.draws.operations.turns import changed_rows, expect, hold, log
from eventsite.events.models import Event
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.fairdraw.rules import slots
from eventsite.kernel.words import N_


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
