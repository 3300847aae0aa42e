"""Schedule version 2, as c3voc's schema has it (validator/json/schema2.json): items carry a state.

Titles are in the language of the file with the other language below; longer texts are in both at once.
"""

import json
from datetime import timedelta
from typing import Any

from eventsite.exports.core.values import LANGUAGES, Both, Entry, Room, Snapshot, Span, State
from eventsite.exports.writers.plan import Plan, stage_slug, track_slug
from eventsite.exports.writers.schedule_json import GENERATOR, ZONE_NAME
from eventsite.exports.writers.slugs import item_slug

SCHEMA = "https://c3voc.de/schedule/schema2.json"
SLOT = timedelta(minutes=5)
STATES = {
    State.SCHEDULED: "CONFIRMED",
    State.DELAYED: "DELAYED",
    State.CANCELLED: "CANCELED",
    State.WITHDRAWN: "WITHDRAWN",
}
TYPES = {
    "presentation": "TALK",
    "performance": "PERFORMANCE",
    "warm_up": "PERFORMANCE",
    "heritage_demo": "PERFORMANCE",
    "parade": "PERFORMANCE",
    "workshop": "WORKSHOP",
    "raffle": "GAME",
}


def write_schedule_v2(snapshot: Snapshot, language: str) -> bytes:
    """Return the schedule in a language; the same snapshot gives the same bytes."""
    plan = Plan(snapshot, language, stateful=True)
    document = {
        "$schema": SCHEMA,
        "generator": GENERATOR,
        "schedule": {
            "version": snapshot.version,
            "base_url": snapshot.links.home,
            "conference": _conference(plan),
            "events": [
                _pause(plan, entry) if entry.is_break else _event(plan, entry)
                for entry in plan.entries
                if not (entry.is_break and entry.cancelled)  # a break has no state in the format
            ],
        },
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _conference(plan: Plan) -> dict[str, Any]:
    snapshot, days = plan.snapshot, [day for day, _ in plan.by_day]
    found: dict[str, Any] = {
        "acronym": plan.acronym,
        "title": plan.said(snapshot.title),
        "description": _both(snapshot.place),
        "start": snapshot.stamp(days[0].start),
        "end": snapshot.stamp(days[-1].end),
        "timeslot_duration": _length(SLOT),
        "url": snapshot.links.home,
        "languages": list(LANGUAGES),
        "defaults": {"language": plan.language},
        "tracks": [{"name": name, "slug": slug} for name, slug in plan.tracks],
        "rooms": [_room(plan, room) for room in snapshot.rooms],
        "days": [_day(snapshot, index, day) for index, day in enumerate(days, 1)],
    }
    if ZONE_NAME.match(snapshot.timezone):
        found["time_zone_name"] = snapshot.timezone
    return found


def _day(snapshot: Snapshot, index: int, day: Span) -> dict[str, Any]:
    times = {"start": snapshot.stamp(day.start), "end": snapshot.stamp(day.end)}
    return {"index": index, "date": day.date.isoformat(), **times}


def _room(plan: Plan, room: Room) -> dict[str, Any]:
    named = {**_reference(plan, room), "type": "STAGE", "capacity": room.capacity}
    return {**named, "description": _both(room.zone)}


def _reference(plan: Plan, room: Room) -> dict[str, str]:
    return {"name": plan.rooms[room.code], "slug": stage_slug(room), "guid": str(room.uuid)}


def _event(plan: Plan, entry: Entry) -> dict[str, Any]:
    return {
        "guid": str(entry.uuid),
        "slug": item_slug(plan.acronym, entry),
        "url": plan.snapshot.page(entry),
        "title": plan.said(entry.title),
        "subtitle": plan.subtitle(entry) or None,
        "state": STATES[entry.state],
        "start": plan.snapshot.stamp(entry.start),
        "end": plan.snapshot.stamp(entry.end),
        "duration": _length(entry.end - entry.start),
        "room": _reference(plan, entry.room),
        "track": {"slug": track_slug(entry.kind)},
        "type": TYPES.get(entry.kind, "OTHER"),
        "language": plan.spoken(entry),
        "abstract": _both(entry.notice),
        "description": _both(entry.team.name) if entry.team else None,
        "participants": [_participant(plan, entry)] if entry.group else [],
        "links": [],
    }


def _pause(plan: Plan, entry: Entry) -> dict[str, Any]:
    times = {"start": plan.snapshot.stamp(entry.start), "end": plan.snapshot.stamp(entry.end)}
    named = {"guid": str(entry.uuid), "title": plan.said(entry.title), "room": _reference(plan, entry.room)}
    return {"type": "BREAK", **named, **times}


def _participant(plan: Plan, entry: Entry) -> dict[str, str]:
    assert entry.group is not None
    return {"guid": str(entry.group.uuid), "name": plan.said(entry.group.name)}


def _both(words: Both) -> dict[str, str] | None:
    said = {"zh": words.zh, "en": words.en}
    return {language: text for language, text in said.items() if text} or None


def _length(length: timedelta) -> str:
    return f"PT{int(length.total_seconds() // 60)}M"
