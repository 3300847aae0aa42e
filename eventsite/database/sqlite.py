"""SQLite: every connection durable, reads that cannot write, one queue for all writers."""

import sqlite3
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from eventsite.kernel.errors import Misconfigured

READ_PATIENCE, WRITER_PATIENCE = 400, 100  # milliseconds for a lock; who waits longer is told `Busy`
PRAGMAS = (
    "journal_mode=wal",
    "synchronous=full",
    "foreign_keys=on",
    "recursive_triggers=on",  # so that REPLACE meets the triggers that refuse DELETE
    "journal_size_limit=67108864",
)
NEEDED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}


def connect(path: str) -> sqlite3.Connection:
    """Open the connection of the writer thread."""
    cx = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
    make_durable(cx, WRITER_PATIENCE)
    return cx


def make_durable(cx: sqlite3.Connection, patience: int = READ_PATIENCE) -> None:
    """Set the pragmas; raise `Misconfigured` where the file's place cannot keep them, as on network disks."""
    cx.execute(f"PRAGMA busy_timeout={patience}")
    for pragma in PRAGMAS:
        cx.execute(f"PRAGMA {pragma}")
    for name, wanted in NEEDED.items():
        (found,) = cx.execute(f"PRAGMA {name}").fetchone()
        if found != wanted:
            cx.close()
            raise Misconfigured(f"SQLite answers {name}={found}, the site needs {wanted}")


def prepare(engine: Engine) -> None:
    """Make the engine's reads BEGIN, its writes BEGIN IMMEDIATE, and every commit durable."""
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)


def _on_connect(dbapi: sqlite3.Connection, _: Any) -> None:
    dbapi.isolation_level = None
    make_durable(dbapi)


def _on_begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql(f"PRAGMA query_only={'off' if write else 'on'}")  # no road leads past it
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
