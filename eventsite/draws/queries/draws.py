"""Reading raffles and draws, who may enter, and where a draw stands."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from eventsite.checkin.models import VisitorPass
from eventsite.database import db
from eventsite.draws.core.entries import weight_of
from eventsite.draws.core.steps import Standing
from eventsite.draws.enums import NOT_DRAWN, DrawStatus, ProposalKind, WeightPer
from eventsite.draws.models import Award, Draw, DrawRules, Proposal, Raffle, Witness
from eventsite.events.models import Event, Organization
from eventsite.kernel.errors import NotFound
from eventsite.kernel.fairdraw.entries import EntryList
from eventsite.kernel.words import N_

SLICE = 10_000
LAST = datetime.max.replace(tzinfo=UTC)


def find_raffle(event: Event) -> Raffle | None:
    """Return the event's raffle, if it has one."""
    return db.session.scalar(
        select(Raffle)
        .options(selectinload(Raffle.prizes), selectinload(Raffle.draws))
        .where(Raffle.event_id == event.id)
    )


def list_draws(event: Event) -> Sequence[Draw]:
    """Return the event's draws in the order of the file."""
    return db.session.scalars(
        select(Draw)
        .options(joinedload(Draw.item), joinedload(Draw.rules))
        .options(joinedload(Draw.event).selectinload(Event.days))
        .options(joinedload(Draw.raffle).selectinload(Raffle.draws))
        .where(Draw.event_id == event.id)
        .order_by(Draw.position, Draw.id)
    ).all()


def find_next_draw(event: Event) -> Draw | None:
    """Return the draw that comes next, `None` once all are done; its `planned_at` may be unknown."""
    coming = [draw for draw in list_draws(event) if draw.status in NOT_DRAWN]
    return min(coming, key=lambda draw: draw.planned_at or LAST, default=None)


def get_draw(event: Event, ref: str) -> Draw:
    """Return the draw with that id in the event's file, as it is in the database now; raises `NotFound`."""
    draw = db.session.scalar(
        select(Draw)
        .where(Draw.event_id == event.id, Draw.ref == ref)
        .execution_options(populate_existing=True)
    )
    if draw is None:
        raise NotFound(N_("There is no such draw."))
    return draw


def read_fresh(event: Event, ref: str) -> Draw:
    """Return the draw with nothing of it, its rounds and digits left over from earlier reading."""
    db.session.flush()
    db.session.expire_all()
    return get_draw(event, ref)


def get_witness(draw: Draw, position: int) -> Witness:
    """Return a witness of a draw; raises `NotFound`."""
    witness = db.session.scalar(
        select(Witness)
        .where(Witness.draw_id == draw.id, Witness.position == position)
        .execution_options(populate_existing=True)
    )
    if witness is None:
        raise NotFound(N_("There is no such witness."))
    return witness


def get_organization(event: Event, ref: str) -> Organization:
    """Return an organization of the event; raises `NotFound`."""
    organization = db.session.scalar(
        select(Organization).where(Organization.event_id == event.id, Organization.ref == ref)
    )
    if organization is None:
        raise NotFound(N_("There is no such organization here."))
    return organization


def find_open_proposal(draw: Draw, kind: ProposalKind) -> Proposal | None:
    """Return what waits for a second person."""
    return db.session.scalar(
        select(Proposal).where(
            Proposal.draw_id == draw.id, Proposal.kind == kind, Proposal.closed_at.is_(None)
        )
    )


def list_proposals(draw: Draw) -> Sequence[Proposal]:
    """Return what was proposed in a draw, the first one first."""
    return db.session.scalars(
        select(Proposal).where(Proposal.draw_id == draw.id).order_by(Proposal.at, Proposal.id)
    ).all()


def find_void_reason(draw: Draw) -> str:
    """Return why a draw was voided, empty if it was not."""
    reason = db.session.scalar(
        select(Proposal.reason).where(
            Proposal.draw_id == draw.id,
            Proposal.kind == ProposalKind.VOID,
            Proposal.confirmed_by.is_not(None),
        )
    )
    return reason or ""


def standing_of(draw: Draw) -> Standing:
    """Return all that decides which act comes next in a draw."""
    waiting = {proposal.kind for proposal in list_proposals(draw) if proposal.closed_at is None}
    last = draw.rounds[-1] if draw.rounds else None
    return Standing(
        status=draw.status,
        has_rules=draw.rules is not None,
        witnesses=len(draw.witnesses),
        committed=sum(witness.commitment is not None for witness in draw.witnesses),
        freeze_proposed=ProposalKind.FREEZE in waiting,
        postponed_to=draw.postponed_to,
        absent_proposed=ProposalKind.ABSENT in waiting,
        redraw_open=last is not None and last.number > 0 and last.outcome is None,
        has_digits=last is not None and last.outcome is None and last.digits is not None,
    )


def count_entries(draw: Draw) -> int:
    """Return how many people would be on the list if it were frozen now."""
    return db.session.scalar(select(func.count()).select_from(_eligible(draw).subquery())) or 0


def eligible_entries(draw: Draw, rules: DrawRules) -> EntryList:
    """Return who is on the list of a draw as things stand, sorted as the entry file is.

    Read in slices, so that a million people are two lists of plain values and nothing else.
    """
    per, most = WeightPer(rules.content["weight_per"]), rules.content["max_weight"]
    rows = db.session.execute(_eligible(draw), execution_options={"yield_per": SLICE})
    found = sorted((row.entry_code, weight_of(row.stamps, per=per, most=most)) for row in rows)
    return EntryList([entry for entry, _ in found], [weight for _, weight in found])


def _eligible(draw: Draw) -> Select[*tuple[Any, ...]]:
    """Select the passes with enough stamps that are not staff's and have not won in this raffle."""
    rules = draw.rules
    needed = rules.content["stamps_required"] if rules else draw.raffle.stamps_required
    won = (
        select(Award.id)
        .join(Draw, Draw.id == Award.draw_id)
        .where(Award.pass_id == VisitorPass.id)
        .where(Draw.raffle_id == draw.raffle_id, Draw.status != DrawStatus.VOIDED)
    )
    return select(VisitorPass.entry_code, VisitorPass.stamps).where(
        VisitorPass.event_id == draw.event_id,
        VisitorPass.stamps >= needed,
        VisitorPass.is_staff.is_(False),
        ~won.exists(),
    )
