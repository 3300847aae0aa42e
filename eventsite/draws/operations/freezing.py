"""Freezing the list: proposed by one person, done with the confirmation of another."""

from datetime import datetime

from eventsite.accounts.core import Actor
from eventsite.database import atomic
from eventsite.draws.enums import DrawStatus, ProposalKind
from eventsite.draws.models import Draw, FrozenList, Proposal
from eventsite.draws.operations.proposals import confirm, propose
from eventsite.draws.operations.turns import expect, hold, log, move
from eventsite.draws.queries.draws import eligible_entries, find_open_proposal
from eventsite.events.models import Event
from eventsite.kernel.errors import Conflict
from eventsite.kernel.fairdraw.entries import format_entries
from eventsite.kernel.fairdraw.freeze import freeze_draw
from eventsite.kernel.words import N_


def propose_freeze(actor: Actor, event: Event, ref: str, *, now: datetime) -> Proposal:
    """Propose to freeze a closed draw whose witnesses have all given their hash."""
    with atomic() as session:
        draw = hold(session, event, ref)
        _expect_ready(draw)
        return propose(session, actor, draw, ProposalKind.FREEZE, now=now)


def confirm_freeze(actor: Actor, event: Event, ref: str, *, now: datetime) -> FrozenList:
    """Freeze rules and entries as they stand in this transaction; a later stamp counts for a later draw.

    Raises `NotAllowed` for the person who proposed it, `Conflict` for a second freeze or an empty list.
    """
    with atomic() as session:
        draw = hold(session, event, ref)
        if draw.frozen is not None:
            raise Conflict(N_("The list is frozen already."))
        _expect_ready(draw)
        proposal = confirm(actor, draw, ProposalKind.FREEZE, now=now)
        rules = draw.rules
        assert rules is not None  # a draw without rules never opens
        entries = eligible_entries(draw, rules)
        if not len(entries):
            raise Conflict(N_("Nobody has earned an entry yet; an empty list is not frozen."))
        commits = [witness.commitment or "" for witness in draw.witnesses]
        freeze = freeze_draw(rules.content, entries, witness_commits=commits, frozen_at=now)
        frozen = FrozenList(
            draw_id=draw.id,
            freeze=freeze.as_dict(),
            sha256=freeze.sha256,
            entries=format_entries(entries),
            frozen_at=now,
        )
        session.add(frozen)
        done = {"sha256": freeze.sha256, "entries": freeze.entries, "proposed_by": proposal.by}
        move(session, actor, draw, DrawStatus.FROZEN, "freeze", **done)
        return frozen


def withdraw_proposal(actor: Actor, event: Event, ref: str, kind: ProposalKind, *, now: datetime) -> None:
    """Take a waiting proposal back; anybody who may act may do so. None waiting: nothing happens."""
    with atomic() as session:
        draw = hold(session, event, ref)
        proposal = find_open_proposal(draw, kind)
        if proposal is not None:
            proposal.closed_at = now
            log(actor, draw, f"withdraw {kind.value}")


def _expect_ready(draw: Draw) -> None:
    if draw.frozen is not None:
        raise Conflict(N_("The list is frozen already."))
    expect(draw, DrawStatus.CLOSED)
    silent = [witness.name for witness in draw.witnesses if witness.commitment is None]
    if not draw.witnesses:
        raise Conflict(N_("A draw needs at least one witness before its list is frozen."))
    if silent:
        raise Conflict(N_("No hash yet from: %(names)s."), names=", ".join(silent))
