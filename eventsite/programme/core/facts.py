"""An item as the team writes it down: places and people by code, times as the venue's clock shows them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from eventsite.kernel.errors import DomainError
from eventsite.kernel.ranges import TimeRange, local_range
from eventsite.kernel.words import N_
from eventsite.programme.enums import SCHEDULED


@dataclass(frozen=True, kw_only=True)
class ItemFacts:
    """What a form says of an item.

    `day` is an ISO date, `start` and `end` are `HH:MM`; `overnight` puts the end on the day after.
    """

    title_zh: str
    title_en: str
    kind: str
    stage: str
    day: str
    start: str
    end: str
    overnight: bool = False
    status: str = SCHEDULED
    troupe: str | None = None
    delegation: str | None = None
    call_minutes_before: int = 20
    notice_zh: str = ""
    notice_en: str = ""


def slot_of(facts: ItemFacts, zone: ZoneInfo) -> TimeRange:
    """Return when the item is; raises `DomainError` on `end` where it does not end after it starts."""
    day = date.fromisoformat(facts.day)
    start, end = time.fromisoformat(facts.start), time.fromisoformat(facts.end)
    if end <= start and not facts.overnight:
        raise DomainError(
            N_("It has to end after it starts. If it runs past midnight, say so below."), field="end"
        )
    if end > start and facts.overnight:
        raise DomainError(N_("An item is shorter than a day."), field="overnight")
    return local_range(day, start, end, zone, day + timedelta(days=1) if facts.overnight else day)


def clock_of(slot: TimeRange, zone: ZoneInfo) -> dict[str, str | bool]:
    """Return a slot as the facts have it."""
    start, end = slot.start.astimezone(zone), slot.end.astimezone(zone)
    return {
        "day": start.date().isoformat(),
        "start": _clock(start),
        "end": _clock(end),
        "overnight": end.date() > start.date(),
    }


def _clock(local: datetime) -> str:
    return local.strftime("%H:%M")
