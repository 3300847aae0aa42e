"""Canonical JSON: the one spelling of a value that is hashed or signed.

Keys sorted by code point, separators "," and ":", no floats, non-ASCII characters as they are.
"""

import hashlib
import json
from typing import Any

_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
).encode


class NotCanonical(ValueError):
    """The value has no canonical spelling: a float, a key that is no text, half a character."""


def canon(value: Any) -> str:
    """Return the canonical JSON of a value made of dicts, lists, texts, whole numbers, booleans and None."""
    _check(value)
    text = _encode(value)
    if not text.isascii():
        _check_text(text)
    return text


def digest(value: Any) -> str:
    """Return the SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canon(value).encode()).hexdigest()


def _check(value: Any) -> None:
    if value is None or isinstance(value, str | int):  # bool is an int
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise NotCanonical(f"the key {key!r} is no text")
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
    else:
        raise NotCanonical(f"{type(value).__name__} has no canonical spelling: {value!r}")


def _check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("half a character (a lone surrogate)") from error
