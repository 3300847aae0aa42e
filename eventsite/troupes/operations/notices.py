"""Notices of what moved: drafted after each release, merged while unsent, sent once, by hand alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, text, update
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.accounts.operations import Attachment, post_mail
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.kernel.edits import refuse_stale
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.words import N_
from eventsite.programme.core.changes import Change, compare, write_changes
from eventsite.programme.core.values import Programme
from eventsite.programme.enums import ChangeKind
from eventsite.programme.models import Troupe
from eventsite.programme.queries import current_release, find_live_state, get_release, list_troupes
from eventsite.troupes.core.notices import Letter, Outgoing
from eventsite.troupes.core.slots import LONGEST_TEXT, only
from eventsite.troupes.enums import NoticeStatus
from eventsite.troupes.models import NoticeRun, TroupeNotice
from eventsite.troupes.queries import list_drafts, notice_to_write, run_number, told_numbers

CALENDAR = "text/calendar; method=PUBLISH; charset=utf-8"
FILE = "programme.ics"
SETTLED = N_("This notice has been sent or left out already.")
# The same words on both databases. On PostgreSQL the second of two first runs waits here for the first.
FIRST = text(
    "INSERT INTO notice_run (event_id, number) VALUES (:event_id, 0) ON CONFLICT (event_id) DO NOTHING"
)


@dataclass(frozen=True, kw_only=True)
class _Due:
    """What a troupe has to be told, from the release that it was told last to the one that is out."""

    troupe: Troupe
    base: int
    number: int
    changes: tuple[Change, ...]


def draft_notices(actor: Actor, event: Event, *, now: datetime) -> int:
    """Write down what each troupe has to be told of the release that is out; return how many drafts changed.

    What was not sent yet is told anew from where the troupe was last told, so that two releases become one
    notice, and a change that was taken back none. Each release is looked at once.
    """
    state = find_live_state(event)
    if state is None or run_number(event) >= state.release_number:
        return 0
    with atomic() as session:
        view = current_release(event)
        if view is None or not _take_run(session, event, view.number):
            return 0
        told, drafts = told_numbers(event), {draft.troupe_id: draft for draft in list_drafts(event)}
        bases: dict[int, Programme | None] = {0: None}
        changed = 0
        for troupe in list_troupes(event):
            base = told.get(troupe.id, 0)
            if base not in bases:
                bases[base] = get_release(event, base).alone.public
            changes = changes_for(troupe, bases[base], view.alone.public)
            due = _Due(troupe=troupe, base=base, number=view.number, changes=changes)
            changed += _draft(session, actor, due, drafts.get(troupe.id), now)
        return changed


def changes_for(troupe: Troupe, old: Programme | None, new: Programme) -> tuple[Change, ...]:
    """Return what differs for a troupe: an item that it lost is gone for it, one that it was given is new."""
    before = replace(old, items=only({troupe.ref}, old.items)) if old else None
    after = replace(new, items=only({troupe.ref}, new.items))
    return tuple(change for change in compare(before, after) if change.kind is not ChangeKind.EDITED)


def edit_notice(actor: Actor, event: Event, notice_id: int, *, words: str, version: int) -> TroupeNotice:
    """Change what an organizer adds to a notice; raises `StaleEdit` where it changed after it was read."""
    if len(words) > LONGEST_TEXT:
        raise DomainError(N_("At most %(most)s characters."), field="words", most=LONGEST_TEXT)
    with atomic():
        notice = _open(event, notice_id)
        if notice.words != words:
            refuse_stale(notice.version, version, theirs={"words": notice.words}, mine={"words": words})
            before, notice.words = notice.words, words
            record(
                actor,
                "edit",
                f"troupe_notice:{notice.id}",
                event_id=event.id,
                before={"words": before},
                after={"words": words},
            )
        return notice


def leave_out(actor: Actor, event: Event, notice_id: int, *, version: int, now: datetime) -> TroupeNotice:
    """Decide that a troupe is not told of this; its next notice says what changes from here on."""
    with atomic():
        notice = _open(event, notice_id)
        refuse_stale(notice.version, version, theirs={}, mine={})
        notice.status = NoticeStatus.LEFT_OUT
        notice.settled_at, notice.settled_by = now, actor.label
        record(actor, "leave out", f"troupe_notice:{notice.id}", event_id=event.id, number=notice.number)
        return notice


def send_notices(
    actor: Actor, event: Event, going: Sequence[Outgoing], letters: Sequence[Letter], *, now: datetime
) -> int:
    """Send notices as they were read: all of them or none, each once. Return how many mails that makes.

    The mails and what is kept of them are one transaction. Raises `Conflict` where one of the notices is
    settled, `StaleEdit` where one changed after it was read: pressing again sends nothing twice.
    """
    if not going:
        raise Conflict(N_("Choose at least one notice."))
    with atomic():
        for one in sorted(going, key=lambda one: one.notice_id):
            notice = _open(event, one.notice_id)
            refuse_stale(notice.version, one.version, theirs={}, mine={})
            notice.status = NoticeStatus.SENT
            notice.settled_at, notice.settled_by = now, actor.label
            notice.sent_text, notice.sent_to = one.text, [list(pair) for pair in one.sent_to]
            record(
                actor,
                "send",
                f"troupe_notice:{notice.id}",
                event_id=event.id,
                number=notice.number,
                to=[list(pair) for pair in one.sent_to],
            )
        for letter in letters:
            post_mail(
                letter.recipient,
                letter.subject,
                letter.body,
                now=now,
                secret=letter.secret,
                attachment=Attachment(name=FILE, mimetype=CALENDAR, data=letter.calendar),
            )
    return len(letters)


def _open(event: Event, notice_id: int) -> TroupeNotice:
    notice = notice_to_write(event, notice_id)
    if notice.status is not NoticeStatus.DRAFT:
        raise Conflict(SETTLED)
    return notice


def _take_run(session: Session, event: Event, number: int) -> bool:
    """Tell whether this run is the one that drafts the release."""
    session.execute(FIRST, {"event_id": event.id})
    taken = session.execute(
        update(NoticeRun)
        .where(NoticeRun.event_id == event.id, NoticeRun.number < number)
        .values(number=number)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", taken).rowcount == 1


def _draft(session: Session, actor: Actor, due: _Due, draft: TroupeNotice | None, now: datetime) -> bool:
    """Write, merge or drop a troupe's draft; tell whether that changed anything."""
    if not due.changes:
        if draft is not None:
            session.delete(draft)
        return draft is not None
    event_id = due.troupe.event_id
    if draft is None:
        draft = TroupeNotice(event_id=event_id, troupe_id=due.troupe.id, base_number=due.base)
        session.add(draft)
    draft.number, draft.changes, draft.made_at = due.number, write_changes(due.changes), now
    session.flush()
    detail: Mapping[str, Any] = {"base": due.base, "number": due.number, "changes": len(due.changes)}
    record(actor, "draft", f"troupe_notice:{draft.id}", event_id=event_id, **detail)
    return True
