"""PostgreSQL: ordinary transactions, reads that cannot write, and a pool for hot acts."""

import os
import threading
from typing import Any, LiteralString

import psycopg
from psycopg_pool import ConnectionPool
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine

from eventsite.kernel.errors import Misconfigured

LOCK_PATIENCE, STATEMENT_PATIENCE, IDLE_PATIENCE = 1_800, 10_000, 30_000  # milliseconds
POOL_PATIENCE = 1.8  # seconds for a free connection
SESSION = (
    f"-c lock_timeout={LOCK_PATIENCE} -c statement_timeout={STATEMENT_PATIENCE}"
    f" -c idle_in_transaction_session_timeout={IDLE_PATIENCE} -c timezone=UTC"
)
# Given up by the server with nothing written: lock not free, cancelled, deadlock, serialization, too many.
GIVEN_UP = frozenset({"55P03", "57014", "40P01", "40001", "53300"})
# The connection is gone; what it was doing may have been committed.
IN_DOUBT = ("08", "57P")


def engine_options() -> dict[str, Any]:
    """Return what the ORM's engine is made with."""
    return {
        "pool_size": 8,
        "max_overflow": 8,
        "pool_timeout": POOL_PATIENCE,
        "pool_pre_ping": True,
        "connect_args": {"options": SESSION, "connect_timeout": 2},
    }


def prepare(engine: Engine, *, testing: bool) -> None:
    """Make the engine's reads read-only; refuse servers that forget what they acknowledged."""

    def on_connect(dbapi: psycopg.Connection[Any], _: Any) -> None:
        if not testing:
            refuse_forgetful(dbapi)

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", _on_begin)


def refuse_forgetful(cx: psycopg.Connection[Any]) -> None:
    """Raise `Misconfigured` where `synchronous_commit` or `fsync` is off."""
    settings: tuple[LiteralString, ...] = ("fsync", "synchronous_commit")
    for name in settings:
        found = cx.execute("SELECT current_setting(%s)", (name,)).fetchone()
        if found == ("off",):
            cx.close()
            raise Misconfigured(f"PostgreSQL runs with {name}=off: it would forget what it has acknowledged")
    cx.rollback()


def _on_begin(connection: Connection) -> None:
    dbapi = connection.connection.driver_connection
    if isinstance(dbapi, psycopg.Connection):
        dbapi.read_only = not connection.get_execution_options().get("write", False)  # told with BEGIN itself


class HotPool:
    """Autocommit connections for hot acts, opened by the first one, in the process that uses them."""

    _pool: ConnectionPool[psycopg.Connection[Any]] | None

    def __init__(self, url: URL, *, size: int, testing: bool) -> None:
        self._url = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._size, self._testing = size, testing
        self._pid, self._lock, self._pool = os.getpid(), threading.Lock(), None

    def get(self) -> ConnectionPool[psycopg.Connection[Any]]:
        """Return the pool of this process."""
        if self._pid != os.getpid():  # the parent's connections are the parent's
            self._pid, self._lock, self._pool = os.getpid(), threading.Lock(), None
        with self._lock:
            if self._pool is None:
                self._pool = self._open()
            return self._pool

    def close(self) -> None:
        """Close the connections; the next hot act opens others."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.close()

    def _open(self) -> ConnectionPool[psycopg.Connection[Any]]:
        return ConnectionPool(
            self._url,
            min_size=self._size,
            max_size=self._size,
            timeout=POOL_PATIENCE,
            kwargs={"autocommit": True, "prepare_threshold": 1, "options": SESSION, "connect_timeout": 2},
            configure=None if self._testing else refuse_forgetful,
            open=True,
        )


def is_given_up(error: BaseException | None) -> bool:
    """Tell whether the server gave up for certain, so that the same act may be tried again."""
    return isinstance(error, psycopg.Error) and error.sqlstate in GIVEN_UP


def is_in_doubt(error: BaseException | None) -> bool:
    """Tell whether the connection was lost, so that nobody knows what was committed."""
    if not isinstance(error, psycopg.OperationalError):
        return False
    return error.sqlstate is None or error.sqlstate.startswith(IN_DOUBT)
