"""Tokens of printed codes, passes and links: signed, with a purpose and a key id, and the typed codes.

A token is base64url of `key id (1 byte) | body | HMAC-SHA256 over purpose, key id and body, first 16 bytes`.
A reader learns only "valid" or "not valid": forged, foreign and unknown look the same.
"""

import base64
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from eventsite.kernel.secretfile import kept_secret

MAC_BYTES = 16
TYPED_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs: no 0 O 1 I
TYPED_SIGNS = (
    TYPED_ALPHABET.encode() * 8
)  # a sign for each byte; 256 is a multiple of 32, so none is likelier


class Purpose(Enum):
    """What a token opens; the same bytes under another purpose are not valid."""

    PASS = "pass"
    PASS_FORM = "pass-form"
    PASS_SHOWN = "pass-shown"
    CHECKPOINT = "checkpoint"
    ROTATING = "rotating"
    REDEEM = "redeem"
    KNOWN_DEVICE = "known-device"
    DEVICE = "device"
    FEED = "feed"
    APPLICATION = "application"
    ACCESS = "access"
    TROUPE = "troupe"
    SHEET = "sheet"


@dataclass(frozen=True)
class Keyring:
    """Signing keys by id (0-255); `current` signs, all of them verify."""

    keys: Mapping[int, bytes]
    current: int


def new_body(size: int = 12) -> bytes:
    """Return fresh random bytes for a token's body."""
    return secrets.token_bytes(size)


def seal(keyring: Keyring, purpose: Purpose, body: bytes) -> str:
    """Return the token that carries `body` for `purpose`."""
    head = bytes([keyring.current]) + body
    return _encode(head + _mac(keyring.keys[keyring.current], purpose, head))


def unseal(keyring: Keyring, purpose: Purpose, token: str) -> bytes | None:
    """Return the body of a valid token, `None` for anything else."""
    raw = _decode(token)
    if raw is None or len(raw) <= 1 + MAC_BYTES or raw[0] not in keyring.keys:
        return None
    head, mac = raw[:-MAC_BYTES], raw[-MAC_BYTES:]
    if not hmac.compare_digest(mac, _mac(keyring.keys[raw[0]], purpose, head)):
        return None
    return head[1:]


def typed_code(length: int = 8) -> str:
    """Return a random code that people can type: 32 letters and digits without look-alikes, 5 bits each."""
    return secrets.token_bytes(length).translate(TYPED_SIGNS).decode()


def read_typed(text: str) -> str:
    """Return a typed code in its one spelling: upper case, no blanks or hyphens."""
    return "".join(text.split()).replace("-", "").upper()


def _mac(key: bytes, purpose: Purpose, head: bytes) -> bytes:
    return hmac.digest(key, purpose.value.encode() + b"\0" + head, "sha256")[:MAC_BYTES]


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes | None:
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return None
    return raw if _encode(raw) == text else None


def load_keyring(folder: Path) -> Keyring:
    """Return the signing keys in `folder` (`1.key`, `2.key`, …), making the first; the highest signs."""
    if not any(folder.glob("*.key")):
        kept_secret(folder / "1.key")
    keys = {int(path.stem): path.read_bytes() for path in folder.glob("*.key")}
    return Keyring(keys, max(keys))
