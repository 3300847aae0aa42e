"""The one hash of the scheme."""

import re
from hashlib import sha256

_HASH = re.compile(r"[0-9a-f]{64}")


def text_hash(text: str) -> str:
    """Return the lower-case hex SHA-256 of the text's UTF-8 bytes."""
    return sha256(text.encode()).hexdigest()


def is_hash(value: object) -> bool:
    """Tell whether the value is a SHA-256 as the scheme writes it."""
    return isinstance(value, str) and _HASH.fullmatch(value) is not None
