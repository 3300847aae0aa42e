"""iCalendar (RFC 5545, 7986): a calendar that people subscribe to.

VCALENDAR carries no UID: with one, vdirsyncer keeps a single event of the whole file.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vText

from eventsite.exports.core import Entry, Snapshot, kind_word, word

PRODUCT = "-//eventsite//programme//ZH"
REFRESH = timedelta(hours=1)
MARGIN = timedelta(days=370)  # the offsets of a whole year on both sides, so that a calendar may look around


def write_ics(snapshot: Snapshot, language: str) -> bytes:
    """Return the calendar in a language; the same snapshot gives the same bytes."""
    calendar = _head(snapshot, language)
    if zone := _timezone(snapshot):
        calendar.add_component(zone)
    for entry in snapshot.entries:
        calendar.add_component(_event(snapshot, entry, language))
    return bytes(calendar.to_ical())


def _head(snapshot: Snapshot, language: str) -> Calendar:
    calendar = Calendar()
    name = f"{snapshot.name.said(language)} · {word('programme', language)}"
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", snapshot.timezone)
    calendar.add("x-wr-caldesc", f"{snapshot.title.said(language)} · {snapshot.place.said(language)}")
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    calendar.add("source", snapshot.links.calendar, parameters={"value": "URI"})
    calendar.add("url", snapshot.links.programme)
    return calendar


def _timezone(snapshot: Snapshot) -> Timezone | None:
    """Return the offsets of the event's zone around its items; none for UTC, which needs no definition."""
    times = [time for entry in snapshot.entries for time in (entry.start, entry.end)] or [
        snapshot.released_at
    ]
    if snapshot.timezone == "UTC":
        return None
    return _offsets(snapshot.timezone, min(times).date().year, max(times).date().year)


@lru_cache(maxsize=16)
def _offsets(timezone: str, first_year: int, last_year: int) -> Timezone:
    first = datetime(first_year, 1, 1, tzinfo=UTC) - MARGIN
    last = datetime(last_year, 12, 31, tzinfo=UTC) + MARGIN
    zone = Timezone.from_tzinfo(ZoneInfo(timezone), timezone, first_date=first.date(), last_date=last.date())
    del zone["comment"]  # the library's remark on its own range
    zone.add("x-lic-location", timezone)
    return zone


def _event(snapshot: Snapshot, entry: Entry, language: str) -> Event:
    title = entry.title.said(language)
    zone = snapshot.zone
    event = Event()
    event.add("uid", str(entry.uuid))
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.start.astimezone(zone))
    event.add("dtend", entry.end.astimezone(zone))
    event.add("summary", f"{word('cancelled', language)}{title}" if entry.cancelled else title)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("location", vText(_where(snapshot, entry, language)))
    if description := "\n".join(_lines(entry, language)):
        event.add("description", description)
    event.add("categories", [kind_word(entry.kind, language)])
    event.add("url", f"{snapshot.links.programme}#{entry.anchor}")
    return event


def _where(snapshot: Snapshot, entry: Entry, language: str) -> str:
    words = (entry.room.name, entry.room.zone, snapshot.place)
    return " · ".join(place.said(language) for place in words)


def _lines(entry: Entry, language: str) -> Iterator[str]:
    if entry.notice.said(language):
        yield entry.notice.said(language)
    if entry.group:
        yield f"{word('troupe', language)}{word('separator', language)}{entry.group.name.said(language)}"
    if entry.delegation.said(language):
        yield f"{word('delegation', language)}{word('separator', language)}{entry.delegation.said(language)}"
