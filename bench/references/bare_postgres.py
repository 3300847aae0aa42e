"""The bare check-in on PostgreSQL: one statement in autocommit through a pool. `PLACE` is its address."""

import os
import threading
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool

from bench.references.edge import make_app

TABLE = """CREATE TABLE IF NOT EXISTS visit (id bigserial PRIMARY KEY, visitor int NOT NULL,
 booth int NOT NULL, day text NOT NULL, UNIQUE (visitor, booth, day))"""
ONE = """WITH fresh AS (INSERT INTO visit (visitor, booth, day) VALUES (%(visitor)s, %(booth)s, %(day)s)
 ON CONFLICT DO NOTHING RETURNING 1)
SELECT (SELECT count(*) FROM fresh), (SELECT count(*) FROM visit WHERE visitor = %(visitor)s)"""


class Store:
    """A pool, opened by the first caller of a process."""

    pool: "ConnectionPool[psycopg.Connection[Any]] | None" = None

    def __init__(self) -> None:
        self.lock = threading.Lock()

    def __call__(self, visitor: int, booth: int, day: str) -> tuple[int, int]:
        """Add the visit and count, in one statement."""
        with self.open().connection() as cx:
            answer = cx.execute(ONE, {"visitor": visitor, "booth": booth, "day": day}).fetchone()
        fresh, count = answer or (0, 0)
        return fresh, count + fresh

    def open(self) -> "ConnectionPool[psycopg.Connection[Any]]":
        """Return the pool."""
        with self.lock:
            if self.pool is None:
                kwargs = {"autocommit": True, "prepare_threshold": 1}
                self.pool = ConnectionPool(
                    os.environ["PLACE"], min_size=8, max_size=8, kwargs=kwargs, open=True
                )
            return self.pool


with psycopg.connect(os.environ["PLACE"]) as first:
    first.execute("SELECT pg_advisory_xact_lock(1)")  # each worker comes by here
    first.execute(TABLE)
app = make_app(Store())
