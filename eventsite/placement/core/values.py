"""What is to be placed, where it can stand, and what an arrangement is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from eventsite.kernel.boxes import Box

Spot = tuple[str, ...]  # the codes of the places that a unit takes: one, or two that touch


class Demand(Enum):
    """What an arrangement must keep; each may be relaxed, by a person, where not all can be kept."""

    PLACE = "place"
    CATEGORY = "category"
    ZONE = "zone"
    POWER = "power"
    APART = "apart"
    RIVALS = "rivals"


@dataclass(frozen=True, kw_only=True)
class Place:
    """A booth on the plan where units may stand; `circuit` is the code of what feeds it."""

    code: str
    zone: str
    category: str
    box: Box
    circuit: str | None = None


@dataclass(frozen=True, kw_only=True)
class Unit:
    """An exhibitor who is to be placed.

    `zone` is where it must stand ("" anywhere), `wishes` the booths it would like in this order, `near` the
    unit it would like beside it, `trade` what rivals have in common ("" for none), `load` its power in
    tenths of a kW, `places` 1 or 2, `fixed` where it stands already.
    """

    ref: str
    name: str
    category: str
    zone: str = ""
    wishes: tuple[str, ...] = ()
    near: str = ""
    delegation: str = ""
    trade: str = ""
    load: int = 0
    flame: bool = False
    places: int = 1
    fixed: Spot = ()


@dataclass(frozen=True, kw_only=True)
class Circuit:
    """A circuit or a whole zone's feeder with its limit in tenths of a kW, less what other booths draw."""

    code: str
    room: int
    of_zone: bool = False

    def feeds(self, place: Place) -> bool:
        """Tell whether what stands on a place draws from it."""
        return self.code == (place.zone if self.of_zone else place.circuit)


@dataclass(frozen=True, kw_only=True)
class Apart:
    """Two sorts of units that keep a distance, in units of the plan. A sort is a category or "flame"."""

    one: str
    other: str
    gap: float


@dataclass(frozen=True, kw_only=True)
class Task:
    """All that placing needs to know. Two places touch where they are no more than `touch` apart."""

    units: tuple[Unit, ...]
    places: tuple[Place, ...]
    circuits: tuple[Circuit, ...] = ()
    apart: tuple[Apart, ...] = ()
    touch: float = 10.0


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A demand that an arrangement does not keep: whose, beside whom, and by how much (tenths of a kW).

    Power is of a `circuit` or, where it is the feeder of a whole zone, of a `zone`.
    """

    demand: Demand
    unit: str = ""
    other: str = ""
    circuit: str = ""
    zone: str = ""
    by: int = 0


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """An arrangement with what it is worth, and how good any other could be.

    `spots` says where each placed unit stands. `best_worth` bounds the worth of all arrangements that break
    as little; `least_broken` bounds how little can be broken.
    """

    spots: Mapping[str, Spot]
    broken: tuple[Broken, ...]
    worth: int
    best_worth: int
    least_broken: int
    seconds: float = field(default=0.0, compare=False)

    @property
    def is_optimal(self) -> bool:
        """Tell whether no arrangement is better."""
        return self.least_broken >= len(self.broken) and self.best_worth <= self.worth

    @property
    def gap(self) -> float:
        """Return how much better another arrangement could be, as a share of its worth; 0 is the optimum."""
        return max(self.best_worth - self.worth, 0) / max(abs(self.best_worth), 1)
