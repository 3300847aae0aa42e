"""What items share, and when troupes can perform, as the team writes it down."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.ranges import TimeRange, local_range
from eventsite.kernel.words import N_
from eventsite.programme.enums import ResourceKind


@dataclass(frozen=True, kw_only=True)
class ResourceFacts:
    """What a form says of a person, a prop or a set of microphones; `quantity` is how many there are."""

    kind: str
    name_zh: str
    name_en: str
    quantity: int = 1

    @classmethod
    def of(cls, row: Any) -> "ResourceFacts":
        """Return the facts of a row."""
        told = {field.name: getattr(row, field.name) for field in fields(cls)}
        return cls(**{**told, "kind": row.kind.value})


def settled_resource(facts: ResourceFacts) -> ResourceFacts:
    """Return the facts; a person is one. Raises `DomainError` on `quantity`."""
    if facts.kind == ResourceKind.PERSON.value and facts.quantity != 1:
        raise DomainError(N_("A person is one: add each person."), field="quantity")
    return facts


@dataclass(frozen=True, kw_only=True)
class WindowFacts:
    """A time in which a troupe can perform: an ISO date, `HH:MM` twice, the end perhaps on the day after."""

    day: str
    start: str
    end: str
    overnight: bool = False


def window_of(facts: WindowFacts, zone: ZoneInfo) -> TimeRange:
    """Return the time as instants; raises `DomainError` on `end`."""
    day = date.fromisoformat(facts.day)
    start, end = time.fromisoformat(facts.start), time.fromisoformat(facts.end)
    if end <= start and not facts.overnight:
        raise DomainError(
            N_("It has to end after it starts. If it runs past midnight, say so below."), field="end"
        )
    return local_range(day, start, end, zone, day + timedelta(days=1) if facts.overnight else day)


def refuse_overlap(window: TimeRange, others: Iterable[TimeRange]) -> None:
    """Raise `Conflict` where a time overlaps another of the same troupe."""
    if any(window.overlaps(other) for other in others):
        raise Conflict(N_("This overlaps another time of the troupe. Remove that one first."), field="start")
