"""What each release changed, as JSON: the same as the page and the feed say, old and new place in full."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Told:
    """A release and its changes as it holds them, with the lasting id of each item."""

    number: int
    released_at: datetime
    note: str
    sha256: str
    changes: Sequence[tuple[UUID, Mapping[str, Any]]]


def write_changes_json(slug: str, releases: Sequence[Told]) -> bytes:
    """Return the changes of the releases, as they are given."""
    told = {"event": slug, "releases": [_release(release) for release in releases]}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _release(release: Told) -> dict[str, Any]:
    return {
        "number": release.number,
        "released_at": release.released_at.isoformat(timespec="seconds"),
        "note": release.note,
        "sha256": release.sha256,
        "changes": [_change(uuid, change) for uuid, change in release.changes],
    }


def _change(uuid: UUID, change: Mapping[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in change.items() if name not in ("kind", "ref")}
    return {"kind": change["kind"], "id": change["ref"], "guid": str(uuid), **rest}
