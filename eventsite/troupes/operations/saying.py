"""What a troupe says on its own page: it comes, something is wrong, or it cannot come at some time."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic, attempt
from eventsite.events.models import Event
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.ranges import TimeRange
from eventsite.kernel.words import N_
from eventsite.programme.models import Troupe
from eventsite.programme.queries import current_release
from eventsite.troupes.core.slots import LONGEST_WHY, MOST_OPEN, check_text, only
from eventsite.troupes.enums import Verdict
from eventsite.troupes.models import TroupeAnswer, TroupeProblem, WindowProposal

TOO_MANY = N_("There are enough open messages of this troupe already. Please wait for an answer.")


def confirm_slots(
    actor: Actor, event: Event, troupe: Troupe, refs: Collection[str], *, seen: int, now: datetime
) -> int:
    """Keep that a troupe comes to these of its items, as planned in release `seen`; return how many.

    A second press changes nothing but the time. Raises `Conflict` where a newer release is out, or where one
    of the items is not the troupe's.
    """
    with atomic() as session:
        view = current_release(event)
        if view is None or view.number != seen:
            raise Conflict(N_("A new version of the programme is out. Look at your times again."))
        own = {item.ref: item for item in only({troupe.ref}, view.programme.items)}
        if not refs or set(refs) - set(own):
            raise Conflict(N_("Choose what you confirm."))
        kept = {
            row.item: row
            for row in session.scalars(select(TroupeAnswer).where(TroupeAnswer.troupe_id == troupe.id))
        }
        twice = Conflict(N_("Somebody confirmed this at the same moment."))
        with attempt({"uq_troupe_answer_troupe_id_item": twice}):
            for ref in sorted(refs):
                item = own[ref]
                row = kept.get(ref) or TroupeAnswer(event_id=event.id, troupe_id=troupe.id, item=ref)
                row.stage, row.off = item.stage, item.is_cancelled
                row.starts_at, row.ends_at = item.released_slot.start, item.released_slot.end
                row.release_number, row.at = view.number, now
                session.add(row)
        record(
            actor,
            "confirm",
            f"troupe:{troupe.id}",
            event_id=event.id,
            release=view.number,
            items=sorted(refs),
        )
        return len(refs)


def report_problem(
    actor: Actor, event: Event, troupe: Troupe, *, item: str | None, text: str, now: datetime
) -> TroupeProblem:
    """Keep what a troupe reports; raises `DomainError` on `text`, `Conflict` where too many are open."""
    said = check_text(text)
    with atomic() as session:
        view = current_release(event)
        own = {one.ref for one in only({troupe.ref}, view.programme.items)} if view else set()
        if item and item not in own:
            raise Conflict(N_("That is no item of this troupe."))
        _refuse_many(session, troupe)
        problem = TroupeProblem(event_id=event.id, troupe_id=troupe.id, item=item or None, text=said, at=now)
        session.add(problem)
        session.flush()
        record(actor, "report", f"troupe_problem:{problem.id}", event_id=event.id, item=item, text=said)
        return problem


def propose_time(
    actor: Actor, event: Event, troupe: Troupe, *, slot: TimeRange, why: str, now: datetime
) -> WindowProposal:
    """Keep a time at which a troupe cannot perform; the draft knows of it once an organizer accepts."""
    if len(why) > LONGEST_WHY:
        raise DomainError(N_("At most %(most)s characters."), field="why", most=LONGEST_WHY)
    with atomic() as session:
        _refuse_many(session, troupe)
        proposal = WindowProposal(
            event_id=event.id,
            troupe_id=troupe.id,
            starts_at=slot.start,
            ends_at=slot.end,
            why=why.strip(),
            at=now,
        )
        session.add(proposal)
        session.flush()
        record(
            actor,
            "propose",
            f"window_proposal:{proposal.id}",
            event_id=event.id,
            starts_at=slot.start,
            ends_at=slot.end,
            why=proposal.why,
        )
        return proposal


def _refuse_many(session: Session, troupe: Troupe) -> None:
    problems = session.scalar(
        select(func.count())
        .select_from(TroupeProblem)
        .where(TroupeProblem.troupe_id == troupe.id, TroupeProblem.answered_at.is_(None))
    )
    proposals = session.scalar(
        select(func.count())
        .select_from(WindowProposal)
        .where(WindowProposal.troupe_id == troupe.id, WindowProposal.verdict == Verdict.WAITING)
    )
    if (problems or 0) + (proposals or 0) >= MOST_OPEN:
        raise Conflict(TOO_MANY)
