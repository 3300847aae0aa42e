"""What the desk does: verdicts matter by matter, the one return, the decision, the waiting list in order."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.applications.core.review import problems, unread
from eventsite.applications.enums import MOVES, Matter, Status, Verdict
from eventsite.applications.models import Application, MatterReview, Return
from eventsite.applications.operations.ending import end_application
from eventsite.applications.operations.intake import Tell, post
from eventsite.applications.queries.calls import count_in_quota, get_call_to_write
from eventsite.applications.queries.lookup import (
    get_application,
    get_application_to_write,
    hash_of,
    list_waiting,
)
from eventsite.applications.queries.sheets import opinions_of
from eventsite.audit.operations import record
from eventsite.database import atomic, attempt
from eventsite.events.models import Event
from eventsite.kernel.edits import refuse_stale
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.transitions import check_move
from eventsite.kernel.words import N_

UNDER_REVIEW = (Status.SUBMITTED, Status.WAITLISTED)
LINK_BYTES = 16


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What an office says of a matter; `version` is that of the word it has read, 0 for none."""

    matter: Matter
    verdict: Verdict
    point: str = ""
    version: int = 0


def judge_matter(actor: Actor, event: Event, ref: str, finding: Finding, *, now: datetime) -> MatterReview:
    """Write an office's word on a matter; saying the same again changes nothing.

    Raises `StaleEdit` with both words where another reviewer was faster, `Conflict` where the application is
    not under review, and a refusal on `point` for a problem that is not told.
    """
    if finding.verdict is Verdict.PROBLEM and not finding.point:
        raise DomainError(N_("Say what the applicant has to put right."), field="point")
    with atomic() as session:
        row = get_application_to_write(event, ref)
        if row.status not in UNDER_REVIEW:
            raise Conflict(N_("This application is not under review."))
        found = session.scalar(
            select(MatterReview)
            .where(MatterReview.application_id == row.id, MatterReview.matter == finding.matter)
            .execution_options(populate_existing=True)
        )
        point = finding.point if finding.verdict is Verdict.PROBLEM else ""
        new = {"verdict": finding.verdict.value, "point": point}
        old = {"verdict": found.verdict.value, "point": found.point} if found else {}
        if found and not found.stale and old == new:
            return found
        refuse_stale(found.version if found else 0, finding.version, theirs=old, mine=new)
        review = found or MatterReview(event_id=event.id, application_id=row.id, matter=finding.matter)
        review.verdict, review.point, review.stale = finding.verdict, point, False
        review.by, review.by_label, review.at = actor.ref, actor.label, now
        session.add(review)
        session.flush()
        _log(actor, row, "judge", matter=finding.matter.value, before=old or None, after=new)
    return review


def return_application(
    actor: Actor,
    event: Event,
    ref: str,
    points: Sequence[tuple[Matter, str]],
    *,
    until: datetime,
    version: int,
    now: datetime,
    tell: Tell | None = None,
) -> Application:
    """Send an application back with every point in one list: once in its life, when all offices have read it.

    Raises `Conflict` naming what is unread, a second return, or an empty list.
    """
    told = [[matter.value, text] for matter, text in points if text]
    if not told:
        raise DomainError(N_("Say at least one thing that has to be put right."), field="points")
    if until <= now:
        raise DomainError(N_("The correction needs time: choose a later day."), field="until")
    with atomic() as session:
        row = _turn(session, event, ref, Status.RETURNED, version)
        _refuse_unread(row)
        once = Conflict(N_("This application was returned once already, and once is all there is."))
        with attempt({"uq_application_return_application_id": once}):
            session.add(
                Return(
                    event_id=event.id, application_id=row.id, points=told, until=until, by=actor.ref, at=now
                )
            )
        session.flush()
        session.expire(row, ["returned"])
        _log(actor, row, "return", points=told, until=until.isoformat())
        post(tell, row, now)
    return row


def approve_application(
    actor: Actor, event: Event, ref: str, *, version: int, now: datetime, tell: Tell | None = None
) -> Application:
    """Accept an application whose matters are all in order; raises `Conflict` naming the open ones."""
    with atomic() as session:
        row = _turn(session, event, ref, Status.APPROVED, version)
        _refuse_unread(row)
        if problems(opinions_of(row)):
            raise Conflict(N_("A matter has a problem: return the application, or clear the matter first."))
        row.decided_at = now
        session.flush()
        _log(actor, row, "approve")
        post(tell, row, now)
    return row


def waitlist_application(
    actor: Actor, event: Event, ref: str, *, version: int, now: datetime, tell: Tell | None = None
) -> Application:
    """Put an application at the end of the waiting list."""
    with atomic() as session:
        row = _turn(session, event, ref, Status.WAITLISTED, version)
        row.waitlisted_at = now
        session.flush()
        _log(actor, row, "waitlist")
        post(tell, row, now)
    return row


def promote_application(
    actor: Actor, event: Event, ref: str, *, version: int, now: datetime, tell: Tell | None = None
) -> Application:
    """Take the first of the waiting list up for review; raises `Conflict` for another, or without a place."""
    with atomic() as session:
        waiting = get_application(event, ref)
        call = get_call_to_write(event, waiting.call.code) if waiting.call else None
        row = get_application_to_write(event, ref)
        if call and count_in_quota(call) >= call.quota:
            raise Conflict(N_("No place is free: the quota of %(quota)s is used up."), quota=call.quota)
        first = next((one for one in list_waiting(event) if one.call_id == row.call_id), None)
        if first is not None and first.id != row.id:
            raise Conflict(N_("“%(unit)s” stands before it on the waiting list."), unit=first.unit_zh)
        _turn(session, event, ref, Status.SUBMITTED, version)
        session.flush()
        _log(actor, row, "promote")
        post(tell, row, now)
    return row


def reject_application(
    actor: Actor,
    event: Event,
    ref: str,
    *,
    reason: str,
    version: int,
    now: datetime,
    tell: Tell | None = None,
) -> Application:
    """Turn an application down, with the reason that its applicant reads.

    Its booths are free and its passes void at once.
    """
    if not reason:
        raise DomainError(N_("Say why: the applicant reads it."), field="reason")
    with atomic() as session:
        row = _turn(session, event, ref, Status.REJECTED, version)
        end_application(actor, row, reason=reason, now=now)
        row.decided_at, row.decision_note_zh = now, reason
        session.flush()
        _log(actor, row, "reject", reason=reason)
        post(tell, row, now)
    return row


def issue_link(actor: Actor, event: Event, ref: str) -> bytes:
    """Return the body of a fresh private link; the old one opens nothing any more."""
    body = secrets.token_bytes(LINK_BYTES)
    with atomic() as session:
        row = get_application_to_write(event, ref)
        row.token_hash = hash_of(body)
        session.flush()
        _log(actor, row, "issue link")
    return body


def _turn(session: Session, event: Event, ref: str, target: Status, version: int) -> Application:
    """Load fresh, check that nobody decided since, and move."""
    row = get_application_to_write(event, ref)
    refuse_stale(row.version, version, theirs={"status": row.status.value}, mine={"status": target.value})
    check_move(MOVES, row.status, target)
    row.status = target
    session.flush()
    return row


def _refuse_unread(row: Application) -> None:
    waiting = unread(opinions_of(row))
    if waiting:
        raise Conflict(N_("%(number)s matters have not been read yet."), number=len(waiting))


def _log(actor: Actor, row: Application, verb: str, **detail: Any) -> None:
    record(actor, verb, f"application:{row.id}", event_id=row.event_id, **detail)
