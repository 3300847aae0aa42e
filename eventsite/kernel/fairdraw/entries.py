"""The frozen list of entries: one line `ID,weight` a person, sorted by bytes (`entries.csv`)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from operator import lt
from typing import NamedTuple, overload

from eventsite.kernel.fairdraw.faults import Fault, Faulty, Part, fault
from eventsite.kernel.words import N_

MAX_FAULTS = 1000
_ENTRY_ID = re.compile(r"[A-Z2-9]{10}")
_LINE = re.compile(r"[A-Z2-9]{10},[1-9][0-9]?")


class Entry(NamedTuple):
    """A person in a draw: a random id and the number of tickets."""

    id: str
    weight: int


@dataclass(frozen=True)
class EntryList(Sequence[Entry]):
    """Entries by column: a million are two lists and no objects that the garbage collector has to visit."""

    ids: Sequence[str]
    weights: Sequence[int]

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[Entry]:
        return map(Entry, self.ids, self.weights)

    @overload
    def __getitem__(self, place: int) -> Entry: ...

    @overload
    def __getitem__(self, place: slice) -> "EntryList": ...

    def __getitem__(self, place: int | slice) -> "Entry | EntryList":
        if isinstance(place, slice):
            return EntryList(self.ids[place], self.weights[place])
        return Entry(self.ids[place], self.weights[place])


def pairs(entries: Iterable[Entry]) -> Iterable[tuple[str, int]]:
    """Return ids and weights to go through, without making an object of each where there is none."""
    return zip(entries.ids, entries.weights, strict=True) if isinstance(entries, EntryList) else entries


def entry_lines(entries: Iterable[Entry]) -> list[bytes]:
    """Return the lines of the entry file without their line feeds."""
    return [b"%b,%d" % (entry_id.encode(), weight) for entry_id, weight in pairs(entries)]


def format_entries(entries: Iterable[Entry]) -> bytes:
    """Return the entry file: no header, no quotes, every line ended by a line feed."""
    return b"".join(line + b"\n" for line in entry_lines(entries))


def entries_sha256(data: bytes) -> str:
    """Return the hash of the entry file's bytes."""
    return sha256(data).hexdigest()


def parse_entries(data: bytes, *, max_weight: int) -> EntryList:
    """Read an entry file; raises `Faulty` naming the line of each fault (the first thousand)."""
    lines = data.decode("latin-1").split("\n")  # any byte reads as some sign; only ASCII passes the pattern
    last = lines.pop()
    if not last and all(map(_LINE.fullmatch, lines)):
        ids, weights = [line[:10] for line in lines], [int(line[11:]) for line in lines]
        if _in_order(ids) and max(weights, default=1) <= max_weight:
            return EntryList(ids, weights)
    faults = list(islice(_line_faults(lines, max_weight), MAX_FAULTS))
    if last:
        faults.append(
            fault(Part.ENTRY, N_("Line %(line)d does not end with a line feed."), line=len(lines) + 1)
        )
    raise Faulty(faults)


def check_entries(entries: Sequence[Entry], *, max_weight: int) -> list[Fault]:
    """Name what keeps the entries from being an entry file, by the line they would stand on."""
    ids, weights = [entry_id for entry_id, _ in pairs(entries)], {weight for _, weight in pairs(entries)}
    if all(map(_ENTRY_ID.fullmatch, ids)) and _in_order(ids) and weights <= set(range(1, max_weight + 1)):
        return []
    return list(islice(_entry_faults(entries, max_weight), MAX_FAULTS))


def _in_order(ids: Sequence[str]) -> bool:
    return all(map(lt, ids, islice(ids, 1, None)))


def _line_faults(lines: Iterable[str], max_weight: int) -> Iterator[Fault]:
    previous = ""
    for number, line in enumerate(lines, 1):
        if not _LINE.fullmatch(line):
            yield fault(
                Part.ENTRY, N_("Line %(line)d is not an entry id, a comma and a weight."), line=number
            )
            continue
        entry = Entry(line[:10], int(line[11:]))
        yield from _misplaced(number, entry, previous, max_weight)
        previous = entry.id


def _entry_faults(entries: Iterable[Entry], max_weight: int) -> Iterator[Fault]:
    previous = ""
    for number, entry in enumerate(entries, 1):
        if not _ENTRY_ID.fullmatch(entry.id):
            yield fault(
                Part.ENTRY, N_("Line %(line)d has no entry id of ten signs A-Z and 2-9."), line=number
            )
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
