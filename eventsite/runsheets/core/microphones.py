"""Who has which microphones when: numbers are handed out in time order, the lowest free ones first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventsite.kernel.ranges import TimeRange


@dataclass(frozen=True, kw_only=True)
class Need:
    """An item that needs some microphones while it takes its stage; `item` is handed through."""

    item: Any
    span: TimeRange
    amount: int


@dataclass(frozen=True, kw_only=True)
class Allotment:
    """What an item gets: numbers from 1 on, and how many it lacks."""

    need: Need
    numbers: tuple[int, ...]
    short: int


@dataclass(frozen=True, kw_only=True)
class Peak:
    """The most that is needed at once, and when that is first so."""

    amount: int
    at: datetime


def allot(needs: Sequence[Need], quantity: int | None) -> tuple[Allotment, ...]:
    """Hand out microphones in the order of time; without a quantity there are always enough.

    What touches does not overlap: a set that comes back at an instant goes out again at it.
    """
    out: list[tuple[datetime, tuple[int, ...]]] = []
    made = []
    for need in sorted(needs, key=lambda need: (need.span.start, need.span.end, need.item.ref)):
        out = [(until, numbers) for until, numbers in out if until > need.span.start]
        busy = {number for _until, numbers in out for number in numbers}
        free = _free(busy, need.amount, quantity)
        out.append((need.span.end, free))
        made.append(Allotment(need=need, numbers=free, short=need.amount - len(free)))
    return tuple(made)


def peak_of(needs: Sequence[Need]) -> Peak | None:
    """Return the most that is needed at once, `None` where nothing is."""
    found: Peak | None = None
    for one in sorted(needs, key=lambda need: need.span.start):
        at = one.span.start
        amount = sum(other.amount for other in needs if at in other.span)
        if found is None or amount > found.amount:
            found = Peak(amount=amount, at=at)
    return found


def ranges(numbers: Sequence[int]) -> str:
    """Return numbers as people write them: `1–3, 5`."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(f"{part[0]}–{part[-1]}" if len(part) > 1 else f"{part[0]}" for part in parts)


def _free(busy: set[int], amount: int, quantity: int | None) -> tuple[int, ...]:
    most = quantity if quantity is not None else len(busy) + amount
    return tuple(number for number in range(1, most + 1) if number not in busy)[:amount]
