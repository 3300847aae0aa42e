"""From texts as a file has them to the items that it means: one way for all formats.

A reader hands in a `Raw` for each item. What cannot be read becomes a fault with its place; what is odd and
can be read is a warning.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from eventsite.imports.core.raw import DayOf, Raw
from eventsite.imports.core.texts import HAN, clean, is_uuid, joined_names, kind_of, languages_of, numbers_of
from eventsite.imports.core.times import (
    Wrong,
    at_clock,
    check_minutes,
    read_clock,
    read_day,
    read_instant,
    read_minutes,
)
from eventsite.imports.core.values import (
    LONGEST_GUID,
    LONGEST_NAME,
    LONGEST_NOTICE,
    LONGEST_TITLE,
    MOST_ITEMS,
    WHOLE_FILE,
    Finding,
    Place,
    ReadItem,
    ReadProgramme,
    ReadRoom,
)
from eventsite.imports.errors import Unreadable
from eventsite.kernel.words import N_

NIGHT_ENDS = timedelta(hours=6)
LONGEST_TIME = 80  # signs of a date, a time or a length
STATES = {
    "canceled": "cancelled",
    "cancelled": "cancelled",
    "withdrawn": "withdrawn",
    "rejected": "cancelled",
    "deleted": "cancelled",
}
OFF = frozenset(STATES.values())


class Collector:
    """Takes the items of a file one by one; `zone` is the event's, `own` that of the file's times."""

    def __init__(self, form: str, zone: ZoneInfo) -> None:
        self.form, self.zone, self.own = form, zone, zone
        self.items: list[ReadItem] = []
        self.rooms: dict[str, ReadRoom] = {}
        self.findings: list[Finding] = []
        self._seen = self._without_guid = self._foreign = self._cut = 0

    def add(self, raw: Raw) -> None:
        """Take an item in, or a fault in its place; raises `Unreadable` for one too many."""
        self._seen += 1
        if self._seen > MOST_ITEMS:
            raise Unreadable(N_("This file has more than %(most)s items."), most=f"{MOST_ITEMS:,}")
        key = str(self._seen)
        try:
            self.items.append(self._item(key, raw))
        except Wrong as wrong:
            self.fail(raw.places.get(wrong.name, raw.place), wrong, key)

    def fail(self, place: Place, wrong: Wrong, key: str = "") -> None:
        """Note a fault of an item."""
        self.findings.append(
            Finding(place=place, message=wrong.message, params=wrong.params, key=key, fault=True)
        )

    def next_key(self) -> str:
        """Count an item that cannot even be handed in, and return its key."""
        self._seen += 1
        return str(self._seen)

    def warn(self, place: Place, message: str, **params: object) -> None:
        """Note something odd."""
        self.findings.append(Finding(place=place, message=message, params=params))

    def add_room(self, room: ReadRoom) -> None:
        """Take a room in; the first of a name counts."""
        if room.name:
            self.rooms.setdefault(room.name, room)

    def instant(self, text: str, day: str) -> datetime | None:
        """Return the instant of a date and time, or of a time of day on a day; `None` for none."""
        try:
            return read_instant(text, self.own) or read_instant(f"{day} {text}", self.own)
        except (OverflowError, ValueError, Wrong):
            return None

    def programme(self) -> ReadProgramme:
        """Return what the file says, with what is odd about it as a whole."""
        self.findings.extend(self._odd())
        used = {item.room for item in self.items}
        return ReadProgramme(
            form=self.form,
            items=tuple(self.items),
            rooms={name: room for name, room in self.rooms.items() if name in used},
            findings=tuple(self.findings),
        )

    def _item(self, key: str, raw: Raw) -> ReadItem:
        start = self._start(raw)
        minutes = self._minutes(raw, start)
        titles = self._titles(raw)
        guid = self._guid(raw)
        room = clean(raw.room)[:LONGEST_NAME] or None
        if room is not None:
            self.rooms.setdefault(room, ReadRoom(name=room))
        notices = {name: self._notice(text) for name, text in raw.notice.items() if text is not None}
        return ReadItem(
            key=key,
            place=raw.place,
            start=start,
            minutes=minutes,
            day=self._day(start, raw.day),
            room=room,
            guid=guid,
            ref=clean(raw.ref)[:80],
            title_zh=titles.get("zh"),
            title_en=titles.get("en"),
            kind=kind_of(raw.kind),
            status=STATES.get(raw.state.strip().lower(), "scheduled") if raw.state.strip() else None,
            troupe=None if raw.people is None else self._short(joined_names(raw.people), LONGEST_NAME),
            delegation=None if raw.delegation is None else clean(raw.delegation)[:LONGEST_NAME],
            notice_zh=notices.get("zh"),
            notice_en=notices.get("en"),
            languages=raw.languages if raw.languages is not None else languages_of(raw.language),
            audio=None if raw.audio is None else clean(raw.audio)[:LONGEST_NOTICE],
            props_zh=None if raw.props_zh is None else clean(raw.props_zh)[:LONGEST_NOTICE],
            numbers=dict(numbers_of(raw.numbers)),
        )

    def _start(self, raw: Raw) -> datetime:
        """Return when an item starts: what its date says, else its day and its time of day."""
        try:
            start = self._told_start(raw)
        except (OverflowError, ValueError) as error:
            raise Wrong(N_("“%(text)s” is no start."), name="date", text=raw.date[:40]) from error
        if start is None:
            shown = clean(f"{raw.date} {raw.clock}")[:40]
            message = N_("“%(text)s” is no start.") if shown else N_("It has no start.")
            at_date = bool(raw.date.strip()) and read_day(raw.date[:LONGEST_TIME]) is None
            raise Wrong(message, name="date" if at_date else "clock", text=shown)
        return start

    def _told_start(self, raw: Raw) -> datetime | None:
        zone = self._zone(raw)
        said, clock_said = raw.date[:LONGEST_TIME], raw.clock[:LONGEST_TIME]
        for text in (said, clock_said):
            if text and (instant := read_instant(text, zone)):
                return instant
        clock = read_clock(clock_said)
        if clock is None:
            return None
        if day := read_day(said):
            return at_clock(day, clock, zone)
        if raw.day.on is None:
            return None
        later = timedelta(days=1) if clock < raw.day.change else timedelta()
        return at_clock(raw.day.on + later, clock, zone)

    def _zone(self, raw: Raw) -> tzinfo:
        """Return the zone of times without one: the file's own, else its day's offset, else the event's."""
        return self.own if self.own is not self.zone else raw.day.offset or self.zone

    def _minutes(self, raw: Raw, start: datetime) -> int:
        try:
            if raw.length.strip():
                return read_minutes(raw.length[:LONGEST_TIME])
            if raw.end.strip():
                return check_minutes(self._until(raw, start))
        except Wrong as wrong:
            raise Wrong(
                wrong.message, name="length" if raw.length.strip() else "end", **wrong.params
            ) from wrong
        raise Wrong(N_("It has neither a length nor an end."), name="length")

    def _until(self, raw: Raw, start: datetime) -> int:
        """Return the minutes to an end; a bare time of day at or before the start is on the day after."""
        zone, said = self._zone(raw), raw.end[:LONGEST_TIME]
        try:
            instant = read_instant(said, zone)
            clock = read_clock(said)
            if instant is None and clock is not None:
                local = start.astimezone(zone)
                instant = at_clock(local.date(), clock, zone)
                if instant <= start:
                    instant = at_clock(local.date() + timedelta(days=1), clock, zone)
        except (OverflowError, ValueError):
            instant = None
        if instant is None:
            raise Wrong(N_("“%(text)s” is no end."), text=clean(said)[:40])
        return int((instant - start).total_seconds() // 60)

    def _day(self, start: datetime, told: DayOf) -> date:
        """Return the day of the fair that an item is meant for, on the event's own clock."""
        local = start.astimezone(self.zone)
        clock = timedelta(hours=local.hour, minutes=local.minute)
        night = clock < max(told.change, NIGHT_ENDS)
        if told.on is not None and local.date() - told.on == timedelta(days=1) and night:
            return told.on
        return local.date()

    def _titles(self, raw: Raw) -> dict[str, str]:
        """Return the titles by language; one without a language is told by its signs, as are other ones."""
        titles: dict[str, str] = {}
        for name, text in sorted(raw.title.items(), key=lambda pair: pair[0] not in ("zh", "en")):
            if not (said := clean(text)):
                continue
            told = "zh" if name == "" and HAN.search(said) else "en"
            titles.setdefault(name if name in ("zh", "en") else told, self._short(said, LONGEST_TITLE))
        if not titles:
            raise Wrong(N_("It has no title."), name="title")
        return titles

    def _guid(self, raw: Raw) -> str:
        guid = clean(raw.guid)
        if len(guid) > LONGEST_GUID:
            raise Wrong(N_("A guid of more than %(most)s signs."), name="guid", most=LONGEST_GUID)
        if not guid:
            self._without_guid += 1
        elif not is_uuid(guid):
            self._foreign += 1
        return guid

    def _notice(self, text: str) -> str:
        return self._short(clean(text), LONGEST_NOTICE)

    def _short(self, text: str, most: int) -> str:
        if len(text) <= most:
            return text
        self._cut += 1
        return text[: most - 1].rstrip() + "…"

    def _odd(self) -> Iterator[Finding]:
        """Yield what is odd: no guids, guids of other kinds, long words, slots that overlap."""
        told: list[tuple[str, int]] = [
            (
                N_("Items without a guid: %(number)s. They are matched by title and start."),
                self._without_guid,
            ),
            (N_("Guids that are no UUIDs: %(number)s. They are kept as they are."), self._foreign),
            (N_("Words that are too long and are cut: %(number)s."), self._cut),
        ]
        for message, number in told:
            if number:
                yield Finding(place=WHOLE_FILE, message=message, params={"number": number})
        by_room: dict[str, list[ReadItem]] = {}
        for item in self.items:
            if item.room is not None and item.status not in OFF:
                by_room.setdefault(item.room, []).append(item)
        for items in by_room.values():
            yield from _overlaps(items)


def _overlaps(items: list[ReadItem]) -> Iterator[Finding]:
    before: ReadItem | None = None
    for item in sorted(items, key=lambda item: (item.start, item.key)):
        if before is not None and item.start < _end(before):
            yield Finding(
                place=item.place,
                message=N_("“%(title)s” overlaps with “%(other)s” in “%(room)s”."),
                params={"title": item.title, "other": before.title, "room": item.room},
                key=item.key,
            )
        if before is None or _end(item) > _end(before):
            before = item


def _end(item: ReadItem) -> datetime:
    return item.start.astimezone(UTC) + timedelta(minutes=item.minutes)
