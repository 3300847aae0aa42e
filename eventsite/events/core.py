"""Days and phases of an event: plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from eventsite.events.enums import Phase
from eventsite.kernel.ranges import TimeRange, local_range


@dataclass(frozen=True, kw_only=True)
class OpenDay:
    """A day of the fair with its opening hours as instants."""

    date: date
    hours: TimeRange


def open_day(day: date, opens: time, closes: time, zone: tzinfo) -> OpenDay:
    """Build a day; `closes` at or before `opens` is on the next calendar day."""
    end_day = day if closes > opens else day + timedelta(days=1)
    return OpenDay(date=day, hours=local_range(day, opens, closes, zone, end_day))


def phase_at(days: Sequence[OpenDay], now: datetime) -> Phase:
    """Return where `now` stands in the days of an event (in order)."""
    if not days or now < days[0].hours.start:
        return Phase.BEFORE
    if now >= days[-1].hours.end:
        return Phase.OVER
    return Phase.OPEN if any(now in day.hours for day in days) else Phase.BETWEEN


def current_day(days: Sequence[OpenDay], now: datetime) -> OpenDay | None:
    """Return the day that visitors mean by "today": the one that is on, else the next, else the last."""
    for day in days:
        if now < day.hours.end:
            return day
    return days[-1] if days else None
