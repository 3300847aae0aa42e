"""The bundle: every format of one release in a ZIP file, with a manifest that is signed.

The same release, base and language give the same bytes: entries in a fixed order, with the release's instant.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FORMAT = "eventsite-bundle/1"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
FIRST_YEAR = 1980  # ZIP knows no earlier
UNIX, READABLE = 3, 0o100644


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A file of a bundle."""

    name: str
    mimetype: str
    data: bytes

    @property
    def told(self) -> dict[str, Any]:
        """Return what the manifest says of it."""
        return {
            "name": self.name,
            "mimetype": self.mimetype,
            "size": len(self.data),
            "sha256": hashlib.sha256(self.data).hexdigest(),
        }


@dataclass(frozen=True, kw_only=True)
class Edition:
    """What a bundle is of. `since` is the release that its changes count from, `None` for a first bundle."""

    site: str
    event: str
    language: str
    number: int
    released_at: datetime
    note: str
    sha256: str
    since: int | None
    changes: Sequence[Mapping[str, Any]]
    kid: str


def write_manifest(edition: Edition, entries: Sequence[Entry]) -> bytes:
    """Return the manifest: what is signed."""
    document = {
        "format": FORMAT,
        "site": edition.site,
        "event": edition.event,
        "language": edition.language,
        "release": {
            "number": edition.number,
            "released_at": edition.released_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "note": edition.note,
            "sha256": edition.sha256,
        },
        "files": [entry.told for entry in entries],
        "since": edition.since,
        "changes": [dict(change) for change in edition.changes],
        "signature": {
            "algorithm": "Ed25519",
            "file": SIGNATURE,
            "kid": edition.kid,
            "keys": f"{edition.site}/.well-known/eventsite.json",
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def zip_entries(entries: Sequence[Entry], at: datetime) -> bytes:
    """Return a ZIP file of the entries, the same bytes for the same entries and instant."""
    utc = at.astimezone(UTC)
    stamp = (max(utc.year, FIRST_YEAR), utc.month, utc.day, utc.hour, utc.minute, utc.second)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for entry in entries:
            info = zipfile.ZipInfo(entry.name, stamp)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, UNIX
            info.external_attr = READABLE << 16
            archive.writestr(info, entry.data, compresslevel=6)
    return packed.getvalue()
