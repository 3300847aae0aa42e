"""Publicly verifiable selection as in RFC 3797, with the hash as a parameter (the RFC's own is `md5`)."""

from hashlib import new

LARGEST_POOL = 65535  # the RFC counts in two bytes


def select(key: str, *, pool: int, count: int, hash_name: str = "sha256") -> list[int]:
    """Return `count` of the numbers 1 to `pool` in the order in which the key selects them."""
    if not 0 <= count <= pool <= LARGEST_POOL:
        raise ValueError(f"cannot select {count} of {pool}, of which there are at most {LARGEST_POOL}")
    left = list(range(1, pool + 1))
    return [left.pop(_place(key, turn, len(left), hash_name)) for turn in range(count)]


def _place(key: str, turn: int, remaining: int, hash_name: str) -> int:
    counter = turn.to_bytes(2, "big")
    number = new(hash_name, counter + key.encode() + counter, usedforsecurity=False).digest()
    return int.from_bytes(number, "big") % remaining
