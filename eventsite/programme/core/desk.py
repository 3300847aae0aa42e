"""What a desk shows of its stage at an instant, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from eventsite.programme.core.acting import items_of, waiting_at
from eventsite.programme.core.board import minutes_left, on_at, overrun_minutes
from eventsite.programme.core.live import MINUTE, ClockAct, Hit, Live
from eventsite.programme.core.values import Item
from eventsite.programme.enums import CheckKind

STANDBY = 3  # items whose troupes have to be near


@dataclass(frozen=True, kw_only=True)
class Standby:
    """An item that comes soon: when its troupe is called, and what has to be there."""

    item: Item
    call_at: datetime
    call_in: int
    needs: tuple[CheckKind, ...]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A stage as its manager sees it; what is `None` cannot be pressed now.

    `moved` is the item from which a delay counts, `start` the one that a start means, `swap` the two that
    would change places. `hits` are the fixed points still to come that something is expected to run into.
    """

    on: tuple[Item, ...]
    standby: tuple[Standby, ...]
    later: int
    over: tuple[Item, ...]
    moved: Item | None
    start: Item | None
    finish: Item | None
    skip: Item | None
    swap: tuple[Item, Item] | None
    undo: ClockAct | None
    hits: tuple[Hit, ...]

    @property
    def current(self) -> Item | None:
        """Return what is on, the one that came last where there are several."""
        return self.on[-1] if self.on else None


def look_at(live: Live, stage: str, now: datetime) -> Desk:
    """Return what the desk of a stage shows at an instant."""
    there = items_of(live.programme, stage, now)
    held = [item for item in there if not item.is_cancelled]
    on, waiting = on_at(held, now), waiting_at(there, now)
    current = on[-1] if on else None
    first = waiting[0] if waiting else None
    begins = current if current and not current.started_at else first
    moved = current or first
    coming = {item.ref for item in waiting}
    return Desk(
        on=on,
        standby=tuple(_standby(item, now) for item in waiting[:STANDBY]),
        later=len(waiting[STANDBY:]),
        over=tuple(item for item in there if item not in on and item not in waiting),
        moved=None if moved is None or (moved.fixed and not moved.started_at) else moved,
        start=begins,
        finish=current,
        skip=first,
        swap=_pair(waiting),
        undo=live.newest(stage),
        hits=tuple(hit for hit in live.hits if hit.item.ref in coming),
    )


def _standby(item: Item, now: datetime) -> Standby:
    call_at = item.slot.start - timedelta(minutes=item.call_minutes)
    return Standby(
        item=item, call_at=call_at, call_in=max(0, -((now - call_at) // MINUTE)), needs=needs_of(item)
    )


def needs_of(item: Item) -> tuple[CheckKind, ...]:
    """Return what is ticked off for an item: what it does not use is not asked for."""
    needed = {
        CheckKind.CALLED: True,
        CheckKind.ARRIVED: True,
        CheckKind.MIC: item.mics > 0,
        CheckKind.MUSIC: bool(item.audio),
        CheckKind.PROPS: bool(item.props),
    }
    return tuple(kind for kind in CheckKind if needed[kind])


def _pair(waiting: Sequence[Item]) -> tuple[Item, Item] | None:
    """Return the next two, where neither is a fixed point and they follow each other."""
    if len(waiting) < 2:
        return None
    one, two = waiting[:2]
    if one.fixed or two.fixed or one.released_slot.overlaps(two.released_slot):
        return None
    return one, two


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far an item is: minutes left, minutes over its end, and the part that is done, in percent."""

    left: int
    over: int
    percent: int


def progress_of(item: Item, now: datetime) -> Progress:
    """Return how far an item is that is on."""
    done = (now - item.slot.start) / item.slot.length * 100
    return Progress(
        left=minutes_left(item, now),
        over=overrun_minutes(item, now),
        percent=min(100, max(0, round(done))),
    )
