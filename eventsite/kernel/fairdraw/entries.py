"""The frozen list of entries: one line `ID,weight` a person, sorted by bytes (`entries.csv`)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from typing import NamedTuple

from eventsite.kernel.fairdraw.faults import Fault, Faulty, Part, fault
from eventsite.kernel.words import N_

MAX_FAULTS = 1000
ENTRY_ID = re.compile(r"[A-Z2-9]{10}")
_LINE = re.compile(r"([A-Z2-9]{10}),([1-9][0-9]?)")


class Entry(NamedTuple):
    """A person in a draw: a random id and the number of tickets. A tuple, since there may be a million."""

    id: str
    weight: int


def entry_lines(entries: Iterable[Entry]) -> list[bytes]:
    """Return the lines of the entry file without their line feeds."""
    return [b"%b,%d" % (entry_id.encode(), weight) for entry_id, weight in entries]


def format_entries(entries: Iterable[Entry]) -> bytes:
    """Return the entry file: no header, no quotes, every line ended by a line feed."""
    return b"".join(line + b"\n" for line in entry_lines(entries))


def entries_sha256(data: bytes) -> str:
    """Return the hash of the entry file's bytes."""
    return sha256(data).hexdigest()


def parse_entries(data: bytes, *, max_weight: int) -> list[Entry]:
    """Read an entry file; raises `Faulty` naming the line of each fault (the first thousand)."""
    lines = data.decode("latin-1").split("\n")  # any byte reads as some sign; only ASCII passes the pattern
    last = lines.pop()
    entries: list[Entry] = []
    faults = list(islice(_read_lines(lines, max_weight, entries), MAX_FAULTS))
    if last:
        faults.append(
            fault(Part.ENTRY, N_("Line %(line)d does not end with a line feed."), line=len(lines) + 1)
        )
    if faults:
        raise Faulty(faults)
    return entries


def check_entries(entries: Sequence[Entry], *, max_weight: int) -> list[Fault]:
    """Name what keeps the entries from being an entry file, by the line they would stand on."""
    return list(islice(_entry_faults(entries, max_weight), MAX_FAULTS))


def _read_lines(lines: Iterable[str], max_weight: int, entries: list[Entry]) -> Iterator[Fault]:
    """Append what can be read to `entries` and yield what is wrong."""
    read, add, previous = _LINE.fullmatch, entries.append, ""
    for number, line in enumerate(lines, 1):
        found = read(line)
        if found is None:
            yield fault(
                Part.ENTRY, N_("Line %(line)d is not an entry id, a comma and a weight."), line=number
            )
            continue
        entry = Entry(found[1], int(found[2]))
        if entry.id <= previous or entry.weight > max_weight:
            yield from _misplaced(number, entry, previous, max_weight)
        previous = entry.id
        add(entry)


def _entry_faults(entries: Iterable[Entry], max_weight: int) -> Iterator[Fault]:
    fits, previous = ENTRY_ID.fullmatch, ""
    for number, entry in enumerate(entries, 1):
        if not fits(entry.id):
            yield fault(
                Part.ENTRY, N_("Line %(line)d has no entry id of ten signs A-Z and 2-9."), line=number
            )
        if entry.id <= previous or not 1 <= entry.weight <= max_weight:
            yield from _misplaced(number, entry, previous, max_weight)
        previous = entry.id


def _misplaced(line: int, entry: Entry, previous: str, max_weight: int) -> Iterator[Fault]:
    named = {"line": line, "entry": entry.id}
    if entry.id == previous:
        yield fault(Part.ENTRY, N_("Line %(line)d: entry %(entry)s is there twice."), **named)
    elif entry.id < previous:
        yield fault(Part.ENTRY, N_("Line %(line)d: entry %(entry)s is out of order."), **named)
    if not 1 <= entry.weight <= max_weight:
        yield fault(
            Part.WEIGHT,
            N_("Line %(line)d: the weight of entry %(entry)s is %(weight)d, not 1 to %(most)d."),
            **named,
            weight=entry.weight,
            most=max_weight,
        )
