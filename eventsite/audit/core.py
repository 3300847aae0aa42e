"""What the log's rows say, and what is wrong with them: plain values in, plain values out."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple
from uuid import UUID

from eventsite.kernel.canon import NotCanonical, canon
from eventsite.kernel.lanes import EPOCH, first_link, link
from eventsite.kernel.words import N_

RESERVED = ("from", "before", "after")
WHOLE_EVERY = 60  # knots: one an hour where something is written each minute


class Head(NamedTuple):
    """The last row of a lane."""

    lane: int
    seq: int
    hash: str


@dataclass(frozen=True, kw_only=True)
class TiedKnot:
    """A knot as it is published: its number, its instant and its hash in hexadecimal digits."""

    n: int
    at: datetime
    hash: str


class FaultKind(Enum):
    """What can be wrong with a log."""

    ROW_CHANGED = "row_changed"
    ROWS_MISSING = "rows_missing"
    LANE_CUT = "lane_cut"
    LANE_REWRITTEN = "lane_rewritten"
    LANE_GONE = "lane_gone"
    KNOT_CHANGED = "knot_changed"
    KNOT_MISSING = "knot_missing"
    PUBLISHED_DIFFERS = "published_differs"


SENTENCES = {
    FaultKind.ROW_CHANGED: N_("Row %(seq)s of lane %(lane)s was changed."),
    FaultKind.ROWS_MISSING: N_("Rows of lane %(lane)s are missing, from row %(seq)s on."),
    FaultKind.LANE_CUT: N_("Lane %(lane)s was cut off before row %(seq)s, which knot %(knot)s ties."),
    FaultKind.LANE_REWRITTEN: N_("Lane %(lane)s was rewritten: knot %(knot)s ties another row %(seq)s."),
    FaultKind.LANE_GONE: N_("Lane %(lane)s, which knot %(knot)s ties, is gone."),
    FaultKind.KNOT_CHANGED: N_("Knot %(knot)s was changed."),
    FaultKind.KNOT_MISSING: N_("Knots are missing, from knot %(knot)s on."),
    FaultKind.PUBLISHED_DIFFERS: N_("Knot %(knot)s is not the one that was published."),
}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is wrong, and where: a row `seq` of a lane, or a knot."""

    kind: FaultKind
    lane: int | None = None
    seq: int | None = None
    knot: int | None = None

    @property
    def message(self) -> str:
        """Return the sentence for people, to be translated and then filled in with `params`."""
        return SENTENCES[self.kind]

    @property
    def params(self) -> dict[str, int | None]:
        """Return the values of the sentence's placeholders."""
        return {"lane": self.lane, "seq": self.seq, "knot": self.knot}

    def __str__(self) -> str:
        return self.message % self.params


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a verification saw."""

    rows: int
    lanes: int
    knots: int
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """Tell whether nothing was wrong."""
        return not self.faults


@dataclass(frozen=True, kw_only=True)
class Change:
    """A field with its values before and after; `None` where it was not there."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """One act as a person reads it."""

    at: datetime
    event_id: int | None
    actor: str
    origin: str
    verb: str
    thing: str
    changes: tuple[Change, ...]
    detail: Mapping[str, Any] = field(default_factory=dict)


def plain(value: Any) -> Any:
    """Return a value as canonical JSON can hold it: instants in ISO 8601, fractions and enums as text."""
    if value is None or (isinstance(value, bool | int) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((plain(inner) for inner in value), key=str)
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return _as_text(value)


def _as_text(value: Any) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, str | float | Decimal | UUID | timedelta):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"the log cannot hold a {type(value).__name__}")


def read_entry(row: Sequence[Any]) -> HistoryEntry:
    """Return the readable form of (at, event_id, actor, verb, thing, detail)."""
    at, event_id, actor, verb, thing, text = row
    told = json.loads(text)
    before, after = told.get("before") or {}, told.get("after") or {}
    names = [*before, *(name for name in after if name not in before)]
    return HistoryEntry(
        at=EPOCH + timedelta(microseconds=at),
        event_id=event_id,
        actor=actor,
        origin=told.get("from", ""),
        verb=verb,
        thing=thing,
        changes=tuple(Change(field=name, before=before.get(name), after=after.get(name)) for name in names),
        detail={key: value for key, value in told.items() if key not in RESERVED},
    )


class ChainCheck:
    """Check rows that come in the order of lane and seq; remembers one row only."""

    def __init__(self) -> None:
        self.rows = self.lanes = 0
        self._lane: int | None = None
        self._seq, self._hash = 0, b""

    def faults_at(self, row: Sequence[Any]) -> Iterator[Fault]:
        """Yield what is wrong with the next row: changed, or rows before it are missing."""
        lane, seq, stored = row[0], row[1], row[8]
        if lane != self._lane:
            self.lanes += 1
            self._lane, self._seq, self._hash = lane, 0, first_link(lane)
        self.rows += 1
        if seq != self._seq + 1:
            yield Fault(kind=FaultKind.ROWS_MISSING, lane=lane, seq=self._seq + 1)
        elif not follows(self._hash, row[:8], stored):
            yield Fault(kind=FaultKind.ROW_CHANGED, lane=lane, seq=seq)
        self._seq = seq
        self._hash = stored if isinstance(stored, bytes) else b""


class KnotCheck:
    """Check knots that come in their order; remembers the last head of each lane."""

    def __init__(self) -> None:
        self.knots = 0
        self._n, self._hash = 0, b""
        self._heads: dict[int, Head] = {}

    def faults_at(self, row: Sequence[Any]) -> Iterator[Fault]:
        """Yield what is wrong with the next knot itself."""
        n, _, heads, stored = row
        self.knots += 1
        if n != self._n + 1:
            yield Fault(kind=FaultKind.KNOT_MISSING, knot=self._n + 1)
        elif not follows(self._hash, row[:3], stored) or read_heads(heads) is None:
            yield Fault(kind=FaultKind.KNOT_CHANGED, knot=n)
        self._n = n
        self._hash = stored if isinstance(stored, bytes) else b""

    def moved_heads(self, row: Sequence[Any]) -> list[Head]:
        """Return the heads of the next knot that differ from those known so far; each must be a row."""
        moved = moved_since(self._heads, read_heads(row[2]) or [])
        self._heads.update((head.lane, head) for head in moved)
        return moved


def follows(previous: bytes, values: Sequence[Any], stored: Any) -> bool:
    """Tell whether the stored hash is the one of these values after `previous`."""
    try:
        return bool(link(previous, values) == stored)
    except NotCanonical:  # the file was given a value that no row ever had
        return False


def first_of_stretch(number: int) -> int:
    """Return the number of the last knot, up to this one, that lists every lane.

    The knots after it list the lanes that were written to since. So what has to be read to tie the next knot
    is bounded, and a lane that no process writes to any more is not listed each minute for ever. All knots
    together still tie every row: a head that was listed once is checked by each verification.
    """
    return number - (number - 1) % WHOLE_EVERY


def moved_since(known: Mapping[int, Head], heads: Iterable[Head]) -> list[Head]:
    """Return the heads that differ from those known of their lanes."""
    return [head for head in heads if known.get(head.lane) != head]


def write_heads(heads: Iterable[Head]) -> str:
    """Return the heads as a knot holds them."""
    return canon([list(head) for head in heads])


def read_heads(text: Any) -> list[Head] | None:
    """Return the heads of a knot, `None` where the text is no list of heads."""
    try:
        return [Head(int(lane), int(seq), str(digest)) for lane, seq, digest in json.loads(text)]
    except (TypeError, ValueError):
        return None


def judge_head(head: Head, found: bytes | None, last_seq: int | None, knot: int) -> Fault | None:
    """Return what is wrong with a tied head: its lane is gone, cut before it, or was rewritten."""
    if found is not None:
        if found.hex() == head.hash:
            return None
        return Fault(kind=FaultKind.LANE_REWRITTEN, lane=head.lane, seq=head.seq, knot=knot)
    if last_seq is None:
        return Fault(kind=FaultKind.LANE_GONE, lane=head.lane, knot=knot)
    kind = FaultKind.LANE_CUT if last_seq < head.seq else FaultKind.ROWS_MISSING
    return Fault(kind=kind, lane=head.lane, seq=head.seq, knot=knot)
