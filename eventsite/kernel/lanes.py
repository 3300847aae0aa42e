"""Audit lanes: a tamper-evident log that nobody queues for.

A lane is one writer's own hash chain, its head in memory. Each row carries
`sha256(previous hash + canonical JSON of the row)`; the first one follows on the hash of the lane's id.
`audit` stores the rows, checks them and ties the lanes together with knots.
"""

import hashlib
import os
import secrets
import weakref
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from eventsite.kernel import clock
from eventsite.kernel.canon import canon

# The row as `entry` returns it. A PostgreSQL act writes INSERT and `SELECT {POSTGRES_ROW} FROM fresh`; the
# types are named because the server cannot guess them there.
INSERT = "INSERT INTO audit (lane, seq, at, event_id, actor, verb, thing, detail, hash)"
POSTGRES_ROW = "%s::bigint, %s::bigint, %s::bigint, %s::bigint, %s, %s, %s, %s, %s::bytea"
INSERT_SQLITE = f"{INSERT} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
INSERT_POSTGRES = f"{INSERT} SELECT {POSTGRES_ROW}"

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Mark = tuple[int, bytes]
Row = tuple[int, int, int, int | None, str, str, str, str, bytes]


class Who(Protocol):
    """An actor as the log needs it: who acts, and from where."""

    @property
    def ref(self) -> str:
        """Return the lasting name of the actor, such as `account:7`."""

    @property
    def origin(self) -> str:
        """Return where the act comes from, such as an address or `cli`."""


class Lane:
    """One writer's chain. Used by one transaction at a time; never by two processes."""

    def __init__(self) -> None:
        self.id, self.seq = secrets.randbits(62), 0
        self.head = first_link(self.id)

    def mark(self) -> Mark:
        """Return the present head, to come back to if the rows that follow are undone."""
        return self.seq, self.head

    def reset(self, mark: Mark) -> None:
        """Go back to a mark: the rows since then were undone by the database."""
        self.seq, self.head = mark

    def entry(
        self,
        actor: Who | str,
        verb: str,
        thing: str,
        *,
        event_id: int | None = None,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        **detail: Any,
    ) -> Row:
        """Return the next row, in the order of `INSERT`; write it with its effect or reset the lane.

        `before`, `after` and `detail` hold plain JSON values without floats.
        """
        ref, origin = (actor, "") if isinstance(actor, str) else (actor.ref, actor.origin)
        told = {"from": origin or None, "before": before, "after": after, **detail}
        text = canon({key: value for key, value in told.items() if value is not None})
        row = (self.id, self.seq + 1, microseconds(clock.now()), event_id, ref, verb, thing, text)
        self.seq, self.head = self.seq + 1, link(self.head, row)
        return (*row, self.head)


class Lanes:
    """The lanes that no transaction of this process is using; a forked child starts with none."""

    def __init__(self) -> None:
        self._free: list[Lane] = []
        me = weakref.ref(self)
        os.register_at_fork(after_in_child=lambda: _forget(me))

    def borrow(self) -> Lane:
        """Return a lane to use alone: a free one, or a new one."""
        try:
            return self._free.pop()
        except IndexError:
            return Lane()

    def give_back(self, lane: Lane) -> None:
        """Put a lane back whose last row is known to be committed. One in doubt is never given back."""
        self._free.append(lane)

    def clear(self) -> None:
        """Forget all lanes, as after rows that were rolled back from outside."""
        self._free.clear()


def first_link(lane_id: int) -> bytes:
    """Return the hash that the first row of a lane follows on."""
    return hashlib.sha256(str(lane_id).encode()).digest()


def link(previous: bytes, row: Iterable[Any]) -> bytes:
    """Return the hash of a row that follows on `previous`."""
    return hashlib.sha256(previous + canon(list(row)).encode()).digest()


def microseconds(instant: datetime) -> int:
    """Return an aware instant as microseconds since 1970."""
    return (instant - EPOCH) // timedelta(microseconds=1)


def _forget(lanes: "weakref.ref[Lanes]") -> None:
    if (mine := lanes()) is not None:
        mine.clear()
