"""Freezing the draft into the next numbered release."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic, db
from eventsite.events.models import Event
from eventsite.kernel.canon import digest
from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_
from eventsite.programme.core.changes import compare, settle, write_changes
from eventsite.programme.core.clashes import Clash, blocking, find_clashes
from eventsite.programme.core.content import read_content, write_content
from eventsite.programme.core.live import carry_on, live_programme
from eventsite.programme.core.values import Programme
from eventsite.programme.models import LiveState, Release
from eventsite.programme.queries import DRAFT, clash_rules, find_last_release, list_removed, read_draft
from eventsite.programme.queries.live import list_acts

# The same words on both databases. On PostgreSQL the second of two first releases waits here for the first.
FIRST = text(
    "INSERT INTO live_state (event_id, release_number, live_revision) VALUES (:event_id, 0, 0)"
    " ON CONFLICT (event_id) DO NOTHING"
)


@dataclass(frozen=True, kw_only=True)
class Version:
    """What a release says of itself; `passed` are the clashes that block and were passed for `reason`."""

    number: int
    plan: str
    note: str
    at: datetime
    reason: str = ""
    passed: tuple[Clash, ...] = ()


def release_programme(
    actor: Actor,
    event: Event,
    *,
    note: str,
    now: datetime,
    seen: str | None = None,
    reason: str = "",
    plan: str = DRAFT,
) -> Release:
    """Freeze the draft, or another plan, as the next release and show it.

    Two at once are numbered one after the other: the row of the live state is taken first, and all else is
    read after it. `seen` is the hash of the draft that the releaser looked at; `reason` is why rules that
    block are passed, and stays in the release. Raises `Conflict` where the draft has changed since, has
    nothing new, is empty, or breaks a rule that blocks while no reason is given.
    """
    with atomic() as session:
        number = _take_number(session, event)
        draft = read_draft(event, plan)
        _refuse_unready(draft, seen)
        passed = _pass_clashes(event, draft, reason)
        version = Version(
            number=number, plan=plan, note=note, at=now, reason=reason if passed else "", passed=passed
        )
        return _freeze(actor, event, version, draft)


def switch_back(actor: Actor, event: Event, *, note: str, now: datetime) -> Release:
    """Show again, as a new release, exactly what the last release of the draft held before another plan.

    What has been edited in the draft meanwhile waits for its own release. Raises `Conflict` where no other
    plan is in force.
    """
    with atomic() as session:
        number = _take_number(session, event)
        if plan_in_force(event) == DRAFT:
            raise Conflict(N_("The programme as planned is in force already."))
        before = find_last_release(event, DRAFT)
        if before is None:
            raise Conflict(N_("No version of the draft has been released to which one could go back."))
        version = Version(number=number, plan=DRAFT, note=note, at=now)
        return _freeze(actor, event, version, read_content(before.content))


def plan_in_force(event: Event) -> str:
    """Return the plan that visitors see, the draft's own before the first release."""
    plan = db.session.scalar(
        select(Release.plan).where(Release.event_id == event.id).order_by(Release.number.desc()).limit(1)
    )
    return plan or DRAFT


def _freeze(actor: Actor, event: Event, version: Version, draft: Programme) -> Release:
    session = db.session
    previous = _read_previous(event, version.number - 1)
    left = _left(event, draft, previous) if previous else {}
    programme = settle(draft, previous, version.at, left=left)
    if programme == previous:
        raise Conflict(N_("There is nothing new since version %(number)s."), number=version.number - 1)
    changes = compare(previous.public if previous else None, programme.public)
    content = write_content(_carry_live(event, version, programme, previous))
    release = Release(
        event_id=event.id,
        number=version.number,
        plan=version.plan,
        note=version.note,
        reason=version.reason,
        released_at=version.at,
        released_by=actor.label,
        changes=write_changes(changes),
        content=content,
        content_sha256=digest(content),
    )
    session.add(release)
    session.flush()
    record(
        actor,
        "release" if version.plan == DRAFT else "switch",
        f"release:{release.id}",
        event_id=event.id,
        number=version.number,
        plan=version.plan,
        note=version.note,
        sha256=release.content_sha256,
        reason=version.reason,
        passed=[_told(clash) for clash in version.passed],
        changes=dict(Counter(change.kind.value for change in changes)),
    )
    return release


def _carry_live(
    event: Event, version: Version, programme: Programme, previous: Programme | None
) -> Programme:
    """Return the programme with the sequences that the live clock has reached: they never fall."""
    acts = list_acts(event)
    if previous is None or not acts:
        return programme
    before = live_programme(previous, acts, release=version.number - 1)
    after = live_programme(programme, acts, release=version.number)
    return carry_on(programme, before, after, version.at)


def _left(event: Event, draft: Programme, previous: Programme) -> Mapping[str, int]:
    """Return the last sequences of items that come back, by id: those expected when they were taken out."""
    back = draft.by_ref.keys() - previous.by_ref.keys()
    found: dict[str, int] = {}
    for number, removed in list_removed(event) if back else ():
        coming = [ref for ref in removed if ref in back and ref not in found]
        last = _read_previous(event, number - 1) if coming else None
        if last is not None:
            acts = [act for act in list_acts(event) if act.release < number]
            by_ref = live_programme(last, acts, release=number - 1).by_ref
            found |= {ref: by_ref[ref].sequence for ref in coming}
    return found


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


def _read_previous(event: Event, number: int) -> Programme | None:
    content = db.session.scalar(
        select(Release.content).where(Release.event_id == event.id, Release.number == number)
    )
    return read_content(content) if content else None


def _refuse_unready(draft: Programme, seen: str | None) -> None:
    if seen is not None and seen != draft_hash(draft):
        raise Conflict(N_("The draft has changed since you opened this page. Look at the differences again."))
    if not draft.items:
        raise Conflict(N_("There is nothing to release yet: the programme has no items."))


def _pass_clashes(event: Event, draft: Programme, reason: str) -> tuple[Clash, ...]:
    """Return the clashes that block and are passed for a reason; without one the first of them is refused."""
    found = blocking(find_clashes(draft, clash_rules(event)))
    if found and not reason:
        clash = found[0]
        raise Conflict(
            N_("A rule blocks this release: %(first)s and %(second)s, %(minutes)s minutes (%(what)s)."),
            field="reason",
            first=clash.first.title_zh,
            second=clash.second.title_zh if clash.second else clash.first.title_zh,
            minutes=clash.minutes,
            what=clash.what_zh,
        )
    return found


def _told(clash: Clash) -> dict[str, Any]:
    return {"rule": clash.rule.value, "items": list(clash.refs), "minutes": clash.minutes}
