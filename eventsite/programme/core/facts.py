"""An item as the team writes it down: places and people by code, times as the venue's clock shows them."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from eventsite.kernel.errors import DomainError
from eventsite.kernel.ranges import TimeRange, local_range
from eventsite.kernel.words import N_
from eventsite.programme.enums import SCHEDULED

BY_KIND, FIXED, FREE = "", "fixed", "free"
LONGEST = 24 * 60
"""Minutes that an item may have."""


@dataclass(frozen=True, kw_only=True)
class ItemFacts:
    """What a form says of an item.

    `day` is an ISO date, `start` and `end` are `HH:MM`; `overnight` puts the end on the day after. Without a
    `stage` the item waits for its place: it has `minutes` and no times. `fixed` is one of `BY_KIND`, `FIXED`
    and `FREE`; set-up, tear-down, walk and call are minutes.
    """

    title_zh: str
    title_en: str
    kind: str
    stage: str | None
    day: str = ""
    start: str = ""
    end: str = ""
    overnight: bool = False
    minutes: int | None = None
    status: str = SCHEDULED
    troupe: str | None = None
    delegation: str | None = None
    call_minutes_before: int = 20
    setup_minutes: int = 0
    teardown_minutes: int = 0
    walk_minutes: int = 0
    wireless_mics: int = 0
    audio: str = ""
    props_zh: str = ""
    languages: tuple[str, ...] = ()
    fixed: str = BY_KIND
    pinned: bool = False
    unit: str | None = None
    notice_zh: str = ""
    notice_en: str = ""


def slot_of(facts: ItemFacts, zone: ZoneInfo) -> TimeRange | None:
    """Return when the item is, nothing for one that waits.

    Raises `DomainError` on the field that is missing, and on `end` where it does not end after it starts.
    """
    if facts.stage is None:
        return None
    for name in ("day", "start", "end"):
        if not getattr(facts, name):
            raise DomainError(N_("An item on a stage needs a date, a start and an end."), field=name)
    day = date.fromisoformat(facts.day)
    start, end = time.fromisoformat(facts.start), time.fromisoformat(facts.end)
    if end <= start and not facts.overnight:
        raise DomainError(
            N_("It has to end after it starts. If it runs past midnight, say so below."), field="end"
        )
    if end > start and facts.overnight:
        raise DomainError(N_("An item is shorter than a day."), field="overnight")
    return local_range(day, start, end, zone, day + timedelta(days=1) if facts.overnight else day)


def settled(facts: ItemFacts, zone: ZoneInfo) -> ItemFacts:
    """Return the facts with one spelling: a placed item has times, a waiting one has only its length.

    Raises `DomainError` as `slot_of` does, and on `minutes` for an item that has neither place nor length.
    """
    slot = slot_of(facts, zone)
    if slot is not None:
        return replace(facts, minutes=None)
    if not facts.minutes or not 0 < facts.minutes <= LONGEST:
        raise DomainError(
            N_("An item that waits for its place needs its length in minutes."), field="minutes"
        )
    return replace(facts, day="", start="", end="", overnight=False)


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
