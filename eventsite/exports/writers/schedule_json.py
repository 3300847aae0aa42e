"""schedule.json version 1, as c3voc's schema has it (validator/json/schema.json).

The format has no state: cancelled items drop out, and the version rises.
"""

import json
import re
from typing import Any

from eventsite.exports.core.values import Entry, Group, Room, Snapshot, Span
from eventsite.exports.core.words import kind_word
from eventsite.exports.writers.plan import Plan, clock_length, stage_slug
from eventsite.exports.writers.slugs import item_slug

SCHEMA = "https://c3voc.de/schedule/schema.json"
GENERATOR = {"name": "eventsite", "version": "1"}
ZONE_NAME = re.compile(r"^([A-Z][a-z]+/[A-Z][a-z]+)|UTC$")  # the schema's own pattern
SLOT = "00:05"
CLOCK = slice(11, 16)  # of an instant as text


def write_schedule_json(snapshot: Snapshot, language: str) -> bytes:
    """Return the schedule in a language; the same snapshot gives the same bytes."""
    document = {
        "$schema": SCHEMA,
        "generator": GENERATOR,
        "schedule": {
            "version": snapshot.version,
            "base_url": snapshot.links.home,
            "conference": _conference(Plan(snapshot, language)),
        },
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _conference(plan: Plan) -> dict[str, Any]:
    snapshot, days = plan.snapshot, plan.by_day
    found: dict[str, Any] = {
        "acronym": plan.acronym,
        "title": plan.said(snapshot.title),
        "start": days[0][0].date.isoformat(),
        "end": days[-1][0].date.isoformat(),
        "daysCount": len(days),
        "timeslot_duration": SLOT,
        "url": snapshot.links.home,
        "tracks": [{"name": name, "slug": slug} for name, slug in plan.tracks],
        "rooms": [_room(plan, room) for room in snapshot.rooms],
        "days": [_day(plan, index, day, entries) for index, (day, entries) in enumerate(days, 1)],
    }
    if ZONE_NAME.match(snapshot.timezone):
        found["time_zone_name"] = snapshot.timezone
    return found


def _room(plan: Plan, room: Room) -> dict[str, Any]:
    return {
        "name": plan.rooms[room.code],
        "slug": stage_slug(room),
        "guid": str(room.uuid),
        "type": "stage",
        "description": None,
        "capacity": room.capacity,
    }


def _day(plan: Plan, index: int, day: Span, entries: list[Entry]) -> dict[str, Any]:
    return {
        "index": index,
        "date": day.date.isoformat(),
        "day_start": plan.snapshot.stamp(day.start),
        "day_end": plan.snapshot.stamp(day.end),
        "rooms": {
            plan.rooms[room.code]: [_event(plan, entry) for entry in inside]
            for room, inside in plan.held(entries)
        },
    }


def _event(plan: Plan, entry: Entry) -> dict[str, Any]:
    start = plan.snapshot.stamp(entry.start)
    return {
        "guid": str(entry.uuid),
        "id": entry.number,
        "date": start,
        "start": start[CLOCK],
        "end": plan.snapshot.stamp(entry.end),
        "duration": clock_length(entry.end - entry.start),
        "room": plan.rooms[entry.room.code],
        "slug": item_slug(plan.acronym, entry),
        "url": plan.snapshot.page(entry),
        "title": plan.said(entry.title),
        "subtitle": plan.subtitle(entry),
        "track": kind_word(entry.kind, plan.language),
        "type": entry.kind,
        "language": plan.spoken(entry),
        "abstract": plan.said(entry.notice),
        "description": plan.said(entry.team.name) if entry.team else "",
        "persons": [_person(plan, entry.group)] if entry.group else [],
        "links": [],
        "attachments": [],
    }


def _person(plan: Plan, group: Group) -> dict[str, Any]:
    """Return a performer by `name` and `guid`: with `id` and `public_name` too, two forms would match."""
    return {"name": plan.said(group.name), "guid": str(group.uuid)}
