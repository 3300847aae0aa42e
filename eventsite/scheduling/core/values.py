"""What is to be placed, where and when it may be, and what a timetable is.

Times are whole minutes from a moment that the caller chooses, midnight before the first day; a night past
midnight simply goes on. A start is a multiple of the step.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

Range = tuple[int, int]  # minutes, half-open


class Rule(Enum):
    """What keeps an act from its place, and what a person may relax."""

    HOURS = "hours"
    STAGE = "stage"
    AVAILABILITY = "availability"
    REST = "rest"
    THING = "thing"


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where an act is: on which stage, and from which minute on."""

    stage: str
    start: int


@dataclass(frozen=True, kw_only=True)
class Act:
    """An item: how long it takes, whom and what it needs.

    `at` is where it is now, nothing while it waits; only a `free` one is placed. `stages` are those it may be
    on, none means all that the task names. `walk` is what its troupe needs after the tear-down. `uses` are
    shared things with how many of them it takes.
    """

    ref: str
    minutes: int
    setup: int = 0
    teardown: int = 0
    walk: int = 0
    stages: tuple[str, ...] = ()
    troupe: str = ""
    city: str = ""
    genre: str = ""
    unit: str = ""
    uses: tuple[tuple[str, int], ...] = ()
    at: Spot | None = None
    free: bool = True


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What people asked for: minutes of rest for a troupe, the step of starts, and what is to be spread."""

    rest: int = 30
    step: int = 5
    cities: bool = True
    genres: bool = True


@dataclass(frozen=True, kw_only=True)
class Task:
    """All that a timetable has to know.

    `windows` says when a troupe can perform; a troupe without any can always. `things` says how many there
    are of what acts share.
    """

    acts: tuple[Act, ...]
    days: tuple[Range, ...]
    stages: tuple[str, ...]
    windows: Mapping[str, tuple[Range, ...]] = field(default_factory=dict)
    things: Mapping[str, int] = field(default_factory=dict)
    wishes: Wishes = Wishes()


@dataclass(frozen=True, kw_only=True)
class Relax:
    """One rule that would have to give way, by so many minutes.

    `what` is the stage, the troupe or the thing; `until` the minute up to which it would be needed, and
    `since` the one from which on, where the rule is about hours.
    """

    rule: Rule
    minutes: int
    what: str
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, kw_only=True)
class Way:
    """A place that a left act could have if these rules gave way together."""

    spot: Spot
    relaxes: tuple[Relax, ...]

    @property
    def minutes(self) -> int:
        """Return how much gives way in all."""
        return sum(relax.minutes for relax in self.relaxes)


@dataclass(frozen=True, kw_only=True)
class Left:
    """Acts that found no place together, and the smallest ways to give them one, the smallest first."""

    refs: tuple[str, ...]
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A timetable with what it leaves out and costs, and how little any other could.

    `spots` has each free act that was placed. No timetable leaves out fewer than `least_left` acts, and none
    that leaves out as few as that costs less than `least_cost`. `again` tells whether the same task gives the
    same timetable once more: it does unless the clock ran out before the work that was allowed was done.
    """

    spots: Mapping[str, Spot]
    left: tuple[Left, ...]
    cost: int
    least_left: int
    least_cost: int
    again: bool = True
    seconds: float = field(default=0.0, compare=False)

    @property
    def left_out(self) -> int:
        """Return how many acts found no place."""
        return sum(len(left.refs) for left in self.left)

    @property
    def is_optimal(self) -> bool:
        """Tell whether no timetable is better by these rules."""
        return self.least_left >= self.left_out and self.least_cost >= self.cost

    @property
    def gap(self) -> float:
        """Return how much better another timetable could be at most, as a share; 0 is the optimum.

        It is the share of the acts left out that might be placed, else of the cost that might be saved.
        """
        if self.left_out > self.least_left:
            return (self.left_out - self.least_left) / self.left_out
        return max(self.cost - self.least_cost, 0) / max(self.cost, 1)


@dataclass(frozen=True, kw_only=True)
class Request:
    """What people ask for: what a timetable shall keep to, on which stages, and how long to look for one.

    With `replace`, items of those stages that have a place and are neither pinned nor fixed are placed anew.
    """

    wishes: Wishes = Wishes()
    stages: tuple[str, ...] = ()
    replace: bool = False
    seconds: int = 10
