"""Rooms of a file as stages of the event, new ones among them, and the days that the event lacks."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from eventsite.imports.core.ground import Ground, StageThere, canonical
from eventsite.imports.core.texts import plain
from eventsite.imports.core.values import ReadItem, ReadRoom

CODE = re.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,9}")
SLUG = "stage-"  # of our own exports
HOUR, DAY, LATEST = timedelta(hours=1), timedelta(days=1), timedelta(hours=23)


@dataclass(frozen=True, kw_only=True)
class NewStage:
    """A stage that the event does not have yet."""

    code: str
    name_zh: str
    name_en: str
    capacity: int


@dataclass(frozen=True, kw_only=True)
class NewDay:
    """A day that the event does not have yet; `closes` at or before `opens` is past midnight."""

    date: date
    opens: time
    closes: time


def place_rooms(rooms: Iterable[ReadRoom], ground: Ground) -> tuple[dict[str, str], tuple[NewStage, ...]]:
    """Return the code of each room's stage, and the stages that are new."""
    codes, new = {}, []
    stages = _Stages(ground.stages)
    taken = {stage.code.casefold() for stage in ground.stages}
    waiting = []
    for room in rooms:
        there = stages.find(room)
        if there is None:
            waiting.append(room)
        else:
            codes[room.name] = there
    for room in waiting:
        code = _code(room, taken)
        taken.add(code.casefold())
        codes[room.name] = code
        new.append(
            NewStage(
                code=code,
                name_zh=room.name_zh or room.name_en or room.name,
                name_en=room.name_en or room.name_zh or room.name,
                capacity=room.capacity,
            )
        )
    return codes, tuple(new)


class _Stages:
    """The codes of the event's stages by all that a file may call them."""

    def __init__(self, stages: Iterable[StageThere]) -> None:
        self._by_guid: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        for stage in stages:
            self._by_guid[stage.guid] = stage.code
            shown = (f"{name} ({stage.code})" for name in stage.names)
            for name in (stage.code, SLUG + stage.code, *stage.names, *shown):
                self._by_name.setdefault(plain(name), stage.code)

    def find(self, room: ReadRoom) -> str | None:
        """Return the code of a room's stage."""
        found = self._by_guid.get(canonical(room.guid)) if room.guid else None
        for name in (room.code, room.name, room.name_zh, room.name_en):
            found = found or (self._by_name.get(plain(name)) if name else None)
        return found


def _code(room: ReadRoom, taken: Collection[str]) -> str:
    own = room.code.removeprefix(SLUG).upper()
    if CODE.fullmatch(own) and own.casefold() not in taken:
        return own
    return next(code for number in count(1) if (code := f"S{number}").casefold() not in taken)


def add_days(items: Iterable[ReadItem], known: Collection[date], zone: ZoneInfo) -> Iterator[NewDay]:
    """Yield the days that items need and the event lacks, in order, open as long as their items last."""
    spans: dict[date, tuple[timedelta, timedelta]] = {}
    for item in items:
        if item.room is None or item.day in known:
            continue
        start = _since_midnight(item.start, item.day, zone)
        end = start + timedelta(minutes=item.minutes)
        first, last = spans.get(item.day, (start, end))
        spans[item.day] = (min(first, start), max(last, end))
    for day, (first, last) in sorted(spans.items()):
        opens = min(first // HOUR * HOUR, LATEST)
        closes = min(-(-last // HOUR) * HOUR, opens + DAY)
        yield NewDay(date=day, opens=_clock(opens), closes=_clock(closes))


def _since_midnight(instant: datetime, day: date, zone: ZoneInfo) -> timedelta:
    midnight = datetime.combine(day, time(), zone)
    return instant.astimezone(UTC) - midnight.astimezone(UTC)


def _clock(length: timedelta) -> time:
    minutes = length % DAY // timedelta(minutes=1)
    return time(minutes // 60, minutes % 60)


def hold_rooms(items: Iterable[ReadItem], rooms: Mapping[str, ReadRoom]) -> list[ReadRoom]:
    """Return the rooms that items are in, in the order in which the file names them."""
    used = {item.room for item in items}
    return [room for name, room in rooms.items() if name in used]
