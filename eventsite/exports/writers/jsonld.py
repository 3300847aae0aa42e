"""JSON-LD with the words of schema.org: the fair as a Festival, its items as `subEvent`."""

import json
from typing import Any

from eventsite.exports.core.values import LANGUAGES, Both, Entry, Snapshot

CONTEXT = "https://schema.org"
TAGS = {"zh": "zh-CN", "en": "en"}
TYPES = {
    "performance": "TheaterEvent",
    "warm_up": "TheaterEvent",
    "heritage_demo": "ExhibitionEvent",
    "presentation": "BusinessEvent",
    "signing": "BusinessEvent",
    "workshop": "EducationEvent",
    "parade": "SocialEvent",
}


def write_jsonld(snapshot: Snapshot, language: str) -> bytes:
    """Return the fair in a language; the same snapshot gives the same bytes."""
    return json.dumps(festival(snapshot, language), ensure_ascii=False, separators=(",", ":")).encode()


def festival(snapshot: Snapshot, language: str) -> dict[str, Any]:
    """Return the fair with its items, breaks left out."""
    first = [day.start for day in snapshot.days] or [entry.start for entry in snapshot.entries]
    last = [day.end for day in snapshot.days] or [entry.end for entry in snapshot.entries]
    place = {"@type": "Place", **_names(snapshot.place, language), "address": snapshot.place.said(language)}
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Festival",
        "@id": snapshot.links.home,
        **_names(snapshot.title, language),
        "url": snapshot.links.programme,
        "eventStatus": f"{CONTEXT}/EventScheduled",
        "eventAttendanceMode": f"{CONTEXT}/OfflineEventAttendanceMode",
        "inLanguage": [TAGS[each] for each in LANGUAGES],
        "location": place,
        "subEvent": [_event(snapshot, entry, language) for entry in snapshot.entries if not entry.is_break],
    }
    if first and last:
        found |= {"startDate": snapshot.stamp(min(first)), "endDate": snapshot.stamp(max(last))}
    return found


def _event(snapshot: Snapshot, entry: Entry, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": TYPES.get(entry.kind, "Event"),
        "@id": snapshot.page(entry),
        **_names(entry.title, language),
        "url": snapshot.page(entry),
        "startDate": snapshot.stamp(entry.start),
        "endDate": snapshot.stamp(entry.end),
        "eventStatus": f"{CONTEXT}/{_status(entry)}",
        "location": {"@type": "Place", "name": entry.room.name.said(language)},
        "inLanguage": [TAGS.get(each, each) for each in entry.languages] or [TAGS[language]],
    }
    if entry.previous_start and not entry.cancelled:
        found["previousStartDate"] = snapshot.stamp(entry.previous_start)
    if entry.group:
        found["performer"] = {"@type": "PerformingGroup", "name": entry.group.name.said(language)}
    if said := entry.notice.said(language):
        found["description"] = said
    return found


def _status(entry: Entry) -> str:
    if entry.cancelled:
        return "EventCancelled"
    return "EventRescheduled" if entry.previous_start else "EventScheduled"


def _names(words: Both, language: str) -> dict[str, str]:
    """Return a name, and the one in the other language where it differs."""
    name, other = words.said(language), words.said("en" if language == "zh" else "zh")
    return {"name": name} if other == name else {"name": name, "alternateName": other}
