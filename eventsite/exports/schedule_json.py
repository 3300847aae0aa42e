"""schedule.json version 1, as c3voc's schema has it (validator/json/schema.json).

The format has no state: cancelled items drop out, and the version rises.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from eventsite.exports.core import Both, Entry, Group, Room, Snapshot, Span, kind_word

SCHEMA = "https://c3voc.de/schedule/schema.json"
ZONE_NAME = re.compile(r"^([A-Z][a-z]+/[A-Z][a-z]+)|UTC$")  # the schema's own pattern
SLOT = "00:05"


def write_schedule_json(snapshot: Snapshot, language: str) -> bytes:
    """Return the schedule in a language; the same snapshot gives the same bytes."""
    document = {
        "$schema": SCHEMA,
        "generator": {"name": "eventsite", "version": "1"},
        "schedule": {
            "version": snapshot.version,
            "base_url": snapshot.links.home,
            "conference": _Schedule(snapshot, language).conference(),
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def acronym(slug: str) -> str:
    """Return the event's short name as the schema wants it: at least four of `a-z 0-9 _`."""
    return slug.replace("-", "_").ljust(4, "_")


def slugged(text: str) -> str:
    """Return text as the schema's slugs are: ASCII, lower case, with a letter or digit at the end."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "x"


@dataclass(frozen=True)
class _Schedule:
    """One snapshot told in one language."""

    snapshot: Snapshot
    language: str

    def conference(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "acronym": acronym(self.snapshot.slug),
            "title": self.said(self.snapshot.title),
            "start": self.days[0].date.isoformat(),
            "end": self.days[-1].date.isoformat(),
            "daysCount": len(self.days),
            "timeslot_duration": SLOT,
            "url": self.snapshot.links.home,
            "tracks": [
                {"name": kind_word(kind, self.language), "slug": slugged(f"kind-{kind}")}
                for kind in sorted({entry.kind for entry in self.entries})
            ],
            "rooms": [self.room(room) for room in self.snapshot.rooms],
            "days": [self.day(index, day) for index, day in enumerate(self.days, 1)],
        }
        if ZONE_NAME.match(self.snapshot.timezone):
            found["time_zone_name"] = self.snapshot.timezone
        return found

    @cached_property
    def entries(self) -> list[Entry]:
        return [entry for entry in self.snapshot.entries if not entry.cancelled]

    @cached_property
    def days(self) -> list[Span]:
        """Return the fair's days and those that items lie on outside of them; never none."""
        days = {day.date: day for day in self.snapshot.days}
        for entry in self.entries:
            if entry.day not in days:
                days[entry.day] = Span(date=entry.day, start=entry.start, end=entry.end)
        if not days:
            instant = self.snapshot.released_at
            date = instant.astimezone(self.snapshot.zone).date()
            days[date] = Span(date=date, start=instant, end=instant)
        return [days[date] for date in sorted(days)]

    @cached_property
    def rooms(self) -> dict[str, str]:
        """Return a name of its own for each stage by code; two of one name are told apart by their codes."""
        names = {room.code: self.said(room.name) for room in self.snapshot.rooms}
        said = list(names.values())
        return {code: f"{name} ({code})" if said.count(name) > 1 else name for code, name in names.items()}

    def room(self, room: Room) -> dict[str, Any]:
        return {
            "name": self.rooms[room.code],
            "slug": slugged(f"stage-{room.code}"),
            "guid": str(room.uuid),
            "type": "stage",
            "description": None,
            "capacity": room.capacity,
        }

    def day(self, index: int, day: Span) -> dict[str, Any]:
        entries = [entry for entry in self.entries if entry.day == day.date]
        held: dict[str, list[dict[str, Any]]] = {name: [] for name in self.rooms.values()}
        for entry in entries:
            held[self.rooms[entry.room.code]].append(self.event(entry))
        return {
            "index": index,
            "date": day.date.isoformat(),
            "day_start": self.local(min([day.start, *(entry.start for entry in entries)])),
            "day_end": self.local(max([day.end, *(entry.end for entry in entries)])),
            "rooms": held,
        }

    def event(self, entry: Entry) -> dict[str, Any]:
        title = self.said(entry.title)
        other = entry.title.said("en" if self.language == "zh" else "zh")
        return {
            "guid": str(entry.uuid),
            "id": entry.number,
            "date": self.local(entry.start),
            "start": entry.start.astimezone(self.snapshot.zone).strftime("%H:%M"),
            "end": self.local(entry.end),
            "duration": _duration(entry.end - entry.start),
            "room": self.rooms[entry.room.code],
            "slug": f"{acronym(self.snapshot.slug)}-{entry.number}-{slugged(entry.ref)}",
            "url": f"{self.snapshot.links.programme}#{entry.anchor}",
            "title": title,
            "subtitle": other if other != title else "",
            "track": kind_word(entry.kind, self.language),
            "type": entry.kind,
            "language": self.language,
            "abstract": self.said(entry.notice),
            "description": self.said(entry.delegation),
            "persons": [self.person(entry.group)] if entry.group else [],
            "links": [],
            "attachments": [],
        }

    def person(self, group: Group) -> dict[str, Any]:
        """Return a performer by `name` and `guid`: with `id` and `public_name` too, two forms would match."""
        return {"name": self.said(group.name), "guid": str(group.uuid)}

    def said(self, words: Both) -> str:
        return words.said(self.language)

    def local(self, instant: datetime) -> str:
        return instant.astimezone(self.snapshot.zone).isoformat(timespec="seconds")


def _duration(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"
