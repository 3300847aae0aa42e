"""Acts of the live clock. Each takes the row of the live state first: of two at once one comes second."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.words import N_
from eventsite.programme.core.acting import Ripple, check_act, ripple
from eventsite.programme.core.content import write_instant
from eventsite.programme.core.live import ClockAct, Live, fold
from eventsite.programme.enums import ActKind
from eventsite.programme.errors import StaleDesk
from eventsite.programme.models import LiveAct, LiveState, StageMessage
from eventsite.programme.queries import ReleaseView, current_release, get_troupe
from eventsite.programme.queries.live import list_acts, list_acts_since

STALE = N_("Somebody changed this stage after you opened the page. Look at it again, then press.")
LONGEST_MESSAGE = 300


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What the page of a desk showed: a release, and how many acts there had been."""

    release: int
    revision: int


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody at a desk wants to do to a stage."""

    stage: str
    kind: ActKind
    items: tuple[str, ...] = ()
    minutes: int = 0
    notice_zh: str = ""
    notice_en: str = ""


def act(actor: Actor, event: Event, wish: Wish, *, seen: Seen, now: datetime) -> LiveAct:
    """Do to a stage what its desk wishes.

    Raises `StaleDesk` where somebody acted on the stage or released after `seen`, `Conflict` where the stage
    does not allow it.
    """
    with atomic() as session:
        _take_turn(session, event)
        view = _shown(event)
        _refuse_stale(event, wish.stage, view, seen)
        made = _act(view, wish, view.live_revision + 1, now)
        check_act(view.live, made)
        acts = (*list_acts(event), made)
        row = _write(session, actor, event, made)
        record(
            actor,
            made.kind.value,
            _thing(view, made),
            event_id=event.id,
            before=_times(view.live, made),
            after=_times(fold(view.alone, acts, release=view.number), made),
            revision=made.revision,
            stage=wish.stage,
            items=list(made.items),
            **({"minutes": made.minutes} if made.minutes else {}),
            **({"undoes": made.undoes} if made.undoes else {}),
        )
        return row


def foresee(event: Event, view: ReleaseView, wish: Wish, *, seen: Seen | None, now: datetime) -> Ripple:
    """Return what would come of an act; raises what `act` would refuse it with. Writes nothing.

    Without `seen`, what the asking page showed is not known, and only what is asked now counts.
    """
    if seen is not None:
        _refuse_stale(event, wish.stage, view, seen)
    made = _act(view, wish, view.live_revision + 1, now)
    check_act(view.live, made)
    acts = (*list_acts(event), made)
    return ripple(view.live, fold(view.alone, acts, release=view.number))


def tell_troupe(
    actor: Actor, event: Event, *, stage: str, item: str, text: str, now: datetime
) -> StageMessage:
    """Send a word to the lead of the troupe of an item; the troupe's own page shows it."""
    if not 1 <= len(text) <= LONGEST_MESSAGE:
        raise DomainError(N_("A message has 1 to %(most)s characters."), field="text", most=LONGEST_MESSAGE)
    with atomic() as session:
        found = _shown(event).full.by_ref.get(item)
        if found is None or found.stage != stage or found.troupe is None:
            raise Conflict(N_("No troupe of this stage performs that."))
        troupe = get_troupe(event, found.troupe.ref)
        message = StageMessage(
            event_id=event.id,
            troupe_id=troupe.id,
            stage=stage,
            item=item,
            text=text,
            at=now,
            by=actor.ref,
            by_label=actor.label,
        )
        session.add(message)
        session.flush()
        record(actor, "tell", f"troupe:{troupe.id}", event_id=event.id, stage=stage, item=item, text=text)
        return message


def _take_turn(session: Session, event: Event) -> None:
    """Take the row of the live state; whoever else acts or releases waits until this one is committed."""
    _raise_revision(session, event, 0)


def _raise_revision(session: Session, event: Event, by: int) -> None:
    session.execute(
        update(LiveState)
        .where(LiveState.event_id == event.id)
        .values(live_revision=LiveState.live_revision + by)
        .execution_options(synchronize_session=False)
    )


def _shown(event: Event) -> ReleaseView:
    view = current_release(event)
    if view is None:
        raise Conflict(N_("The programme has not been released yet."))
    return view


def _refuse_stale(event: Event, stage: str, view: ReleaseView, seen: Seen) -> None:
    acts = list_acts_since(event, stage, seen.revision)
    newer = view.number if view.number != seen.release else None
    if acts or newer:
        raise StaleDesk(STALE, acts=acts, release=newer)


def _act(view: ReleaseView, wish: Wish, revision: int, now: datetime) -> ClockAct:
    """Return the act that a wish becomes, anchored in the release; raises `Conflict` on an empty undo."""
    undone = view.live.newest(wish.stage) if wish.kind is ActKind.UNDO else None
    if wish.kind is ActKind.UNDO and undone is None:
        raise Conflict(N_("There is nothing to take back on this stage."))
    planned = [view.alone.by_ref.get(ref) for ref in wish.items]
    return ClockAct(
        revision=revision,
        stage=wish.stage,
        kind=wish.kind,
        at=now,
        release=view.number,
        items=undone.items if undone else wish.items,
        anchors=undone.anchors if undone else tuple(item.slot.start for item in planned if item),
        minutes=wish.minutes if wish.kind is ActKind.DELAY else 0,
        notice_zh=wish.notice_zh,
        notice_en=wish.notice_en,
        undoes=undone.revision if undone else None,
    )


def _write(session: Session, actor: Actor, event: Event, made: ClockAct) -> LiveAct:
    row = LiveAct(
        event_id=event.id,
        revision=made.revision,
        stage=made.stage,
        kind=made.kind,
        items=list(made.items),
        anchors=[write_instant(anchor) for anchor in made.anchors],
        minutes=made.minutes,
        notice_zh=made.notice_zh,
        notice_en=made.notice_en,
        undoes=made.undoes,
        release_number=made.release,
        at=made.at,
        by=actor.ref,
        by_label=actor.label,
    )
    session.add(row)
    session.flush()
    _raise_revision(session, event, 1)
    return row


def _thing(view: ReleaseView, made: ClockAct) -> str:
    """Return the item whose history tells the act."""
    return f"programme_item:{view.full.by_ref[made.items[0]].number}"


def _times(live: Live, made: ClockAct) -> dict[str, Any]:
    """Return when the act's first item is expected and how it stands, for the log."""
    item = live.programme.by_ref[made.items[0]]
    return {
        "expected_start": write_instant(item.slot.start),
        "expected_end": write_instant(item.slot.end),
        "status": item.status,
    }
