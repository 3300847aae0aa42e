"""Ed25519 keys and signed notes as plain values.

A note (C2SP signed-note) is a text that ends with a line feed, an empty line, and a line for each signature:
`— NAME BASE64`, where the bytes are the key's id (4) and the signature (64). The id is the beginning of the
SHA-256 of name, line feed, 0x01 and public key.
"""

import base64
import hashlib
from collections.abc import Iterable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from eventsite.kernel.canon import canon

ED25519 = b"\x01"
ID_BYTES = 4
MARK = "\u2014 "  # the em dash that begins a signature's line


def public_key(seed: bytes) -> bytes:
    """Return the public key (32 bytes) of a private one."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def jwk(public: bytes) -> dict[str, str]:
    """Return a public key as RFC 8037 writes it."""
    return {"crv": "Ed25519", "kty": "OKP", "x": _unpadded(public)}


def kid(public: bytes) -> str:
    """Return a key's lasting name: its thumbprint by RFC 7638."""
    return _unpadded(hashlib.sha256(canon(jwk(public)).encode()).digest())


def verifier(name: str, public: bytes) -> str:
    """Return the line by which programs for signed notes know the key: `NAME+ID+KEY`."""
    return f"{name}+{_id(name, public).hex()}+{base64.b64encode(ED25519 + public).decode()}"


def sign_bytes(message: bytes, seed: bytes) -> bytes:
    """Return the bare signature (64 bytes) of a message."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def sign_note(text: str, name: str, seed: bytes) -> str:
    """Return the text as a note signed under `name`, which has no blank and no plus sign."""
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(text.encode())
    packed = _id(name, public_key(seed)) + signature
    return f"{text}\n{MARK}{name} {base64.b64encode(packed).decode()}\n"


def open_note(note: str, keys: Iterable[bytes]) -> str | None:
    """Return a note's text where one of the public keys has signed it, else `None`."""
    text, found, signatures = note.rpartition("\n\n")
    if not found:
        return None
    lines = [line.removeprefix(MARK) for line in signatures.splitlines() if line.startswith(MARK)]
    signed = f"{text}\n"
    return signed if any(_signs(line, signed, key) for line in lines for key in keys) else None


def _signs(line: str, text: str, public: bytes) -> bool:
    name, _, packed = line.rpartition(" ")
    try:
        raw = base64.b64decode(packed, validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(raw[ID_BYTES:], text.encode())
    except (ValueError, InvalidSignature):  # no base64, or no ASCII at all
        return False
    return raw[:ID_BYTES] == _id(name, public)


def _id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:ID_BYTES]


def _unpadded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
