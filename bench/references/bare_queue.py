"""The bare check-in at its best: SQLite, one writer thread a process with a group commit, a file lock across.

`PLACE` is the database file.
"""

import fcntl
import os
import queue
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from bench.references.edge import make_app

PLACE = os.environ["PLACE"]
TABLE = "CREATE TABLE IF NOT EXISTS visit (visitor INT, booth INT, day TEXT, UNIQUE (visitor, booth, day))"
ADD = "INSERT INTO visit VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
COUNT = "SELECT count(*) FROM visit WHERE visitor = ?"


class Ticket:
    """A caller who waits for the commit."""

    def __init__(self, visit: tuple[int, int, str]) -> None:
        self.visit, self.done = visit, threading.Lock()
        self.answer: tuple[int, int]
        self.done.acquire()


class Writer:
    """Writes whatever waits in one commit, then answers."""

    def __init__(self) -> None:
        self.waiting: queue.SimpleQueue[Ticket] = queue.SimpleQueue()
        self.lock, self.thread = threading.Lock(), threading.Thread(target=self.keep_writing, daemon=True)

    def __call__(self, visitor: int, booth: int, day: str) -> tuple[int, int]:
        """Return once the visit is on disk."""
        with self.lock:
            if not self.thread.is_alive():
                self.thread.start()
        ticket = Ticket((visitor, booth, day))
        self.waiting.put(ticket)
        ticket.done.acquire()
        return ticket.answer

    def keep_writing(self) -> None:
        """Serve one batch after the other."""
        cx = connect()
        with Path(f"{PLACE}.gate").open("w") as gate:
            while True:
                batch = [self.waiting.get()]
                while not self.waiting.empty():
                    batch.append(self.waiting.get())
                fcntl.flock(gate, fcntl.LOCK_EX)
                try:
                    write(cx, batch)
                finally:
                    fcntl.flock(gate, fcntl.LOCK_UN)
                for ticket in batch:
                    ticket.done.release()


def connect() -> sqlite3.Connection:
    """Open the database so that a commit is on disk."""
    cx = sqlite3.connect(PLACE, isolation_level=None, check_same_thread=False)
    cx.execute("PRAGMA journal_mode=WAL")
    cx.execute("PRAGMA synchronous=FULL")
    return cx


def write(cx: sqlite3.Connection, batch: list[Ticket]) -> None:
    """Write the batch and answer each of it."""
    cx.execute("BEGIN IMMEDIATE")
    for ticket in batch:
        fresh = cx.execute(ADD, ticket.visit).rowcount
        ticket.answer = fresh, cx.execute(COUNT, ticket.visit[:1]).fetchone()[0]
    cx.execute("COMMIT")


with closing(connect()) as first:
    first.execute(TABLE)
app = make_app(Writer())
