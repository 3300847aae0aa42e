"""Freezing the draft into the next numbered release."""

from collections import Counter
from datetime import datetime

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.kernel.canon import digest
from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_
from eventsite.programme.core.changes import compare, settle, write_changes
from eventsite.programme.core.clashes import find_clashes
from eventsite.programme.core.content import read_content, write_content
from eventsite.programme.core.values import Programme
from eventsite.programme.models import LiveState, Release
from eventsite.programme.queries import read_draft

# The same words on both databases. On PostgreSQL the second of two first releases waits here for the first.
FIRST = text(
    "INSERT INTO live_state (event_id, release_number, live_revision) VALUES (:event_id, 0, 0)"
    " ON CONFLICT (event_id) DO NOTHING"
)


def release_programme(
    actor: Actor, event: Event, *, note: str, now: datetime, seen: str | None = None
) -> Release:
    """Freeze the draft as the next release and show it.

    Two at once are numbered one after the other: the row of the live state is taken first, and all else is
    read after it. `seen` is the hash of the draft that the releaser looked at. Raises `Conflict` where the
    draft has changed since, has nothing new, is empty, or has two items at one time on one stage.
    """
    with atomic() as session:
        number = _take_number(session, event)
        draft = read_draft(event)
        previous = _read_previous(session, event, number - 1)
        programme = settle(draft, previous, now)
        _refuse_unready(draft, seen)
        if programme == previous:
            raise Conflict(N_("There is nothing new since version %(number)s."), number=number - 1)
        changes = compare(previous, programme)
        content = write_content(programme)
        release = Release(
            event_id=event.id,
            number=number,
            note=note,
            released_at=now,
            released_by=actor.label,
            changes=write_changes(changes),
            content=content,
            content_sha256=digest(content),
        )
        session.add(release)
        session.flush()
        record(
            actor,
            "release",
            f"release:{release.id}",
            event_id=event.id,
            number=number,
            note=note,
            sha256=release.content_sha256,
            changes=dict(Counter(change.kind.value for change in changes)),
        )
        return release


def draft_hash(draft: Programme) -> str:
    """Return what a release form remembers of the draft that it showed."""
    return digest(write_content(draft))


def hold_releases(session: Session, event: Event) -> None:
    """Let nobody release until the running operation has ended."""
    session.execute(FIRST, {"event_id": event.id})
    _raise_number(session, event, 0)


def _take_number(session: Session, event: Event) -> int:
    """Take the next number; whoever else releases waits until this one is committed."""
    session.execute(FIRST, {"event_id": event.id})
    _raise_number(session, event, 1)
    number = session.scalar(select(LiveState.release_number).where(LiveState.event_id == event.id))
    return int(number or 0)


def _raise_number(session: Session, event: Event, by: int) -> None:
    session.execute(
        update(LiveState)
        .where(LiveState.event_id == event.id)
        .values(release_number=LiveState.release_number + by)
        .execution_options(synchronize_session=False)
    )


def _read_previous(session: Session, event: Event, number: int) -> Programme | None:
    content = session.scalar(
        select(Release.content).where(Release.event_id == event.id, Release.number == number)
    )
    return read_content(content) if content else None


def _refuse_unready(draft: Programme, seen: str | None) -> None:
    if seen is not None and seen != draft_hash(draft):
        raise Conflict(N_("The draft has changed since you opened this page. Look at the differences again."))
    if not draft.items:
        raise Conflict(N_("There is nothing to release yet: the programme has no items."))
    for clash in find_clashes(draft.items):
        raise Conflict(
            N_("Clash of %(minutes)s minutes on stage %(stage)s: %(first)s and %(second)s."),
            first=clash.first.title_zh,
            second=clash.second.title_zh,
            minutes=clash.minutes,
            stage=clash.stage,
        )
