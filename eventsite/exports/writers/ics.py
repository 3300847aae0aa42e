"""iCalendar (RFC 5545, 7986): a calendar that people subscribe to.

VCALENDAR carries no UID: with one, vdirsyncer keeps a single event of the whole file.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vDatetime, vDDDTypes, vInt, vText, vUri

from eventsite.exports.core.values import Entry, Snapshot
from eventsite.exports.core.words import kind_word, named, titled, word

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
    name = named(snapshot, language)
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
    """Return an item; the library's types are chosen here: to look for them takes it as long as to write."""
    event = Event()
    event["UID"] = vText(str(entry.uuid))
    event["DTSTAMP"] = event["LAST-MODIFIED"] = vDatetime(entry.changed_at)
    event["SEQUENCE"] = vInt(entry.sequence)
    event["DTSTART"] = vDDDTypes(snapshot.local(entry.start))
    event["DTEND"] = vDDDTypes(snapshot.local(entry.end))
    event["SUMMARY"] = vText(titled(entry, language))
    event["STATUS"] = vText("CANCELLED" if entry.cancelled else "CONFIRMED")
    event["TRANSP"] = vText("TRANSPARENT")
    event["LOCATION"] = vText(_where(snapshot, entry, language))
    if description := "\n".join(_lines(snapshot, entry, language)):
        event["DESCRIPTION"] = vText(description)
    event["CATEGORIES"] = vText(kind_word(entry.kind, language))
    event["URL"] = vUri(snapshot.page(entry))
    return event


def _where(snapshot: Snapshot, entry: Entry, language: str) -> str:
    words = (entry.room.name, entry.room.zone, snapshot.place)
    return " · ".join(place.said(language) for place in words)


def _lines(snapshot: Snapshot, entry: Entry, language: str) -> Iterator[str]:
    if entry.notice.said(language):
        yield entry.notice.said(language)
    told = {
        "planned_start": f"{snapshot.local(entry.planned_start):%H:%M}" if entry.planned_start else "",
        "troupe": entry.group.name.said(language) if entry.group else "",
        "delegation": entry.team.name.said(language) if entry.team else "",
    }
    for name, text in told.items():
        if text:
            yield f"{word(name, language)}{word('separator', language)}{text}"
