"""What is on and what comes next, stage by stage."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

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
    """A stage at an instant. `called_off` are cancelled items in whose time the instant lies."""

    stage: Place
    phase: StagePhase
    on: tuple[Item, ...]
    next: Item | None
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
    def next(self) -> tuple[tuple[Place, Item], ...]:
        """Return the next item of each stage that has one, the earliest first."""
        coming = [(row.stage, row.next) for row in self.stages if row.next]
        return tuple(sorted(coming, key=lambda pair: (pair[1].slot.start, pair[0].code)))


def board_at(programme: Programme, now: datetime) -> Board:
    """Return what is on and next. An item that ends at `now` is over, one that starts at `now` is on."""
    edges = sorted({edge for item in programme.items for edge in (item.slot.start, item.slot.end)})
    return Board(
        stages=tuple(_stage_at(programme, stage, now) for stage in programme.stages),
        since=max((edge for edge in edges if edge <= now), default=None),
        until=min((edge for edge in edges if edge > now), default=None),
    )


def _stage_at(programme: Programme, stage: Place, now: datetime) -> StageNow:
    there = [item for item in programme.items if item.stage == stage.code]
    held = [item for item in there if not item.is_cancelled]
    on = tuple(item for item in held if now in item.slot)
    return StageNow(
        stage=stage,
        phase=_phase(held, on, now),
        on=on,
        next=next((item for item in held if item.slot.start > now), None),
        called_off=tuple(item for item in there if item.is_cancelled and now in item.slot),
    )


def _phase(held: list[Item], on: tuple[Item, ...], now: datetime) -> StagePhase:
    if not held:
        return StagePhase.EMPTY
    if on:
        return StagePhase.ON
    if now < held[0].slot.start:
        return StagePhase.BEFORE
    return StagePhase.GAP if any(item.slot.start > now for item in held) else StagePhase.OVER
