"""A proposal: asked for by a person, worked out by the job process, applied or discarded by a person."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import update

from eventsite.accounts.core import Actor, system
from eventsite.applications.enums import How
from eventsite.applications.operations import assign_booth
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.kernel.errors import Conflict
from eventsite.kernel.transitions import check_move
from eventsite.kernel.words import N_
from eventsite.placement.core.packing import pack_outcome, pack_task, reasons_of, unpack_spots, unpack_task
from eventsite.placement.core.pairs import JOINT, apart_again
from eventsite.placement.core.reasons import said
from eventsite.placement.core.values import Outcome, Spot, Task
from eventsite.placement.enums import PROPOSAL_MOVES, ProposalStatus
from eventsite.placement.models import Proposal
from eventsite.placement.queries import find_waiting, hold_proposal, is_under_way, task_for

GRACE = timedelta(seconds=60)  # beyond its time, before a proposal's job process counts as dead
LONGEST = timedelta(seconds=600)
SITE = system("placement")


def ask_proposal(actor: Actor, event: Event, *, seconds: int, relax: bool, now: datetime) -> Proposal:
    """Ask for a placement of the accepted applications; it is worked out in the job process.

    Raises `Conflict` where nobody waits for a booth, or while another proposal of the event is worked out.
    """
    with atomic() as session:
        task = task_for(event)
        if all(unit.fixed for unit in task.units):
            raise Conflict(N_("Nobody who is accepted waits for a booth."))
        if is_under_way(event):
            raise Conflict(N_("A proposal is being worked out already; look at it first."))
        proposal = Proposal(
            event_id=event.id,
            relax=relax,
            seconds=seconds,
            task=pack_task(task),
            asked_by=actor.ref,
            asked_label=actor.label,
            asked_at=now,
        )
        session.add(proposal)
        session.flush()
        record(
            actor,
            "ask",
            f"placement_proposal:{proposal.id}",
            event_id=event.id,
            units=len(task.units),
            places=len(task.places),
            relax=relax,
        )
        return proposal


def take_waiting(now: datetime) -> Proposal | None:
    """Take the proposal that has waited longest, so that no other job process works on it."""
    with atomic() as session:
        found = find_waiting(now=now, given_up=LONGEST + GRACE)
        if found is None:
            return None
        open_ones = (ProposalStatus.WAITING, ProposalStatus.SOLVING)
        session.execute(
            update(Proposal)
            .where(Proposal.id == found, Proposal.status.in_(open_ones))
            .values(status=ProposalStatus.SOLVING, started_at=now)
        )
        return session.get_one(Proposal, found, populate_existing=True)


def finish(proposal: Proposal, outcome: Outcome, *, now: datetime) -> None:
    """Keep what was found for a proposal that is still wanted."""
    with atomic():
        fresh = hold_proposal(proposal.event_id, proposal.id)
        if fresh.status is not ProposalStatus.SOLVING:
            return
        task = unpack_task(fresh.task)
        fresh.outcome, fresh.done_at = pack_outcome(task, outcome), now
        fresh.status = ProposalStatus.READY
        record(
            SITE,
            "solve",
            f"placement_proposal:{fresh.id}",
            event_id=fresh.event_id,
            placed=len(outcome.spots),
            broken=len(outcome.broken),
        )


def fail(proposal: Proposal, why: str, *, now: datetime) -> None:
    """Say that a proposal that is still wanted could not be worked out; its task stays, to be looked into."""
    with atomic():
        fresh = hold_proposal(proposal.event_id, proposal.id)
        if fresh.status is not ProposalStatus.SOLVING:
            return
        fresh.status, fresh.fault, fresh.done_at = ProposalStatus.FAILED, why, now
        record(SITE, "fail to solve", f"placement_proposal:{fresh.id}", event_id=fresh.event_id, fault=why)


def apply_proposal(actor: Actor, event: Event, number: int) -> int:
    """Give out the proposed booths, all or none; return how many exhibitors got one.

    Raises `Conflict` where booths, applications or holders are not what they were when it was asked for.
    """
    with atomic():
        proposal = hold_proposal(event.id, number)
        check_move(PROPOSAL_MOVES, proposal.status, ProposalStatus.APPLIED)
        assert proposal.outcome is not None  # a proposal that is ready has one
        if pack_task(task_for(event)) != proposal.task:
            raise Conflict(
                N_("Applications or booths have changed since. Ask for a new proposal, it takes seconds.")
            )
        spots = unpack_spots(proposal.outcome)
        given = give_out(actor, event, unpack_task(proposal.task), spots, how=How.PROPOSAL)
        proposal.status = ProposalStatus.APPLIED
        record(actor, "apply", f"placement_proposal:{number}", event_id=event.id, given=given)
        return given


def discard_proposal(actor: Actor, event: Event, number: int) -> None:
    """Put a proposal away; raises `Conflict` for one that was applied or is being worked out."""
    with atomic():
        proposal = hold_proposal(event.id, number)
        check_move(PROPOSAL_MOVES, proposal.status, ProposalStatus.DISCARDED)
        proposal.status = ProposalStatus.DISCARDED
        record(actor, "discard", f"placement_proposal:{number}", event_id=event.id)


def give_out(actor: Actor, event: Event, task: Task, spots: Mapping[str, Spot], *, how: How) -> int:
    """Let each exhibitor of the task hold its booths, save who stands there; return how many got one."""
    because = reasons_of(task, spots)
    stands = {unit.ref for unit in task.units if unit.fixed}
    new = {ref: spot for ref, spot in spots.items() if ref not in stands}
    for ref, spot in sorted(apart_again(new).items()):
        found = next(reasons for unit, reasons in because.items() if ref in unit.split(JOINT))
        assign_booth(actor, event, ref, spot, how=how, reasons=[said(reason) for reason in found])
    return len(apart_again(new))
