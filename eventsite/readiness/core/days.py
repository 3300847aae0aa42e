"""Days counted back from the first day of the fair: what is in time, due soon, late or done."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from eventsite.readiness.enums import SETTLED

SOON = 7  # days ahead that a dashboard speaks of


class DayState(Enum):
    """How a day with something due on it stands."""

    DONE = "done"
    WAITING = "waiting"
    AHEAD = "ahead"
    SOON = "soon"
    LATE = "late"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Countdown:
    """How something stands that is due on a day; `days` are left until then, negative ones late."""

    state: DayState
    due: date
    days: int

    @property
    def is_wrong(self) -> bool:
        """Tell whether somebody has to act now."""
        return self.state in (DayState.LATE, DayState.REFUSED)

    @property
    def late_by(self) -> int:
        """Return by how many days it is late."""
        return max(-self.days, 0)


def permit_day(status: str, due: date, today: date) -> Countdown:
    """Return how a permit stands; one that is applied for waits for its authority."""
    if status in SETTLED:
        state = DayState.DONE
    elif status == "submitted":
        state = DayState.WAITING
    elif status == "rejected":
        state = DayState.REFUSED
    else:
        state = _ahead(due, today)
    return Countdown(state=state, due=due, days=(due - today).days)


def milestone_day(*, done: bool, due: date, today: date) -> Countdown:
    """Return how a milestone stands."""
    state = DayState.DONE if done else _ahead(due, today)
    return Countdown(state=state, due=due, days=(due - today).days)


def _ahead(due: date, today: date) -> DayState:
    left = (due - today).days
    if left < 0:
        return DayState.LATE
    return DayState.SOON if left <= SOON else DayState.AHEAD
