"""Reading a few rows at a glance: plain SQL on a connection of its own, no session, no ORM, no transaction.

For the pages that thousands open at once; everything else reads through the session. Ask few queries for few
rows: on SQLite each row lets go of the interpreter. The SQL is PostgreSQL's, with `:names`.
"""

import os
import re
import sqlite3
import weakref
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, cast

import psycopg
from psycopg_pool import PoolTimeout

from eventsite.database import postgres, sqlite
from eventsite.kernel.writer import Busy, is_locked

NAMED = re.compile(r"(?<!:):([a-z_]+)")
Rows = list[tuple[Any, ...]]


class Glasses:
    """Read-only SQLite connections that no thread is using; a forked child starts with none."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._free: list[sqlite3.Connection] = []
        me = weakref.ref(self)
        os.register_at_fork(after_in_child=lambda: _forget(me))

    def rows(self, sql: str, values: Mapping[str, Any]) -> Rows:
        """Return the rows of a query as they were committed last."""
        try:
            cx = self._free.pop()
        except IndexError:
            cx = sqlite.connect(self._path)
            cx.execute("PRAGMA query_only=on")
        try:
            rows = cx.execute(_sqlite_sql(sql), values).fetchall()
        except sqlite3.Error as error:
            cx.close()
            if is_locked(error):
                raise Busy from error
            raise
        self._free.append(cx)
        return rows

    def close(self) -> None:
        """Close the connections; the next query opens another."""
        while self._free:
            self._free.pop().close()

    def forget(self) -> None:
        """Leave the parent's connections to the parent; closing them here could break its locks."""
        self._left, self._free = self._free, []


class PoolGlasses:
    """The same on PostgreSQL, through the pool of the hot acts."""

    def __init__(self, pool: postgres.HotPool) -> None:
        self._pool = pool

    def rows(self, sql: str, values: Mapping[str, Any]) -> Rows:
        """Return the rows of a query as they were committed last."""
        try:
            with self._pool.get().connection() as cx:
                return cx.execute(_psycopg_sql(sql).encode(), values).fetchall()
        except PoolTimeout as error:
            raise Busy from error
        except psycopg.Error as error:
            if postgres.is_given_up(error) or postgres.is_in_doubt(error):
                raise Busy from error
            raise

    def close(self) -> None:
        """Do nothing: the pool belongs to the hot acts."""


def read_on(dbapi: Any, sql: str, values: Mapping[str, Any]) -> Rows:
    """Return the rows of a query on the connection of a running operation."""
    if isinstance(dbapi, psycopg.Connection):
        return dbapi.execute(_psycopg_sql(sql).encode(), values).fetchall()
    return cast("sqlite3.Connection", dbapi).execute(_sqlite_sql(sql), values).fetchall()


def instant(value: datetime | str) -> datetime:
    """Return a column of `UTCDateTime` as an aware instant, as either database hands it over."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


@lru_cache(maxsize=256)
def _sqlite_sql(sql: str) -> str:
    return sql.replace("string_agg(", "group_concat(")


@lru_cache(maxsize=256)
def _psycopg_sql(sql: str) -> str:
    return NAMED.sub(r"%(\1)s", sql)


def _forget(glasses: "weakref.ref[Glasses]") -> None:
    if (mine := glasses()) is not None:
        mine.forget()
