"""A proposal: asked for by a person, worked out by the job process, taken into the draft by a person."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from eventsite.accounts.core import Actor, system
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.events.queries import list_stages
from eventsite.kernel.canon import digest
from eventsite.kernel.errors import Conflict
from eventsite.kernel.transitions import check_move
from eventsite.kernel.words import N_
from eventsite.programme.core.clashes import Clash, blocking, find_clashes
from eventsite.programme.core.placing import Move
from eventsite.programme.core.placing import Spot as Place
from eventsite.programme.models import ProgrammeItem
from eventsite.programme.operations import place_items
from eventsite.programme.queries import clash_rules, read_draft
from eventsite.scheduling.core.packing import (
    pack_outcome,
    pack_request,
    pack_task,
    unpack_outcome,
    unpack_request,
)
from eventsite.scheduling.core.values import Outcome, Request, Spot
from eventsite.scheduling.enums import OPEN, PROPOSAL_MOVES, ProposalStatus
from eventsite.scheduling.models import ScheduleProposal
from eventsite.scheduling.queries import (
    find_waiting,
    hold_proposal,
    is_under_way,
    names_of,
    origin_of,
    task_for,
)

GRACE = timedelta(seconds=60)  # beyond its time, before a proposal's job process counts as dead
LONGEST = timedelta(seconds=600)
SITE = system("scheduling")


def ask_proposal(actor: Actor, event: Event, request: Request, *, now: datetime) -> ScheduleProposal:
    """Ask for a timetable of the draft; it is worked out in the job process.

    Raises `Conflict` where nothing waits, no stage is named, or another proposal is being worked out.
    """
    with atomic() as session:
        if not set(request.stages) & {stage.code for stage in list_stages(event)}:
            raise Conflict(N_("Choose at least one stage."), field="stages")
        task = task_for(event, request)
        if not any(act.free for act in task.acts):
            raise Conflict(N_("No item waits for a place."))
        if is_under_way(event):
            raise Conflict(N_("A proposal is being worked out already; look at it first."))
        proposal = ScheduleProposal(
            event_id=event.id,
            seconds=request.seconds,
            request=pack_request(request),
            task=pack_task(task),
            asked_by=actor.ref,
            asked_label=actor.label,
            asked_at=now,
        )
        session.add(proposal)
        session.flush()
        items = sum(act.free for act in task.acts)
        record(
            actor,
            "ask",
            f"schedule_proposal:{proposal.id}",
            event_id=event.id,
            items=items,
            replace=request.replace,
        )
        return proposal


def take_waiting(now: datetime) -> ScheduleProposal | None:
    """Take the proposal that has waited longest, so that no other job process works on it."""
    with atomic() as session:
        found = find_waiting(now=now, given_up=LONGEST + GRACE)
        if found is None:
            return None
        session.execute(
            update(ScheduleProposal)
            .where(ScheduleProposal.id == found, ScheduleProposal.status.in_(OPEN))
            .values(status=ProposalStatus.SOLVING, started_at=now)
        )
        return session.get_one(ScheduleProposal, found, populate_existing=True)


def finish(proposal: ScheduleProposal, outcome: Outcome, *, now: datetime) -> None:
    """Keep what was found for a proposal that is still wanted."""
    with atomic():
        fresh = hold_proposal(proposal.event_id, proposal.id)
        if fresh.status is not ProposalStatus.SOLVING:
            return
        fresh.outcome, fresh.done_at, fresh.status = pack_outcome(outcome), now, ProposalStatus.READY
        placed, left = len(outcome.spots), outcome.left_out
        record(
            SITE, "solve", f"schedule_proposal:{fresh.id}", event_id=fresh.event_id, placed=placed, left=left
        )


def fail(proposal: ScheduleProposal, why: str, *, now: datetime) -> None:
    """Say that a proposal that is still wanted could not be worked out; its task stays, to be looked into."""
    with atomic():
        fresh = hold_proposal(proposal.event_id, proposal.id)
        if fresh.status is not ProposalStatus.SOLVING:
            return
        fresh.status, fresh.fault, fresh.done_at = ProposalStatus.FAILED, why, now
        record(SITE, "fail to solve", f"schedule_proposal:{fresh.id}", event_id=fresh.event_id, fault=why)


def cancel_proposal(actor: Actor, event: Event, number: int) -> None:
    """Call off a proposal that waits or is being worked out; the solver stops within a second."""
    with atomic():
        _bring(event, number, ProposalStatus.CANCELLED)
        record(actor, "cancel", f"schedule_proposal:{number}", event_id=event.id)


def discard_proposal(actor: Actor, event: Event, number: int) -> None:
    """Put a proposal away; raises `Conflict` for one that is in the draft or being worked out."""
    with atomic():
        _bring(event, number, ProposalStatus.DISCARDED)
        record(actor, "discard", f"schedule_proposal:{number}", event_id=event.id)


def take_proposal(actor: Actor, event: Event, number: int, *, chosen: Collection[str] | None = None) -> int:
    """Put the proposed items where the proposal has them, all or the `chosen` ones; return how many.

    Items that had a place and found none wait again. Raises `Conflict` where the draft is not what it was
    when the proposal was asked for, where nothing is chosen, and where the chosen ones without the others
    would make a clash that blocks a release.
    """
    with atomic():
        proposal = hold_proposal(event.id, number)
        check_move(PROPOSAL_MOVES, proposal.status, ProposalStatus.TAKEN)
        assert proposal.outcome is not None  # a proposal that is ready has one
        request = unpack_request(proposal.request)
        if pack_task(task_for(event, request)) != proposal.task:
            raise Conflict(N_("The draft has changed since. Ask for a new proposal, it takes seconds."))
        before = _blocked(event)
        items = names_of(event).items
        targets = _targets(event, unpack_outcome(proposal.outcome), items)
        moves = {
            ref: _move(items[ref], place)
            for ref, place in targets.items()
            if (chosen is None or ref in chosen) and place != _place(items[ref])
        }
        if not moves:
            raise Conflict(N_("Choose at least one item."))
        proposal.taken = [_kept(items[ref]) for ref in moves]
        place_items(actor, event, list(moves.values()))
        _refuse_new_clashes(before, _blocked(event))
        proposal.status = ProposalStatus.TAKEN
        proposal.draft_sha256 = digest(pack_task(task_for(event, request)))
        record(
            actor,
            "take",
            f"schedule_proposal:{proposal.id}",
            event_id=event.id,
            items=len(moves),
            of=len(targets),
        )
        return len(moves)


def undo_proposal(actor: Actor, event: Event, number: int) -> int:
    """Put all that a proposal placed back to where it was; return how many items.

    Raises `Conflict` where the draft was changed after it was taken.
    """
    with atomic():
        proposal = hold_proposal(event.id, number)
        check_move(PROPOSAL_MOVES, proposal.status, ProposalStatus.UNDONE)
        assert proposal.taken is not None  # a proposal that is in the draft has what it moved
        request = unpack_request(proposal.request)
        if digest(pack_task(task_for(event, request))) != proposal.draft_sha256:
            raise Conflict(N_("The draft has changed since it was taken: move the items one by one."))
        items = names_of(event).items
        moves = [_move(items[kept["ref"]], _unkept(kept)) for kept in proposal.taken]
        place_items(actor, event, moves)
        proposal.status = ProposalStatus.UNDONE
        record(actor, "undo", f"schedule_proposal:{proposal.id}", event_id=event.id, items=len(moves))
        return len(moves)


def _bring(event: Event, number: int, status: ProposalStatus) -> None:
    proposal = hold_proposal(event.id, number)
    check_move(PROPOSAL_MOVES, proposal.status, status)
    proposal.status = status


def _targets(event: Event, outcome: Outcome, items: Mapping[str, ProgrammeItem]) -> dict[str, Place]:
    """Return where each item of a proposal goes, in the order of the items."""
    origin = origin_of(event)
    out = {ref for left in outcome.left for ref in left.refs if not items[ref].is_waiting}
    found: dict[str, Place] = {}
    for ref, item in items.items():
        if ref in outcome.spots:
            found[ref] = _at(outcome.spots[ref], origin, item.minutes)
        elif ref in out:
            found[ref] = Place(stage=None, starts_at=None, minutes=item.minutes)
    return found


def _at(spot: Spot, origin: datetime, minutes: int) -> Place:
    return Place(stage=spot.stage, starts_at=origin + timedelta(minutes=spot.start), minutes=minutes)


def _place(item: ProgrammeItem) -> Place:
    stage = item.stage.code if item.stage else None
    return Place(stage=stage, starts_at=item.starts_at, minutes=item.minutes)


def _move(item: ProgrammeItem, place: Place) -> Move:
    return Move(item_id=item.id, version=item.version, spot=place)


def _kept(item: ProgrammeItem) -> dict[str, Any]:
    place = _place(item)
    starts_at = place.starts_at.isoformat() if place.starts_at else None
    return {"ref": item.ref, "stage": place.stage, "starts_at": starts_at, "minutes": place.minutes}


def _unkept(kept: Mapping[str, Any]) -> Place:
    starts_at = datetime.fromisoformat(kept["starts_at"]) if kept["starts_at"] else None
    return Place(stage=kept["stage"], starts_at=starts_at, minutes=kept["minutes"])


def _blocked(event: Event) -> dict[tuple[str, ...], Clash]:
    clashes = blocking(find_clashes(read_draft(event), clash_rules(event)))
    return {(clash.rule.value, *sorted(clash.refs)): clash for clash in clashes}


def _refuse_new_clashes(before: Collection[tuple[str, ...]], after: Mapping[tuple[str, ...], Clash]) -> None:
    new = next((clash for key, clash in after.items() if key not in before), None)
    if new is not None:
        raise Conflict(
            N_("Without the others, “%(first)s” and “%(second)s” would get in each other's way."),
            first=new.first.title_zh,
            second=new.second.title_zh if new.second else new.what_zh,
        )
