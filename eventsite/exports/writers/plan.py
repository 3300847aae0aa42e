"""What the schedule formats share: days that hold every item, and a name of its own for each stage."""

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache

from eventsite.exports.core.values import Both, Entry, Room, Snapshot, Span
from eventsite.exports.core.words import kind_word
from eventsite.exports.writers.slugs import acronym, slugged

CODE = re.compile("[a-z]{2}")
LONGEST = 99 * 60 + 59  # minutes that the formats can say


@dataclass(frozen=True)
class Plan:
    """One snapshot told in one language; formats without a state leave out what is cancelled."""

    snapshot: Snapshot
    language: str
    stateful: bool = False

    @cached_property
    def acronym(self) -> str:
        """Return the event's short name."""
        return acronym(self.snapshot.slug)

    @cached_property
    def entries(self) -> list[Entry]:
        """Return the items that are told."""
        return [entry for entry in self.snapshot.entries if self.stateful or not entry.cancelled]

    @cached_property
    def by_day(self) -> list[tuple[Span, list[Entry]]]:
        """Return the fair's days with their items, and days outside of them that have items; never none.

        A day begins with its first item and ends with its last one where these lie outside its hours.
        """
        found: dict[Span, list[Entry]] = {day: [] for day in self.snapshot.days}
        days = {day.date: day for day in found}
        for entry in self.entries:
            if entry.day not in days:
                days[entry.day] = Span(date=entry.day, start=entry.start, end=entry.end)
            found.setdefault(days[entry.day], []).append(entry)
        if not found:
            instant = self.snapshot.released_at
            found[Span(date=self.snapshot.local(instant).date(), start=instant, end=instant)] = []
        return [(_stretched(day, found[day]), found[day]) for day in sorted(found, key=lambda day: day.date)]

    @cached_property
    def rooms(self) -> dict[str, str]:
        """Return a name of its own for each stage by code; two of one name are told apart by their codes."""
        names = {room.code: self.said(room.name) for room in self.snapshot.rooms}
        said = list(names.values())
        return {code: f"{name} ({code})" if said.count(name) > 1 else name for code, name in names.items()}

    def held(self, entries: list[Entry]) -> list[tuple[Room, list[Entry]]]:
        """Return each stage with those of the items that are on it."""
        found: dict[str, list[Entry]] = {room.code: [] for room in self.snapshot.rooms}
        for entry in entries:
            found[entry.room.code].append(entry)
        return [(room, found[room.code]) for room in self.snapshot.rooms]

    @cached_property
    def tracks(self) -> list[tuple[str, str]]:
        """Return the kinds of items: name and slug."""
        kinds = sorted({entry.kind for entry in self.entries})
        return [(kind_word(kind, self.language), track_slug(kind)) for kind in kinds]

    def said(self, words: Both) -> str:
        """Return words in the language of the file."""
        return words.said(self.language)

    def spoken(self, entry: Entry) -> str:
        """Return the language that an item is in, by the file's own where nobody has said it."""
        return coded(entry.languages) or self.language

    def subtitle(self, entry: Entry) -> str:
        """Return the title in the other language, empty where it is the same."""
        other = entry.title.said("en" if self.language == "zh" else "zh")
        return other if other != self.said(entry.title) else ""


@lru_cache(maxsize=256)
def coded(languages: tuple[str, ...]) -> str:
    """Return the first language that has a code of two letters, empty for none."""
    return next((language for language in languages if CODE.fullmatch(language)), "")


def track_slug(kind: str) -> str:
    """Return the slug of a kind."""
    return f"kind-{slugged(kind)}"


def stage_slug(room: Room) -> str:
    """Return the slug of a stage."""
    return f"stage-{slugged(room.code)}"


@lru_cache(maxsize=1024)
def clock_length(length: timedelta) -> str:
    """Return a length as hours and minutes."""
    minutes = min(int(length.total_seconds() // 60), LONGEST)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _stretched(day: Span, entries: list[Entry]) -> Span:
    start = min([day.start, *(entry.start for entry in entries)])
    return Span(date=day.date, start=start, end=max([day.end, *(entry.end for entry in entries)]))
