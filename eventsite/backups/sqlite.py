"""SQLite: copies by its backup interface, which sees every acknowledged commit; never a file copy."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine
from sqlalchemy.engine import URL, Connection
from sqlalchemy.pool import NullPool

from eventsite.backups.contents import read_contents
from eventsite.backups.core import Contents
from eventsite.backups.errors import BadBackup, DatabaseInUse

SUFFIX = ".sqlite"
PATIENCE = 0.5  # seconds for a lock


def dump(url: URL, target: Path) -> Contents:
    """Copy the database into an empty file and return what is in the copy."""
    source = Path(url.database or "")
    if not source.exists():
        raise BadBackup("There is no database yet: %(path)s", path=str(source))
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)
        written.execute("PRAGMA journal_mode=delete")  # one file, without a log beside it
    return contents(URL.create("sqlite", database=str(target)))


def contents(url: URL) -> Contents:
    """Return what the database holds; nothing, where there is no file yet."""
    if not Path(url.database or "").exists():
        return Contents(rows={}, knot=0, knot_hash="")
    with _connect(url) as connection:
        return read_contents(connection)


@contextmanager
def scratch(source: Path, _url: URL) -> Iterator[URL]:
    """Restore a backup beside itself for as long as the block runs."""
    with TemporaryDirectory(dir=source.parent, prefix="verify-") as folder:
        path = Path(folder) / "scratch.sqlite"
        _copy_back(source, path)
        yield URL.create("sqlite", database=str(path))


def faults_of(url: URL) -> list[str]:
    """Return what SQLite finds wrong with a database."""
    with closing(sqlite3.connect(url.database or "")) as cx:
        found = [str(row[0]) for row in cx.execute("PRAGMA integrity_check") if row[0] != "ok"]
        strays = [
            f"table {row[0]}: row {row[1]} points at a missing row of {row[2]}"
            for row in cx.execute("PRAGMA foreign_key_check")
        ]
    return found + strays


def refuse_if_open(url: URL) -> None:
    """Raise `DatabaseInUse` where anybody else has the database open."""
    path = Path(url.database or "")
    if path.exists():
        with closing(sqlite3.connect(path, timeout=PATIENCE)) as cx:
            _take(cx)


def load(source: Path, url: URL) -> None:
    """Put a backup in the place of the database, whole or not at all; raises `DatabaseInUse`."""
    path = Path(url.database or "")
    path.parent.mkdir(parents=True, exist_ok=True)
    _copy_back(source, path)


def _copy_back(source: Path, path: Path) -> None:
    with (
        closing(sqlite3.connect(source)) as read,
        closing(sqlite3.connect(path, timeout=PATIENCE)) as written,
    ):
        _take(written)
        read.backup(written)


def _take(cx: sqlite3.Connection) -> None:
    """Take the database for this connection alone, until it is closed."""
    try:
        for statement in (
            "PRAGMA locking_mode=exclusive",
            "PRAGMA journal_mode=wal",
            "BEGIN IMMEDIATE",
            "ROLLBACK",
        ):
            cx.execute(statement)
    except sqlite3.OperationalError as error:
        raise DatabaseInUse("The database is in use: stop the site first.") from error


@contextmanager
def _connect(url: URL) -> Iterator[Connection]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        yield connection
    engine.dispose()
