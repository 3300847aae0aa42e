"""PostgreSQL: `pg_dump` and `pg_restore`, which have to be as new as the server."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, Connection
from sqlalchemy.pool import NullPool

from eventsite.backups.contents import read_contents
from eventsite.backups.core import Contents
from eventsite.backups.errors import DatabaseInUse, ToolFailed

SUFFIX = ".dump"
PLAIN = ("--no-owner", "--no-privileges")
OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def dump(url: URL, target: Path) -> Contents:
    """Write the database into a file and return what was in it at that very instant."""
    with _connect(url, isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        parts = ("--format=custom", *PLAIN, f"--snapshot={snapshot}", f"--file={target}")
        _run("pg_dump", parts, url)
        return read_contents(connection)


def contents(url: URL) -> Contents:
    """Return what the database holds."""
    with _connect(url) as connection:
        return read_contents(connection)


@contextmanager
def scratch(source: Path, url: URL) -> Iterator[URL]:
    """Restore a backup into a database of its own, for as long as the block runs."""
    name = f"eventsite_verify_{secrets.token_hex(6)}"
    with _connect(url, isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
    try:
        _restore(source, url.set(database=name))
        yield url.set(database=name)
    finally:
        with _connect(url, isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


def faults_of(url: URL) -> list[str]:
    """Return nothing: `pg_restore` has built every index and checked every constraint, or failed."""
    return []


def refuse_if_open(url: URL) -> None:
    """Raise `DatabaseInUse` where anybody else is connected to the database."""
    with _connect(url) as connection:
        if connection.scalar(OTHERS):
            raise DatabaseInUse("The database is in use: stop the site first.")


def load(source: Path, url: URL) -> None:
    """Put a backup in the place of what the database holds; raises `DatabaseInUse`."""
    refuse_if_open(url)
    with _connect(url, isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    _restore(source, url)


def _restore(source: Path, url: URL) -> None:
    parts = (*PLAIN, "--exit-on-error", "--single-transaction", f"--dbname={_address(url)}", str(source))
    _run("pg_restore", parts, url, address=False)


def _run(program: str, parts: Sequence[str], url: URL, *, address: bool = True) -> None:
    """Run a program of PostgreSQL; the password goes through the environment, where `ps` does not show it."""
    found = shutil.which(program)
    if found is None:
        raise ToolFailed(
            "%(program)s is not on this machine: install PostgreSQL's client programs, at least as new as"
            " the server.",
            program=program,
        )
    where = [f"--dbname={_address(url)}"] if address else []
    password = {"PGPASSWORD": url.password} if isinstance(url.password, str) else {}
    done = subprocess.run(
        [found, *parts, *where], env={**os.environ, **password}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ToolFailed("%(program)s: %(said)s", program=program, said=done.stderr.strip())


def _address(url: URL) -> str:
    plain = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
    return plain.render_as_string()


@contextmanager
def _connect(url: URL, *, isolation_level: str = "READ COMMITTED") -> Iterator[Connection]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect().execution_options(isolation_level=isolation_level) as connection:
        yield connection
    engine.dispose()
