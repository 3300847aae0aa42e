"""The sections of an event file: where their records stand, and which key names a record of which other."""

from collections.abc import Iterator, Mapping
from typing import Any

from eventsite.eventfile.core.paths import Path

EACH = "*"
Record = dict[str, Any]

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "event": ("event",),
    "days": ("event", "days", EACH),
    "organizations": ("organizations", EACH),
    "venue": ("venue",),
    "facilities": ("venue", "facilities", EACH),
    "zones": ("zones", EACH),
    "stages": ("stages", EACH),
    "delegations": ("delegations", EACH),
    "booths": ("booths", EACH),
    "floats": ("floats", EACH),
    "troupes": ("troupes", EACH),
    "programme": ("programme", EACH),
    "giveaways": ("giveaways", EACH),
    "slots": ("giveaways", EACH, "slots", EACH),
    "stamp_rally": ("stamp_rally",),
    "checkpoints": ("stamp_rally", "checkpoints", EACH),
    "rewards": ("stamp_rally", "rewards", EACH),
    "raffle": ("raffle",),
    "rounds": ("raffle", "rounds", EACH),
    "prizes": ("raffle", "prizes", EACH),
    "agreements": ("agreements", EACH),
    "parties": ("agreements", EACH, "parties", EACH),
    "commitments": ("agreements", EACH, "commitments", EACH),
    "follow_ups": ("agreements", EACH, "follow_ups", EACH),
    "workshops": ("workshops", EACH),
    "posts": ("posts", EACH),
    "milestones": ("milestones", EACH),
    "permits": ("permits", EACH),
    "applications": ("applications", EACH),
    "tickets": ("tickets", EACH),
    "faq": ("faq", EACH),
    "deals": ("deals", EACH),
    "announcements": ("announcements", EACH),
    "observations": ("observations", EACH),
}

REFERENCES: Mapping[str, str] = {
    "zone_id": "zones",
    "stage_id": "stages",
    "delegation_id": "delegations",
    "booth_id": "booths",
    "troupe_id": "troupes",
    "workshop_id": "workshops",
    "programme_id": "programme",
    "giveaway_id": "giveaways",
    "organization_id": "organizations",
    "owner_organization_id": "organizations",
    "assigned_post_id": "posts",
    "commitment_id": "commitments",
}
"""Keys that hold another record's id, and the section it must be in."""


def records(tree: Any, section: str) -> Iterator[tuple[Path, Record]]:
    """Yield the records of a section with their paths; what has the wrong type is passed over."""
    yield from _walk(tree, SECTIONS[section], ())


def _walk(value: Any, steps: tuple[str, ...], path: Path) -> Iterator[tuple[Path, Record]]:
    if not steps:
        if isinstance(value, dict):
            yield path, value
    elif steps[0] == EACH:
        for index, inner in enumerate(value if isinstance(value, list) else ()):
            yield from _walk(inner, steps[1:], (*path, index))
    elif isinstance(value, dict) and steps[0] in value:
        yield from _walk(value[steps[0]], steps[1:], (*path, steps[0]))


def all_records(tree: Any) -> Iterator[tuple[str, Path, Record]]:
    """Yield every record of the file with its section and path."""
    for section in SECTIONS:
        for path, record in records(tree, section):
            yield section, path, record


def text_of(record: Record, key: str) -> str | None:
    """Return a text of the record; `None` where it is missing or of another type."""
    value = record.get(key)
    return value if isinstance(value, str) else None


def number_of(record: Record, key: str) -> int | float | None:
    """Return a number of the record; `None` where it is missing or of another type."""
    value = record.get(key)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
