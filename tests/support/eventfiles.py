"""Event files to spoil: the demo event, a fair that is different in every way, and what is wrong with one."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eventsite.eventfile.core.eventfile import EventFile
from eventsite.eventfile.errors import BadEventFile
from eventsite.eventfile.mapping.schema import DEMO_FILE
from eventsite.eventfile.queries import judge_event_file, read_event_file

SECOND_FAIR = Path(__file__).parent / "data" / "second-fair.json"


def jinan() -> dict[str, Any]:
    """Return the demo event's file, to change at will."""
    return read_json(DEMO_FILE)


def second_fair() -> dict[str, Any]:
    """Return the other fair: four lettered quarters, two days and a long night, three parties, no floats."""
    return read_json(SECOND_FAIR)


def read_json(path: Path) -> dict[str, Any]:
    """Return the object that a file holds."""
    tree: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return tree


def sound(tree: Mapping[str, Any]) -> EventFile:
    """Return the tree as a sound event file."""
    return judge_event_file(tree)


def faults_of(tree: Any) -> list[str]:
    """Return what is wrong with a tree, each fault as `path: sentence`."""
    try:
        judge_event_file(tree)
    except BadEventFile as error:
        return [str(fault) for fault in error.faults]
    return []


def faults_of_bytes(raw: bytes) -> list[str]:
    """Return what is wrong with a file's bytes."""
    try:
        read_event_file(raw)
    except BadEventFile as error:
        return [str(fault) for fault in error.faults]
    return []
