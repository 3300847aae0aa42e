"""Reading the file's times: the forms it allows, and instants in the fair's zone."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from eventsite.eventfile.core.schema import read_date
from eventsite.eventfile.core.sections import Record, text_of
from eventsite.kernel.ranges import TimeRange, local_range

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]\Z")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})\Z"
)
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*\Z")
FIRST_YEAR, LAST_YEAR = 1970, 2199


def read_time(text: str) -> time | None:
    """Return the time that a text of the form HH:MM names."""
    return time.fromisoformat(text) if _TIME.match(text) else None


def read_instant(text: str) -> datetime | None:
    """Return the instant that an ISO 8601 text with an offset names."""
    if _INSTANT.match(text) is None:
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return instant if is_in_reach(instant.date()) else None


def is_in_reach(day: date) -> bool:
    """Tell whether a day is in years that a fair can mean, and every zone's calendar can hold."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def read_zone(name: str) -> tzinfo | None:
    """Return the time zone of that name, if it is known."""
    if _ZONE.match(name) is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder's name, or a file that is no zone
        return None


def day_of(record: Record, key: str = "date") -> date | None:
    """Return a date of the record, where it is one in reach."""
    day = read_date(text_of(record, key) or "")
    return day if day is not None and is_in_reach(day) else None


def time_of(record: Record, key: str) -> time | None:
    """Return a time of the record, where it is one."""
    return read_time(text_of(record, key) or "")


def span_of(record: Record, zone: tzinfo | None) -> TimeRange | None:
    """Return when a programme item is on; `None` where its times are faulty or end before they start."""
    day, start, end = day_of(record), time_of(record, "start"), time_of(record, "end")
    end_day = day_of(record, "end_date") if record.get("end_date") is not None else day
    if day is None or start is None or end is None or end_day is None:
        return None
    try:
        return local_range(day, start, end, zone or UTC, end_day)
    except ValueError:
        return None


def hours_of(record: Record, zone: tzinfo | None) -> TimeRange | None:
    """Return a day's opening hours; closing at or before opening means past midnight."""
    day, opens, closes = day_of(record), time_of(record, "open"), time_of(record, "close")
    if day is None or opens is None or closes is None:
        return None
    return local_range(day, opens, closes, zone or UTC, day if closes > opens else day + timedelta(days=1))
