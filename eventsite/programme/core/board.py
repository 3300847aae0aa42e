"""What is on and what comes next, stage by stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from eventsite.programme.core.live import MINUTE, OVERRUN
from eventsite.programme.core.values import Item, Place, Programme


class StagePhase(Enum):
    """Where the clock stands in the items of a stage."""

    BEFORE = "before"
    ON = "on"
    GAP = "gap"
    OVER = "over"
    EMPTY = "empty"


@dataclass(frozen=True, kw_only=True)
class StageNow:
    """A stage at an instant.

    `waiting` are the items that should have begun, while another still has the stage; `called_off` are those
    without a show in whose time the instant lies.
    """

    stage: Place
    phase: StagePhase
    on: tuple[Item, ...]
    next: Item | None
    waiting: tuple[Item, ...]
    called_off: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class Board:
    """All stages at an instant; nothing on it changes from `since` until `until`."""

    stages: tuple[StageNow, ...]
    since: datetime | None
    until: datetime | None

    @property
    def on(self) -> tuple[tuple[Place, Item], ...]:
        """Return what is on, stage by stage."""
        return tuple((row.stage, item) for row in self.stages for item in row.on)

    @property
    def refs_on(self) -> frozenset[str]:
        """Return the ids of what is on."""
        return frozenset(item.ref for row in self.stages for item in row.on)

    @property
    def refs_waiting(self) -> frozenset[str]:
        """Return the ids of what should have begun and waits for its stage."""
        return frozenset(item.ref for row in self.stages for item in row.waiting)

    @property
    def next(self) -> tuple[tuple[Place, Item], ...]:
        """Return the next item of each stage that has one, the earliest first."""
        coming = [(row.stage, row.next) for row in self.stages if row.next]
        return tuple(sorted(coming, key=lambda pair: (pair[1].slot.start, pair[0].code)))


def board_at(programme: Programme, now: datetime) -> Board:
    """Return what is on and next. An item that ends at `now` is over, one that starts at `now` is on.

    What a desk has started is on until the desk ends it, an hour past its end at most; what comes after it on
    its stage waits so long.
    """
    edges = sorted({edge for item in programme.items for edge in _edges(item)})
    there: dict[str, list[Item]] = {stage.code: [] for stage in programme.stages}
    for item in programme.items:
        there[item.stage].append(item)
    return Board(
        stages=tuple(stage_at(stage, there[stage.code], now) for stage in programme.stages),
        since=max((edge for edge in edges if edge <= now), default=None),
        until=min((edge for edge in edges if edge > now), default=None),
    )


def _edges(item: Item) -> tuple[datetime, ...]:
    open_ended = item.started_at and not item.ended_at
    return (item.slot.start, item.slot.end, *([item.slot.end + OVERRUN] if open_ended else []))


def stage_at(stage: Place, items: Sequence[Item], now: datetime) -> StageNow:
    """Return a stage at an instant; `items` are all of its own, in order."""
    held = [item for item in items if not item.is_cancelled]
    on = on_at(held, now)
    waiting = tuple(item for item in held if item.slot.start <= now and _waits_behind(item, on, now))
    coming = next_at(held, on, now)
    return StageNow(
        stage=stage,
        phase=_phase(held, on, coming, now),
        on=on,
        next=coming,
        waiting=waiting,
        called_off=tuple(item for item in items if item.is_cancelled and now in item.slot),
    )


def on_at(held: Sequence[Item], now: datetime) -> tuple[Item, ...]:
    """Return which of a stage's items are on."""
    running = [item for item in held if is_running(item, now)]
    return tuple(
        item
        for item in held
        if item in running
        or (now in item.slot and not item.started_at and not item.ended_at and not _waits(item, running))
    )


def is_running(item: Item, now: datetime) -> bool:
    """Tell whether a desk has started it and it is not over yet."""
    if item.started_at is None or now < item.slot.start:
        return False
    return now < (item.ended_at or item.slot.end + OVERRUN)


def is_over(item: Item, now: datetime) -> bool:
    """Tell whether an item is behind us."""
    return now >= item.slot.end and not is_running(item, now)


def overrun_minutes(item: Item, now: datetime) -> int:
    """Return by how many minutes an item that still runs has passed its end, 0 where it has not."""
    return max(0, (now - item.slot.end) // MINUTE) if is_running(item, now) and not item.ended_at else 0


def minutes_left(item: Item, now: datetime) -> int:
    """Return how many minutes an item still has, begun ones counted."""
    return max(0, -((now - item.slot.end) // MINUTE))


def _waits(item: Item, running: Sequence[Item]) -> bool:
    """Tell whether an item cannot have begun because another still has its stage."""
    return any(not one.released_slot.overlaps(item.released_slot) for one in running)


def next_at(held: Sequence[Item], on: Sequence[Item], now: datetime) -> Item | None:
    """Return what comes next; behind an item that runs over, what should have begun by now."""
    for item in held:
        if item in on or item.started_at or item.ended_at:
            continue
        if item.slot.start > now or _waits_behind(item, on, now):
            return item
    return None


def _waits_behind(item: Item, on: Sequence[Item], now: datetime) -> bool:
    """Tell whether an item has not come on because what a desk started before it still has the stage."""
    if item in on or item.started_at or item.ended_at:
        return False
    running = [one for one in on if is_running(one, now)]
    return bool(running) and _waits(item, running) and item.slot.start >= running[0].slot.start


def _phase(held: Sequence[Item], on: Sequence[Item], coming: Item | None, now: datetime) -> StagePhase:
    if not held:
        return StagePhase.EMPTY
    if on:
        return StagePhase.ON
    if now < held[0].slot.start:
        return StagePhase.BEFORE
    return StagePhase.GAP if coming else StagePhase.OVER
