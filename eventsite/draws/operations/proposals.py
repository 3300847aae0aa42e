"""Acts that need two different people: one proposes, another confirms."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.draws.enums import ProposalKind
from eventsite.draws.models import Draw, Proposal
from eventsite.draws.operations.turns import log
from eventsite.draws.queries.draws import find_open_proposal
from eventsite.events.operations.hands import refuse_same_hands
from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_


def propose(
    session: Session,
    actor: Actor,
    draw: Draw,
    kind: ProposalKind,
    *,
    now: datetime,
    reason: str = "",
    slots: Sequence[str] = (),
) -> Proposal:
    """Let a proposal wait for a second person; one that waits already is returned as it is."""
    waiting = find_open_proposal(draw, kind)
    if waiting is not None:
        return waiting
    proposal = Proposal(
        draw_id=draw.id,
        kind=kind,
        slots=list(slots),
        reason=reason,
        by=actor.ref,
        by_label=actor.label,
        at=now,
    )
    session.add(proposal)
    log(actor, draw, f"propose {kind.value}", reason=reason, slots=list(slots))
    return proposal


def confirm(actor: Actor, draw: Draw, kind: ProposalKind, *, now: datetime) -> Proposal:
    """Close the waiting proposal as confirmed.

    Raises `NotAllowed` for the person who made it, and for one whose role came from the same hands.
    """
    proposal = find_open_proposal(draw, kind)
    if proposal is None:
        raise Conflict(N_("Nothing waits for a second person here."))
    refuse_same_hands(
        actor, draw.event_id, proposal.by, N_("You proposed this yourself; another person has to confirm it.")
    )
    proposal.confirmed_by, proposal.confirmed_label, proposal.closed_at = actor.ref, actor.label, now
    return proposal
