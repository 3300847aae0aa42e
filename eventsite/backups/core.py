"""Names and manifests of backups: plain values."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from eventsite.backups.errors import BadBackup

FORMAT = "eventsite-backup/1"
DAILY, RESCUED = "site", "before-restore"


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a database holds: rows by table, and the head of its audit log (`knot` 0 where there is none).

    `files` are the SHA-256 of the files that its rows name; their bytes lie beside the backups, once each.
    """

    rows: Mapping[str, int]
    knot: int
    knot_hash: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What is said beside a backup's file; `made_at` is ISO 8601 in UTC."""

    made_at: str
    database: str
    file: str
    size: int
    sha256: str
    contents: Contents


def backup_name(kind: str, now: datetime, suffix: str) -> str:
    """Return the name of a backup's file; names of a kind sort by time."""
    return f"{kind}-{now:%Y%m%dT%H%M%SZ}{suffix}"


def write_manifest(manifest: Manifest) -> str:
    """Return the manifest as JSON."""
    return json.dumps({"format": FORMAT, **asdict(manifest)}, indent=1, sort_keys=True) + "\n"


def read_manifest(text: str) -> Manifest:
    """Return the manifest that a text holds; raises `BadBackup`."""
    try:
        told: dict[str, Any] = json.loads(text)
        if told.pop("format") != FORMAT:
            raise BadBackup("The manifest has a format that this version does not know.")
        contents = {**told["contents"], "files": tuple(told["contents"].get("files", ()))}
        return Manifest(**{**told, "contents": Contents(**contents)})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadBackup("The manifest beside the backup cannot be read.") from error


def differences(told: Contents, found: Contents) -> list[str]:
    """Return in words where a restored database differs from its manifest."""
    faults = [
        f"table {table}: {found.rows.get(table, 0)} rows instead of {told.rows.get(table, 0)}"
        for table in sorted({*told.rows, *found.rows})
        if told.rows.get(table) != found.rows.get(table)
    ]
    if (told.knot, told.knot_hash) != (found.knot, found.knot_hash):
        faults.append(f"the audit log ends with knot {found.knot} instead of knot {told.knot}")
    if told.files != found.files:
        faults.append(f"its rows name {len(found.files)} files instead of {len(told.files)}")
    return faults
