"""Dates, times and lengths as files write them. Every refusal is a `Wrong` with a sentence."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from eventsite.imports.core.values import LONGEST_MINUTES
from eventsite.kernel.words import N_

SHOWN = 40
FIRST_YEAR, LAST_YEAR = 1970, 2199
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
CLOCK = re.compile(r"(\d{1,2})\s*[:：时点]\s*(\d{1,2})?(?:\s*[:：分]\s*\d{0,2}(?:\.\d+)?)?\s*[分秒]?")
OFFSET = re.compile(r"(.*?)\s*(Z|z|[+-]\d{2}:?\d{2})\s*", re.DOTALL)
LENGTH = re.compile(r"(-?)(\d{1,5})[:：](\d{1,2})(?:[:：](\d{1,2})(?:\.\d+)?)?")
MINUTES = re.compile(r"(-?)(\d{1,6})(?:\.0+)?\s*(?:min|minutes|分钟|分)?")
ISO_LENGTH = re.compile(
    r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})(?:\.\d+)?S)?)?"
)
HUNDRED_HOURS = 100 * 60
ZONE = re.compile(r"[A-Za-z0-9_+/-]{1,60}")


class Wrong(Exception):
    """A value does not say what it should; the sentence says why, `name` which field it is."""

    def __init__(self, message: str, *, name: str = "", **params: Any) -> None:
        super().__init__(message)
        self.message, self.name, self.params = message, name, params


def find_zone(name: str) -> ZoneInfo | None:
    """Return the time zone of that name, `None` for one that nobody knows."""
    if not ZONE.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not there, no name of a zone, a folder of zones
        return None


def read_day(text: str) -> date | None:
    """Return the date that a text begins with; `None` for none."""
    found = DAY.match(text.strip())
    if found is None:
        return None
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def read_clock(text: str) -> timedelta | None:
    """Return a time of day as its distance from midnight, up to 24:00; `None` for none."""
    found = CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes = int(found[1]), int(found[2] or 0)
    if minutes > 59 or hours > 24 or (hours == 24 and minutes):
        return None
    return timedelta(hours=hours, minutes=minutes)


def read_instant(text: str, zone: tzinfo) -> datetime | None:
    """Return the instant of a date with a time: with an offset or `Z`, else on the zone's own clock."""
    day = DAY.match(text.strip())
    if day is None:
        return None
    rest = text.strip()[day.end() :].lstrip("Tt \u3000")
    offset = OFFSET.fullmatch(rest)
    clock = read_clock((offset[1] if offset else rest).strip())
    on = read_day(text)
    if clock is None or on is None:
        return None
    return at_clock(on, clock, _offset(offset[2]) if offset else zone)


def at_clock(day: date, clock: timedelta, zone: tzinfo) -> datetime:
    """Return the instant at which the zone's clock shows that time of that day."""
    naive = datetime.combine(day, time()) + clock
    return naive.replace(tzinfo=zone).astimezone(UTC)


def offset_of(text: str) -> tzinfo | None:
    """Return the offset that an instant is written with."""
    found = OFFSET.fullmatch(text.strip())
    return _offset(found[2]) if found and ":" in found[1] else None


def read_minutes(text: str) -> int:
    """Return a length in whole minutes: `HH:MM`, `HH:MM:SS`, ISO 8601 or plain minutes; raises `Wrong`."""
    said = text.strip()
    minutes = _minutes(said)
    if minutes is None:
        raise Wrong(N_("“%(text)s” is no length such as 00:30 or PT30M."), text=said[:SHOWN])
    if minutes < 0:
        raise Wrong(N_("A length cannot be negative: “%(text)s”."), text=said[:SHOWN])
    if minutes >= HUNDRED_HOURS:
        raise Wrong(N_("A length of 100 hours or more: “%(text)s”."), text=said[:SHOWN])
    return check_minutes(minutes)


def check_minutes(minutes: int) -> int:
    """Return a length that an item may have; raises `Wrong`."""
    if minutes <= 0:
        raise Wrong(N_("It has to end after it starts."))
    if minutes > LONGEST_MINUTES:
        raise Wrong(N_("An item lasts at most 24 hours; this one would last %(hours)s."), hours=minutes // 60)
    return minutes


def _minutes(said: str) -> int | None:
    if found := LENGTH.fullmatch(said):
        whole = int(found[2]) * 60 + int(found[3]) + (1 if int(found[4] or 0) >= 30 else 0)
        return -whole if found[1] else whole
    if found := MINUTES.fullmatch(said):
        return -int(found[2]) if found[1] else int(found[2])
    found = ISO_LENGTH.fullmatch(said.upper())
    if found is None or not any(found.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    whole = ((weeks * 7 + days) * 24 + hours) * 60 + minutes + round(seconds / 60)
    return -whole if found[1] == "-" else whole


def _offset(text: str) -> tzinfo:
    if text in ("Z", "z"):
        return UTC
    bare = text.replace(":", "")
    hours, minutes = int(bare[1:3]), int(bare[3:5])
    if hours > 23 or minutes > 59:
        raise Wrong(N_("“%(text)s” is no offset of a time zone."), text=text)
    length = timedelta(hours=hours, minutes=minutes)
    return timezone(-length if bare[0] == "-" else length)
