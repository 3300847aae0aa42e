"""Numbers of entries, and who has the lowest."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from eventsite.kernel.fairdraw.entries import Entry, pairs
from eventsite.kernel.fairdraw.rules import HIGHEST_WEIGHT

_TAILS = [b":%d" % ticket for ticket in range(1, HIGHEST_WEIGHT + 1)]
_ABOVE_ALL = b"\xff" * 33


@dataclass(frozen=True, kw_only=True)
class Winner:
    """A prize slot, the entry that won it and the entry's number."""

    prize: str
    entry: str
    number: str


def number_of(seed: str, entry: Entry) -> str:
    """Return the number of an entry: the lowest of the hashes of its tickets."""
    head = f"{seed}:{entry.id}".encode()
    return min(sha256(head + tail).hexdigest() for tail in _TAILS[: entry.weight])


def draw(
    seed: str, entries: Iterable[Entry], *, open_slots: Sequence[str], won: Collection[str] = ()
) -> list[Winner]:
    """Give the open slots, in order, to the lowest numbers among the entries that have not won.

    With fewer entries than slots the last slots stay without a winner. One prize an entry; equal to weighted
    drawing without replacement.
    """
    ranked = lowest(seed, entries, len(open_slots), frozenset(won))
    pairs = zip(open_slots, ranked, strict=False)
    return [Winner(prize=slot, entry=entry, number=number.hex()) for slot, (number, entry) in pairs]


def lowest(seed: str, entries: Iterable[Entry], count: int, won: frozenset[str]) -> list[tuple[bytes, str]]:
    """Return the `count` lowest numbers with their entry ids, in order.

    Only tickets under the cut-off reached so far are kept, so a million entries pass in little memory.
    """
    if count < 1:
        return []
    head, room = f"{seed}:", 2 * count + 1000
    found: dict[str, bytes] = {}
    cutoff = _ABOVE_ALL
    for entry_id, weight in pairs(entries):
        if entry_id in won:
            continue
        ticket = (head + entry_id).encode()
        for tail in _TAILS[:weight]:
            number = sha256(ticket + tail).digest()
            if number < cutoff:
                found[entry_id] = min(number, found.get(entry_id, number))
        if len(found) > room:
            kept = _ranked(found)[:count]
            found, cutoff = {entry: number for number, entry in kept}, kept[-1][0]
    return _ranked(found)[:count]


def _ranked(found: dict[str, bytes]) -> list[tuple[bytes, str]]:
    return sorted((number, entry) for entry, number in found.items())
