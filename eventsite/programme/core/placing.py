"""Where the editor puts items: moves in, refusals that name both sides out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.ranges import TimeRange
from eventsite.kernel.words import N_
from eventsite.programme.core.facts import LONGEST


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
