"""Where the editor puts items: moves in, refusals that name both sides out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.ranges import TimeRange
from eventsite.kernel.words import N_
from eventsite.programme.core.facts import LONGEST

MOST_MOVES = 300
LATEST = 2**31  # minutes since 1970: farther than any calendar goes
KEYS = frozenset({"id", "version", "stage", "start", "minutes", "reset"})


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where an item is: a stage by code from `starts_at` on, or nowhere; `minutes` is its length."""

    stage: str | None
    starts_at: datetime | None
    minutes: int

    def __post_init__(self) -> None:
        if (self.stage is None) != (self.starts_at is None):
            raise DomainError(N_("An item on a stage needs a date, a start and an end."))
        if not 0 < self.minutes <= LONGEST:
            raise DomainError(N_("An item has 1 to %(most)s minutes."), most=LONGEST)

    @property
    def slot(self) -> TimeRange | None:
        """Return when it is, nothing where it waits."""
        if self.starts_at is None:
            return None
        return TimeRange(self.starts_at, self.starts_at + timedelta(minutes=self.minutes))


@dataclass(frozen=True, kw_only=True)
class Move:
    """An item that was read at `version` goes to a spot; in a plan, 0 is one that is where the draft has it.

    `reset` puts an item of a plan back to where the draft has it, whatever the spot says.
    """

    item_id: int
    version: int
    spot: Spot
    reset: bool = False


@dataclass(frozen=True, kw_only=True)
class StaleMove:
    """A move of an item that somebody else moved first: where it is now, and where it was to go."""

    item_id: int
    version: int
    title_zh: str
    title_en: str
    theirs: Spot
    mine: Spot


class StaleMoves(Conflict):
    """Somebody else moved some of these items first; nothing was written."""

    def __init__(self, stale: Sequence[StaleMove]) -> None:
        super().__init__(N_("Somebody else moved an item after you opened this page. Nothing was saved."))
        self.stale = tuple(stale)


def read_moves(document: Any) -> tuple[Move, ...]:
    """Return the moves that the editor sent: `start` is in minutes since 1970, without it the item waits.

    Raises `DomainError` for anything else, and for more than `MOST_MOVES`.
    """
    rows = document.get("moves") if isinstance(document, dict) else None
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_MOVES:
        raise _unread()
    moves = tuple(_read_move(row) for row in rows)
    if len({move.item_id for move in moves}) < len(moves):
        raise _unread()
    return moves


def minute_of(instant: datetime) -> int:
    """Return an instant as the editor counts it: minutes since 1970."""
    return int(instant.timestamp()) // 60


def _read_move(row: Any) -> Move:
    if not isinstance(row, dict) or not row.keys() <= KEYS:
        raise _unread()
    stage, start, reset = row.get("stage"), row.get("start"), row.get("reset", False)
    if not isinstance(stage, str | None) or not isinstance(reset, bool):
        raise _unread()
    starts_at = None if start is None else datetime.fromtimestamp(_number(start) * 60, UTC)
    spot = Spot(stage=stage, starts_at=starts_at, minutes=_number(row.get("minutes")))
    version, item_id = _number(row.get("version")), _number(row.get("id"))
    return Move(item_id=item_id, version=version, spot=spot, reset=reset)


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value < LATEST:
        raise _unread()
    return value


def _unread() -> DomainError:
    return DomainError(N_("These moves cannot be read. Open the page again."))
