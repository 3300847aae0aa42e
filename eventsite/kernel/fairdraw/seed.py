"""The seed of a round: one hash of freeze, unclaimed lists, witnesses' nonces and public values."""

from collections.abc import Sequence

from eventsite.kernel.canon import digest
from eventsite.kernel.fairdraw.hashing import text_hash
from eventsite.kernel.fairdraw.sources import Value

SCHEME = "fairdraw/1"


def key(values: Sequence[Value]) -> str:
    """Return the values in the key form of RFC 3797, section 4; raises `ValueError` for any other type."""
    return "".join(map(_key_part, values))


def pre(unclaimed: Sequence[Sequence[str]]) -> str:
    """Return the hash that binds a round to the slots published as unclaimed before it and before."""
    return digest([{"unclaimed": list(slots)} for slots in unclaimed])


def round_seed(
    *, freeze_sha256: str, round_no: int, pre: str, reveals: Sequence[str | None], values: Sequence[Value]
) -> str:
    """Return the seed of a round, 64 hex digits."""
    return text_hash("|".join([SCHEME, freeze_sha256, str(round_no), pre, key(reveals), key(values)]))


def _key_part(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return "".join(value.split()).upper() + "/"
    if _is_number(value):
        return f"{value}./"
    if isinstance(value, list) and all(map(_is_number, value)):
        return "".join(f"{number}." for number in sorted(value)) + "/"
    raise ValueError(f"{value!r} is no text, whole number or list of whole numbers")


def _is_number(value: object) -> bool:
    return type(value) is int
