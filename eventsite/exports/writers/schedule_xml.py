"""schedule.xml (frab, pentabarf), as c3voc's schema has it (validator/xsd/schedule.xml.xsd).

The format has no state: cancelled items drop out, and the version rises.
"""

from xml.etree import ElementTree as ET

from eventsite.exports.core.values import Entry, Room, Snapshot, Span
from eventsite.exports.core.words import kind_word
from eventsite.exports.writers.plan import Plan, clock_length
from eventsite.exports.writers.schedule_json import CLOCK, SLOT
from eventsite.exports.writers.slugs import item_slug
from eventsite.exports.writers.xml import add, attributes, finished


def write_schedule_xml(snapshot: Snapshot, language: str) -> bytes:
    """Return the schedule in a language; the same snapshot gives the same bytes."""
    plan = Plan(snapshot, language)
    root = ET.Element("schedule")
    ET.SubElement(root, "generator", {"name": "eventsite", "version": "1"})
    add(root, "url", snapshot.links.programme)
    add(root, "version", snapshot.version)
    _conference(root, plan)
    for index, (day, entries) in enumerate(plan.by_day, 1):
        _day(root, plan, index, day, entries)
    return finished(root)


def _conference(root: ET.Element, plan: Plan) -> None:
    snapshot, days = plan.snapshot, [day for day, _ in plan.by_day]
    conference = ET.SubElement(root, "conference")
    add(conference, "acronym", plan.acronym)
    add(conference, "title", plan.said(snapshot.title))
    add(conference, "start", days[0].date.isoformat())
    add(conference, "end", days[-1].date.isoformat())
    add(conference, "days", str(len(days)))
    add(conference, "timeslot_duration", SLOT)
    add(conference, "base_url", snapshot.links.home)
    add(conference, "url", snapshot.links.home)
    add(conference, "time_zone_name", snapshot.timezone)
    for name, slug in plan.tracks:
        ET.SubElement(conference, "track", attributes(name=name, slug=slug))


def _day(root: ET.Element, plan: Plan, index: int, day: Span, entries: list[Entry]) -> None:
    times = {"start": plan.snapshot.stamp(day.start), "end": plan.snapshot.stamp(day.end)}
    element = ET.SubElement(root, "day", {"index": str(index), "date": day.date.isoformat(), **times})
    for room, inside in plan.held(entries):
        _room(element, plan, room, inside)


def _room(day: ET.Element, plan: Plan, room: Room, entries: list[Entry]) -> None:
    element = ET.SubElement(day, "room", attributes(name=plan.rooms[room.code], guid=str(room.uuid)))
    for entry in entries:
        _event(element, plan, entry)


def _event(room: ET.Element, plan: Plan, entry: Entry) -> None:
    start = plan.snapshot.stamp(entry.start)
    event = ET.SubElement(room, "event", {"id": str(entry.number), "guid": str(entry.uuid)})
    add(event, "room", plan.rooms[entry.room.code])
    add(event, "title", plan.said(entry.title))
    add(event, "subtitle", plan.subtitle(entry))
    add(event, "type", entry.kind)
    add(event, "date", start)
    add(event, "start", start[CLOCK])
    add(event, "duration", clock_length(entry.end - entry.start))
    add(event, "abstract", plan.said(entry.notice))
    add(event, "slug", item_slug(plan.acronym, entry))
    add(event, "track", kind_word(entry.kind, plan.language))
    add(event, "language", plan.spoken(entry))
    add(event, "description", plan.said(entry.team.name) if entry.team else "")
    add(event, "url", plan.snapshot.page(entry))
    persons = ET.SubElement(event, "persons")
    if entry.group:
        add(persons, "person", plan.said(entry.group.name), guid=str(entry.group.uuid))
