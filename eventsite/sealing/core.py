"""Sealed texts as plain values.

A sealed text is `key id (1 byte) | nonce (12) | AES-256-GCM over the text`, bound to its purpose, so that
the same bytes in another column do not open. A mark is HMAC-SHA256 of the text: equal texts have equal marks.
"""

import hmac
import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from eventsite.kernel.tokens import Keyring

NONCE = 12


@dataclass(frozen=True, kw_only=True)
class Sealer:
    """Seals, opens and marks texts with the site's keys; `repr` shows none of them."""

    keys: Keyring = field(repr=False)
    marking: bytes = field(repr=False)

    def seal(self, text: str, purpose: str) -> bytes:
        """Return the text sealed by the current key."""
        nonce, number = secrets.token_bytes(NONCE), self.keys.current
        sealed = AESGCM(self.keys.keys[number]).encrypt(nonce, text.encode(), purpose.encode())
        return bytes([number]) + nonce + sealed

    def open(self, sealed: bytes, purpose: str) -> str | None:
        """Return the text, `None` where no key of ours opens it for this purpose."""
        key = self.keys.keys.get(sealed[0]) if sealed else None
        if key is None or len(sealed) <= 1 + NONCE:
            return None
        nonce, rest = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
        try:
            return AESGCM(key).decrypt(nonce, rest, purpose.encode()).decode()
        except InvalidTag:
            return None

    def mark(self, text: str, purpose: str) -> bytes:
        """Return the keyed hash by which an equal text is found."""
        return hmac.digest(self.marking, purpose.encode() + b"\0" + text.encode(), "sha256")
