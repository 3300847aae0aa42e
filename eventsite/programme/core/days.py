"""Items sorted for the eye: by fair day, then by part of the day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from eventsite.programme.core.values import Item, Programme
from eventsite.programme.enums import Daypart

NOON, DUSK = 12, 18


@dataclass(frozen=True, kw_only=True)
class Part:
    """The items of a part of a day."""

    daypart: Daypart
    items: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class DayPlan:
    """The items of a fair day in its parts."""

    date: date
    parts: tuple[Part, ...]


def fair_day(programme: Programme, instant: datetime) -> date:
    """Return the day that an instant belongs to: after midnight still the one whose hours it lies in."""
    for day in programme.days:
        if instant in day.hours:
            return day.date
    return instant.astimezone(programme.fair.zone).date()


def plan_days(programme: Programme, items: Iterable[Item]) -> tuple[DayPlan, ...]:
    """Return the items by day and part of the day, both in order."""
    days: dict[date, list[Item]] = {}
    for item in items:
        days.setdefault(fair_day(programme, item.slot.start), []).append(item)
    return tuple(DayPlan(date=day, parts=_parts(programme, day, days[day])) for day in sorted(days))


def _parts(programme: Programme, day: date, items: Sequence[Item]) -> tuple[Part, ...]:
    found: dict[Daypart, list[Item]] = {part: [] for part in Daypart}
    for item in items:
        found[daypart(programme, day, item.slot.start)].append(item)
    return tuple(Part(daypart=part, items=tuple(inside)) for part, inside in found.items() if inside)


def daypart(programme: Programme, day: date, instant: datetime) -> Daypart:
    """Return the part of a fair day that an instant lies in."""
    local = instant.astimezone(programme.fair.zone)
    if local.date() > day:
        return Daypart.NIGHT
    if local.hour < NOON:
        return Daypart.MORNING
    return Daypart.AFTERNOON if local.hour < DUSK else Daypart.EVENING
