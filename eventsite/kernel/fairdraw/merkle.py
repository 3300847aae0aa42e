"""The hash tree over the lines of the entry file, shaped as in RFC 6962, section 2.1.

With the root frozen, a visitor's own line is shown to be in the list by about twenty hashes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

Level = list[bytes]


@dataclass(frozen=True, kw_only=True)
class InclusionProof:
    """The hashes (hex, lowest first) that lead from the line at `index` (from 0) of `size` to the root."""

    index: int
    size: int
    hashes: tuple[str, ...]


def merkle_root(lines: Iterable[bytes]) -> str:
    """Return the root in hex; the root of no lines is the hash of nothing."""
    level = _leaves(lines)
    while len(level) > 1:
        level = _above(level)
    return level[0].hex() if level else sha256().hexdigest()


def tree_levels(lines: Iterable[bytes]) -> list[Level]:
    """Return all levels, leaves first: compute once, then make many proofs."""
    levels = [_leaves(lines)]
    while len(levels[-1]) > 1:
        levels.append(_above(levels[-1]))
    return levels


def prove_inclusion(levels: list[Level], index: int) -> InclusionProof:
    """Return the proof for the line at `index`; raises `IndexError` where there is none."""
    size = len(levels[0])
    if not 0 <= index < size:
        raise IndexError(index)
    hashes, place = [], index
    for level in levels[:-1]:
        if place ^ 1 < len(level):
            hashes.append(level[place ^ 1].hex())
        place //= 2
    return InclusionProof(index=index, size=size, hashes=tuple(hashes))


def verify_inclusion(line: bytes, proof: InclusionProof, root: str) -> bool:
    """Tell whether the proof leads from the line to the root."""
    if not 0 <= proof.index < proof.size:
        return False
    try:
        steps = [bytes.fromhex(text) for text in proof.hashes]
    except ValueError:
        return False
    reached, place, last = _leaf(line), proof.index, proof.size - 1
    while last:
        if place % 2 or place < last:
            if not steps:
                return False
            sibling = steps.pop(0)
            reached = _node(sibling, reached) if place % 2 else _node(reached, sibling)
        place, last = place // 2, last // 2
    return not steps and reached.hex() == root


def _leaf(line: bytes) -> bytes:
    return sha256(b"\0" + line).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def _leaves(lines: Iterable[bytes]) -> Level:
    return [sha256(b"\0" + line).digest() for line in lines]


def _above(level: Level) -> Level:
    above = list(map(_node, level[::2], level[1::2]))
    if len(level) % 2:
        above.append(level[-1])
    return above
