"""What the team says to troupes: an answer to a problem, and yes or no to a proposed time."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.events.queries import open_days
from eventsite.kernel.errors import Conflict
from eventsite.kernel.ranges import TimeRange
from eventsite.kernel.words import N_
from eventsite.programme.models import Troupe, TroupeWindow
from eventsite.programme.queries import get_troupe
from eventsite.troupes.core.slots import check_text, without
from eventsite.troupes.enums import Verdict
from eventsite.troupes.models import TroupeProblem, WindowProposal
from eventsite.troupes.queries import get_problem_to_write, get_proposal_to_write, list_windows


def answer_problem(
    actor: Actor, event: Event, ref: str, problem_id: int, *, text: str, now: datetime
) -> TroupeProblem:
    """Answer what a troupe reported, once; its page shows the answer. Raises `Conflict` the second time."""
    said = check_text(text)
    with atomic():
        problem = get_problem_to_write(get_troupe(event, ref), problem_id)
        if problem.answered_at is not None:
            raise Conflict(N_("Somebody has answered this already."))
        problem.answer, problem.answered_at = said, now
        problem.answered_by, problem.answered_by_label = actor.ref, actor.label
        record(actor, "answer", f"troupe_problem:{problem.id}", event_id=event.id, text=said)
        return problem


def decide_proposal(
    actor: Actor, event: Event, ref: str, proposal_id: int, *, accept: bool, now: datetime
) -> WindowProposal:
    """Accept or decline a time at which a troupe cannot perform.

    Accepted, it is cut out of the times at which the troupe can: of those that are set, else of all hours of
    the fair. Raises `Conflict` where it is decided, `DomainError` where nothing would be left.
    """
    with atomic() as session:
        troupe = get_troupe(event, ref)
        proposal = get_proposal_to_write(troupe, proposal_id)
        if proposal.verdict is not Verdict.WAITING:
            raise Conflict(N_("This is decided already."))
        proposal.verdict = Verdict.ACCEPTED if accept else Verdict.DECLINED
        proposal.decided_at = now
        if accept:
            _cut(session, event, troupe, TimeRange(proposal.starts_at, proposal.ends_at))
        record(
            actor,
            "accept" if accept else "decline",
            f"window_proposal:{proposal.id}",
            event_id=event.id,
            starts_at=proposal.starts_at,
            ends_at=proposal.ends_at,
        )
        return proposal


def _cut(session: Session, event: Event, troupe: Troupe, cut: TimeRange) -> None:
    set_ = [TimeRange(window.starts_at, window.ends_at) for window in list_windows(troupe)]
    left = without(set_ or [day.hours for day in open_days(event)], cut)
    session.execute(delete(TroupeWindow).where(TroupeWindow.troupe_id == troupe.id))
    for window in left:
        session.add(
            TroupeWindow(event_id=event.id, troupe_id=troupe.id, starts_at=window.start, ends_at=window.end)
        )
