"""Counting what was taken: a hot act, since machines ask often."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg

from eventsite.database import perform
from eventsite.kernel.lanes import Lane

SQL = """INSERT INTO partner_taking (event_id, organization_id, token_id, taker, what, release_number,
 live_revision, first_at, last_at, taken, checked, bytes)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (organization_id, taker, what, release_number, live_revision) DO UPDATE SET
 last_at = excluded.last_at, taken = partner_taking.taken + excluded.taken,
 checked = partner_taking.checked + excluded.checked, bytes = partner_taking.bytes + excluded.bytes"""
POSTGRES = SQL.replace("?", "%s")


@dataclass(frozen=True, kw_only=True)
class Take:
    """One answer to a partner: `size` is `None` where it was told that nothing has changed."""

    event_id: int
    organization_id: int
    token_id: int | None
    taker: str
    what: str
    number: int
    live_revision: int
    size: int | None
    now: datetime

    def sqlite(self, cx: sqlite3.Connection, lane: Lane) -> None:
        """Count it."""
        cx.execute(SQL, self._values(self.now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")))

    def postgres(self, cx: psycopg.Connection[Any], lane: Lane) -> None:
        """Count it."""
        cx.execute(POSTGRES, self._values(self.now))

    def _values(self, at: datetime | str) -> tuple[object, ...]:
        whose = (self.event_id, self.organization_id, self.token_id, self.taker, self.what)
        counted = (0, 1, 0) if self.size is None else (1, 0, self.size)
        return (*whose, self.number, self.live_revision, at, at, *counted)


def note_taking(take: Take) -> None:
    """Count an answer to a partner; raises `Busy` and `Unsettled` as every hot act."""
    perform(take)
