"""The schema of the event file, and what it says about each section."""

import json
from pathlib import Path
from typing import Any

from eventsite.eventfile.core.sections import EACH, SECTIONS

DATA = Path(__file__).resolve().parent.parent / "data"
DEMO_FILE = DATA / "jinan-2025.json"
SCHEMA: dict[str, Any] = json.loads((DATA / "event.schema.json").read_text(encoding="utf-8"))
HEAD = ("schema_version", "dataset")
"""Keys beside the sections; the event's row keeps them."""


def keys_of(section: str) -> dict[str, Any]:
    """Return the keys that a record of the section has, in order, each with its schema."""
    found = SCHEMA
    for step in SECTIONS[section]:
        found = found["items"] if step == EACH else found["properties"][step]
    keys: dict[str, Any] = found["properties"]
    return keys


def lists_of(section: str) -> tuple[str, ...]:
    """Return the keys of a section's records that hold sections of their own."""
    own = SECTIONS[section]
    return tuple(path[-2] for path in SECTIONS.values() if path[:-2] == own and path[-1] == EACH)
