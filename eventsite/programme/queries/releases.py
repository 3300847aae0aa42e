"""Reading releases: which one is shown, what it holds, what is on by it."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from sqlalchemy import select

from eventsite.database import db, glance
from eventsite.events.enums import EventStatus
from eventsite.events.models import Event
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.programme.core.board import Board, board_at
from eventsite.programme.core.changes import Change, read_changes
from eventsite.programme.core.content import read_content
from eventsite.programme.core.live import Live
from eventsite.programme.core.values import Programme
from eventsite.programme.enums import ChangeKind
from eventsite.programme.models import LiveState, Release
from eventsite.programme.queries.live import live_view

KEPT_PROGRAMMES = 16
# `:number` 0 asks for the release that is shown.
SHOWN = """
SELECT event.id, event.version, event.status, release.number, live_state.live_revision, release.content_sha256
FROM event
LEFT JOIN live_state ON live_state.event_id = event.id
LEFT JOIN release ON release.event_id = event.id
    AND release.number = CASE WHEN :number = 0 THEN live_state.release_number ELSE :number END
WHERE event.slug = :slug
"""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What an event shows, known by one small query; `number` is `None` before the first release."""

    event_id: int
    event_version: int
    is_public: bool
    number: int | None
    live_revision: int
    sha256: str | None


@dataclass(frozen=True, kw_only=True)
class ReleaseView:
    """A release as it is expected now; `live_revision` is 0 for a release alone.

    `full` has what only the team sees, too; `live` says also what is run into and which acts count; `alone`
    is what was released, without the live clock.
    """

    number: int
    live_revision: int
    released_at: datetime
    note: str
    sha256: str
    live: Live
    alone: Programme
    changes: tuple[Change, ...]
    plan: str = "A"

    @property
    def full(self) -> Programme:
        """Return the programme that the team sees."""
        return self.live.programme

    @property
    def programme(self) -> Programme:
        """Return the programme that everybody may see."""
        return self.full.public


def find_shown(slug: str, number: int | None = None) -> Shown | None:
    """Return what the event of that slug shows now, or its release `number`; `None` where there is neither.

    Reads no content and needs no session: answers that are kept ask nothing else.
    """
    if number is not None and number < 1:
        return None
    rows = glance(SHOWN, slug=slug, number=number or 0)
    if not rows:
        return None
    event_id, version, status, shown, live_revision, sha256 = rows[0]
    if number is not None and shown is None:
        return None
    return Shown(
        event_id=event_id,
        event_version=version,
        is_public=status != EventStatus.DRAFT.value,
        number=shown,
        live_revision=(live_revision or 0) if number is None else 0,
        sha256=sha256,
    )


def current_release(event: Event) -> ReleaseView | None:
    """Return the release that the event shows, `None` before the first one."""
    live = find_live_state(event)
    return _view(event, live.release_number, live.live_revision) if live else None


def get_release(event: Event, number: int | None = None) -> ReleaseView:
    """Return a release of the event alone, without a number the one that is shown; raises `NotFound`."""
    view = current_release(event) if number is None else _view(event, number, 0)
    if view is None and number is None:
        raise NotFound(N_("This programme has not been released yet."))
    if view is None:
        raise NotFound(N_("There is no version %(number)s of this programme."), number=number)
    return view


def find_live_state(event: Event) -> LiveState | None:
    """Return which release the event shows."""
    return db.session.scalar(select(LiveState).where(LiveState.event_id == event.id))


def list_releases(event: Event, *, limit: int = 50) -> Sequence[Release]:
    """Return the newest releases without their content, newest first."""
    return db.session.scalars(
        select(Release).where(Release.event_id == event.id).order_by(Release.number.desc()).limit(limit)
    ).all()


def find_last_release(event: Event, plan: str) -> Release | None:
    """Return the newest release that froze a plan, `A` for the draft itself."""
    return db.session.scalar(
        select(Release)
        .where(Release.event_id == event.id, Release.plan == plan)
        .order_by(Release.number.desc())
        .limit(1)
    )


def list_removed(event: Event) -> Sequence[tuple[int, frozenset[str]]]:
    """Return the numbers of releases with the items that each took out, newest first."""
    rows = db.session.execute(
        select(Release.number, Release.changes)
        .where(Release.event_id == event.id)
        .order_by(Release.number.desc())
    )
    removed = ChangeKind.REMOVED.value
    return [
        (number, frozenset(row["ref"] for row in changes if row["kind"] == removed))
        for number, changes in rows
    ]


def now_next(event: Event, now: datetime) -> Board | None:
    """Return what is on and next on each stage, `None` before the first release."""
    view = current_release(event)
    return board_at(view.programme, now) if view else None


def first_release_with(event: Event, ref: str) -> int | None:
    """Return the number of the first release in which the item stood."""
    rows = db.session.execute(
        select(Release.number, Release.changes).where(Release.event_id == event.id).order_by(Release.number)
    )
    for number, changes in rows:
        if any(row["ref"] == ref and row["kind"] == ChangeKind.ADDED.value for row in changes):
            return int(number)
    return None


def _view(event: Event, number: int, live_revision: int) -> ReleaseView | None:
    release = db.session.scalar(select(Release).where(Release.event_id == event.id, Release.number == number))
    if release is None:
        return None
    alone = _programmes.read(release)
    return ReleaseView(
        number=release.number,
        live_revision=live_revision,
        released_at=release.released_at,
        note=release.note,
        sha256=release.content_sha256,
        live=live_view(event, alone, sha256=release.content_sha256, number=number, revision=live_revision),
        alone=alone,
        changes=read_changes(release.changes),
        plan=release.plan,
    )


class _Programmes:
    """The programmes read last, by the hash of their content: what a hash names never changes."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Programme] = OrderedDict()
        self._lock = Lock()

    def read(self, release: Release) -> Programme:
        """Return the programme of a release, loading its content only where it is not kept."""
        name = release.content_sha256
        with self._lock:
            found = self._kept.get(name)
            if found is not None:
                self._kept.move_to_end(name)
                return found
        programme = read_content(release.content)
        with self._lock:
            self._kept[name] = programme
            while len(self._kept) > KEPT_PROGRAMMES:
                self._kept.popitem(last=False)
        return programme


_programmes = _Programmes()
