"""Publishing the record, and voiding a draw."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import update

from eventsite.accounts.core import Actor
from eventsite.database import atomic
from eventsite.draws.enums import AwardState, DrawStatus, ProposalKind
from eventsite.draws.models import Award, Draw, DrawRecord, Proposal
from eventsite.draws.operations.proposals import confirm, propose
from eventsite.draws.operations.turns import changed_rows, expect, hold, move
from eventsite.draws.queries.draws import find_open_proposal, read_fresh
from eventsite.draws.queries.records import frozen_entries, read_record
from eventsite.events.models import Event
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.fairdraw.check import check
from eventsite.kernel.fairdraw.entries import parse_entries
from eventsite.kernel.fairdraw.faults import refuse_faults
from eventsite.kernel.fairdraw.record import format_record
from eventsite.kernel.words import N_


def publish_draw(actor: Actor, event: Event, ref: str, *, now: datetime) -> DrawRecord:
    """Publish the record, after running it again from the stored rows. Again: the record that stands.

    Raises `Faulty` where the rows do not verify, `Conflict` while a redraw or a second person is waited for.
    """
    draw = read_fresh(event, ref)
    expect(draw, DrawStatus.DRAWN, DrawStatus.PUBLISHED)
    record = read_record(draw)
    entries = parse_entries(frozen_entries(draw), max_weight=record.rules["max_weight"])
    refuse_faults(check(record, entries))
    data = format_record(record)
    with atomic() as session:
        draw = hold(session, event, ref)
        published = session.get(DrawRecord, draw.id)
        if published is not None:
            return published
        _expect_settled(draw, rounds=len(record.rounds))
        published = DrawRecord(draw_id=draw.id, data=data, sha256=sha256(data).hexdigest(), published_at=now)
        session.add(published)
        move(session, actor, draw, DrawStatus.PUBLISHED, "publish record", sha256=published.sha256)
        return published


def propose_void(actor: Actor, event: Event, ref: str, *, reason: str, now: datetime) -> Proposal:
    """Propose to void a draw for a reason that is published."""
    if not reason:
        raise DomainError(N_("Say why; the reason is published."), field="reason")
    with atomic() as session:
        draw = hold(session, event, ref)
        if draw.status is DrawStatus.VOIDED:
            raise Conflict(N_("This draw is void already."))
        return propose(session, actor, draw, ProposalKind.VOID, now=now, reason=reason)


def confirm_void(actor: Actor, event: Event, ref: str, *, now: datetime) -> None:
    """Void a draw: prizes that were not handed over are no longer owed, and its winners may enter again.

    Raises `NotAllowed` for the person who proposed it.
    """
    with atomic() as session:
        draw = hold(session, event, ref)
        proposal = confirm(actor, draw, ProposalKind.VOID, now=now)
        move(
            session,
            actor,
            draw,
            DrawStatus.VOIDED,
            "void",
            reason=proposal.reason,
            proposed_by=proposal.by,
        )
        changed_rows(
            session,
            update(Award)
            .where(Award.draw_id == draw.id, Award.state == AwardState.WON)
            .values(state=AwardState.VOIDED)
            .execution_options(synchronize_session=False),
        )


def _expect_settled(draw: Draw, *, rounds: int) -> None:
    expect(draw, DrawStatus.DRAWN)
    if len(draw.rounds) != rounds:
        raise Conflict(N_("A redraw is under way; finish it first."))
    if find_open_proposal(draw, ProposalKind.ABSENT):
        raise Conflict(N_("A list of absent winners waits for the second person."))
