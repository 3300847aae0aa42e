"""schedule.json version 1 of c3voc and pretalx: days with rooms with events."""

from collections.abc import Iterator
from typing import Any

from eventsite.imports.core.collecting import Collector
from eventsite.imports.core.json_text import step
from eventsite.imports.core.objects import Object, text_of
from eventsite.imports.core.own import GENERATOR, own_fields
from eventsite.imports.core.raw import DAY_CHANGE, DayOf, Raw
from eventsite.imports.core.texts import clean
from eventsite.imports.core.times import Wrong, find_zone, offset_of, read_clock, read_day
from eventsite.imports.core.values import Place, ReadRoom, Where
from eventsite.imports.errors import Unreadable
from eventsite.kernel.words import N_

NAMES = ("public_name", "name", "full_public_name", "display_name")


def read_schedule_json(document: Object, collector: Collector) -> None:
    """Hand the events of a schedule.json to the collector."""
    conference = document.object("schedule").object("conference")
    take_zone(conference, collector)
    take_rooms(conference, collector)
    own = is_own(document)
    change = read_clock(conference.text("day_change")) or DAY_CHANGE
    for day in conference.objects("days"):
        told = DayOf(
            on=read_day(day.text("date")), change=change, offset=offset_of(day.text("day_start")[:80])
        )
        for room, event in _events(day, collector):
            collector.add(_raw(event, room, told, own=own))


def is_own(document: Object) -> bool:
    """Tell whether we have written a file."""
    return document.object("generator").text("name") == GENERATOR


def take_zone(conference: Object, collector: Collector) -> None:
    """Let times without an offset be those of the file's zone; raises `Unreadable` for an unknown one."""
    name = clean(conference.text("time_zone_name"))
    if not name:
        return
    zone = find_zone(name)
    if zone is None:
        path = conference.place_of("time_zone_name").at
        raise Unreadable(N_("%(path)s: there is no time zone “%(name)s”."), path=path, name=name[:60])
    collector.own = zone


def take_rooms(conference: Object, collector: Collector) -> None:
    """Take in what the file says of its rooms."""
    for room in conference.objects("rooms"):
        collector.add_room(
            ReadRoom(
                name=clean(room.text("name"))[:120],
                guid=room.text("guid").strip(),
                code=room.text("slug").strip(),
                capacity=room.number("capacity"),
            )
        )


def _events(day: Object, collector: Collector) -> Iterator[tuple[str, Object]]:
    """Yield the events of a day with their rooms; they may stand straight under the day."""
    rooms = day.values.get("rooms")
    path = step(day.path, "rooms")
    held: list[tuple[str, str, Any]] = []
    if isinstance(rooms, dict):
        held = [(str(name), step(path, str(name)), events) for name, events in rooms.items()]
    elif isinstance(rooms, list):
        objects = [(place, one) for place, one in enumerate(rooms) if isinstance(one, dict)]
        held = [
            (text_of(one.get("name")), step(step(path, place), "events"), one.get("events"))
            for place, one in objects
        ]
    held.append(("", step(day.path, "events"), day.values.get("events")))
    for name, where, events in held:
        for place, event in enumerate(events if isinstance(events, list) else ()):
            at = step(where, place)
            if isinstance(event, dict):
                yield name, Object(event, at)
            else:
                collector.fail(Place(Where.PATH, at), Wrong(N_("This is no item.")), key=collector.next_key())


def _raw(event: Object, room: str, day: DayOf, *, own: bool) -> Raw:
    language = clean(event.text("language"))
    title = event.words("title")
    given: dict[str, Any] = {
        "title": {language: title[""]} if "" in title and language in ("zh", "en") else title,
        "kind": event.text("type"),
    }
    if own:
        given |= own_fields(
            title=event.text("title"),
            subtitle=event.text("subtitle"),
            abstract=event.text("abstract"),
            description=event.text("description"),
            track=event.text("track"),
            spoken=language,
        )
    return Raw(
        place=event.place,
        places=event.places(
            date="date", clock="start", length="duration", end="end", title="title", guid="guid"
        ),
        day=day,
        guid=event.text("guid"),
        date=event.text("date"),
        clock=event.text("start"),
        end=event.text("end"),
        length=event.text("duration"),
        room=event.text("room") or event.object("room").text("name") or room,
        people=people_of(event, "persons"),
        language=language,
        **given,
    )


def people_of(event: Object, name: str) -> tuple[str, ...] | None:
    """Return the names of the people of an event; `None` where it does not speak of them."""
    if name not in event.values:
        return None
    return tuple(_name(person) for person in event.list(name))


def _name(person: Any) -> str:
    if not isinstance(person, dict):
        return text_of(person)
    return next((said for name in NAMES if (said := text_of(person.get(name)))), "")
