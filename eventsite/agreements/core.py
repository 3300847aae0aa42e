"""The public record of an agreement: plain values in one spelling, so that anyone computes the same hash."""

import hashlib
from collections.abc import Mapping
from typing import Any

from eventsite.kernel.canon import canon

FORMAT = "eventsite-agreement/1"


def canonical(record: Mapping[str, Any]) -> bytes:
    """Return the record's canonical JSON in UTF-8; `record.json` is exactly these bytes."""
    return canon(dict(record)).encode()


def fingerprint(record: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical record, as `sha256sum record.json` prints it."""
    return hashlib.sha256(canonical(record)).hexdigest()
