"""Schedule version 2 of c3voc: a flat list of events, words in several languages, a state of each."""

from typing import Any

from eventsite.imports.core.collecting import Collector
from eventsite.imports.core.json_text import step
from eventsite.imports.core.objects import Object
from eventsite.imports.core.own import own_fields
from eventsite.imports.core.raw import Raw
from eventsite.imports.core.schedule_json import is_own, people_of, take_rooms, take_zone
from eventsite.imports.core.texts import clean
from eventsite.imports.core.times import Wrong
from eventsite.imports.core.values import Place, Where
from eventsite.kernel.words import N_

KIND_OF_TRACK = "kind-"


def read_schedule_v2(document: Object, collector: Collector) -> None:
    """Hand the events of a Schedule version 2 to the collector."""
    schedule = document.object("schedule")
    conference = schedule.object("conference")
    take_zone(conference, collector)
    take_rooms(conference, collector)
    rooms = {room.text("guid").lower(): clean(room.text("name")) for room in conference.objects("rooms")}
    slugs = {room.text("slug"): clean(room.text("name")) for room in conference.objects("rooms")}
    holder = schedule if "events" in schedule.values else conference
    own = conference.object("defaults").text("language") if is_own(document) else ""
    for place, event in enumerate(holder.list("events")):
        path = step(step(holder.path, "events"), place)
        if isinstance(event, dict):
            one = Object(event, path)
            collector.add(_raw(one, _room(one, rooms, slugs), own=own))
        else:
            collector.fail(Place(Where.PATH, path), Wrong(N_("This is no item.")), key=collector.next_key())


def _room(event: Object, rooms: dict[str, str], slugs: dict[str, str]) -> str:
    room = event.object("room")
    return (
        clean(room.text("name"))
        or rooms.get(room.text("guid").lower(), "")
        or slugs.get(room.text("slug"), "")
        or event.text("room")
    )


def _raw(event: Object, room: str, *, own: str) -> Raw:
    language = clean(event.text("language"))
    title = event.words("title")
    given: dict[str, Any] = {
        "title": {language: title[""]} if "" in title and language in ("zh", "en") else title,
        "kind": event.text("type"),
    }
    if own:
        given |= _own(event, own)
    return Raw(
        place=event.place,
        places=event.places(date="start", length="duration", end="end", title="title", guid="guid"),
        guid=event.text("guid"),
        date=event.text("start"),
        end=event.text("end"),
        length="" if event.text("end") else event.text("duration"),
        room=room,
        state=event.text("state") or "CONFIRMED",
        people=people_of(event, "participants"),
        language=language,
        **given,
    )


def _own(event: Object, language: str) -> dict[str, Any]:
    """Return what our own writer put there: both languages, and the kind as the track; a break has none."""
    given = own_fields(
        title=event.text("title"),
        subtitle=event.text("subtitle"),
        abstract="",
        description="",
        track="",
        spoken=clean(event.text("language")),
        language=language,
    )
    is_break = event.text("type") == "BREAK"
    track = event.object("track").text("slug")
    kind = "break" if is_break else track.removeprefix(KIND_OF_TRACK).replace("-", "_")
    more: dict[str, Any] = {} if is_break else {"notice": event.words("abstract")}
    return {
        "title": {language: event.text("title")} if is_break else given["title"],
        "languages": given["languages"],
        "kind": kind or event.text("type"),
        "delegation": None if is_break else next(iter(event.words("description").values()), ""),
        **more,
    }
