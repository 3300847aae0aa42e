"""Anonymous passes: the key in the cookie, and the row's id that follows from it."""

from dataclasses import dataclass

from eventsite.kernel.tokens import new_body, typed_code

KEY_BYTES = 16
RECOVERY_LENGTH = 10
ENTRY_LENGTH = 10


@dataclass(frozen=True, kw_only=True)
class NewPass:
    """What a pass is given when its row is made; all of it random, nothing derived from anything."""

    recovery_code: str
    entry_code: str


def new_key() -> bytes:
    """Return the key of a new pass."""
    return new_body(KEY_BYTES)


def pass_id(event_id: int, key: bytes) -> int:
    """Return the id of the pass's row: 63 bits of its key, moved by the event so that events share no id."""
    return (int.from_bytes(key[:8], "big") ^ (event_id * 0x9E3779B97F4A7C15)) & 0x7FFF_FFFF_FFFF_FFFF


def deal() -> NewPass:
    """Return the codes for a new pass."""
    return NewPass(recovery_code=typed_code(RECOVERY_LENGTH), entry_code=typed_code(ENTRY_LENGTH))
