"""Permits and milestones: what is applied for, decided, done."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic, attempt
from eventsite.events.models import Event
from eventsite.files.core import Upload
from eventsite.files.operations import forget_file, keep_file
from eventsite.kernel.edits import changed, refuse_stale
from eventsite.readiness.core import MilestoneFacts, PermitFacts, check_days
from eventsite.readiness.enums import Concern
from eventsite.readiness.models import Milestone, Permit
from eventsite.readiness.queries import get_milestone_to_write, get_permit_to_write


def edit_permit(
    actor: Actor, event: Event, ref: str, facts: PermitFacts, *, version: int, today: date
) -> Permit:
    """Change what is said of a permit that was read at `version`.

    Raises `StaleEdit` if somebody saved since, `Conflict` on a day that contradicts another or the status.
    """
    with atomic():
        permit = get_permit_to_write(event, ref)
        before = permit.facts
        if facts == before:
            return permit
        old, new = changed(_plain(before), _plain(facts))
        refuse_stale(permit.version, version, theirs=old, mine=new)
        check_days(facts, today)
        permit.status, permit.concerns = facts.status, Concern(facts.concerns)
        permit.due_on, permit.applied_on, permit.decided_on = facts.due_on, facts.applied_on, facts.decided_on
        permit.number, permit.note_zh = facts.number, facts.note_zh
        record(actor, "edit", f"permit:{permit.id}", event_id=event.id, before=old, after=new)
    return permit


def file_permit(actor: Actor, event: Event, ref: str, upload: Upload) -> Permit:
    """File a permit's document; the one before goes."""
    with atomic():
        permit = get_permit_to_write(event, ref)
        before = permit.document
        with attempt():
            permit.document = keep_file(actor, event, upload)
        if before is not None:
            forget_file(actor, before)
        record(actor, "attach", f"permit:{permit.id}", event_id=event.id, file=upload.name)
    return permit


def edit_milestone(actor: Actor, event: Event, ref: str, facts: MilestoneFacts, *, version: int) -> Milestone:
    """Change a milestone's day, team and note; raises `StaleEdit` if somebody saved since `version`."""
    with atomic():
        milestone = get_milestone_to_write(event, ref)
        before = milestone.facts
        if facts == before:
            return milestone
        old, new = changed(asdict(before), asdict(facts))
        refuse_stale(milestone.version, version, theirs=old, mine=new)
        milestone.offset_days, milestone.owner_team = facts.offset_days, facts.owner_team
        milestone.note_zh = facts.note_zh
        record(actor, "edit", f"milestone:{milestone.id}", event_id=event.id, before=old, after=new)
    return milestone


def finish_milestone(actor: Actor, event: Event, ref: str, *, now: datetime) -> Milestone:
    """Mark a milestone as done; the second press keeps who was first."""
    with atomic():
        milestone = get_milestone_to_write(event, ref)
        if milestone.done_at is None:
            milestone.done_at, milestone.done_by, milestone.done_by_label = now, actor.ref, actor.label
            record(actor, "finish", f"milestone:{milestone.id}", event_id=event.id)
    return milestone


def reopen_milestone(actor: Actor, event: Event, ref: str) -> Milestone:
    """Take the mark back that a milestone is done; who gave it stays in the log."""
    with atomic():
        milestone = get_milestone_to_write(event, ref)
        if milestone.done_at is not None:
            milestone.done_at = milestone.done_by = milestone.done_by_label = None
            record(actor, "reopen", f"milestone:{milestone.id}", event_id=event.id)
    return milestone


def _plain(facts: PermitFacts) -> dict[str, Any]:
    """Return the facts as the log keeps them: days as text."""
    return {
        name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(facts).items()
    }
