"""Writing to SQLite: one thread per process, one commit per batch, answers only after it."""

import logging
import os
import queue
import sqlite3
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from eventsite.kernel.gate import Gate
from eventsite.kernel.lanes import Lane
from eventsite.kernel.timings import Stopwatch, Timing

LIMIT = 256  # acts in one commit, and callers who may wait
PATIENT = 4  # callers who keep the full patience; the others leave early, so that reads find a thread
PATIENCE, HURRY, SETTLE = 1.8, 0.4, 10.0  # seconds
PAUSE, REOPEN = 0.01, 0.1  # seconds between two tries of a locked, of a failing database

Answer = TypeVar("Answer")
Act = Callable[[sqlite3.Connection, Lane], Answer]
log = logging.getLogger(__name__)


class Busy(Exception):
    """Nothing was written and nothing will be: answer 503, try again."""


class Unsettled(Exception):
    """A commit hangs or failed, so the act may still come true: answer 503, send the same key again."""


@dataclass(frozen=True, kw_only=True)
class WriterState:
    """How the queue of this process does; `stalled` is how many seconds the present round has gone on."""

    stalled: float
    waiting: int
    refused: int
    unsettled: int
    acts: int
    commits: Timing


class _Ticket:
    """A caller's place in the queue. Writer or leaving caller: who takes `claim` first decides."""

    def __init__(self, act: Act[Any] | None) -> None:
        self.act, self.value = act, None  # without an act, the caller wants the turn
        self.failure: BaseException | None = None  # what the act itself raised
        self.error: BaseException | None = None  # what the caller is told
        self.claim, self.ready, self.over = threading.Lock(), threading.Lock(), threading.Lock()
        self.ready.acquire()
        self.over.acquire()

    def take(self) -> bool:
        """Claim the ticket for the writer; from here on only a commit settles it."""
        if not self.claim.acquire(blocking=False):
            return False
        self.error = Unsettled()
        return True

    def attempt(self, act: Act[Any], cx: sqlite3.Connection, lane: Lane) -> None:
        """Run the act so that its failure leaves its neighbours alone; `sqlite3.Error` if even that fails."""
        mark = lane.mark()
        cx.execute("SAVEPOINT act")
        try:
            self.value = act(cx, lane)
        except BaseException as error:  # noqa: BLE001  it is the caller's own, raised again in the caller's thread
            self.failure = error
            lane.reset(mark)
            cx.execute("ROLLBACK TO act")
        cx.execute("RELEASE act")


class _Line:
    """The callers of one writer thread."""

    def __init__(self) -> None:
        self.inbox: queue.SimpleQueue[_Ticket | None] = queue.SimpleQueue()
        self.acts: deque[_Ticket] = deque()
        self.turns: deque[_Ticket] = deque()
        self.waiting, self.closing = 0, False
        self.since: float | None = None
        self.thread: threading.Thread

    def wait(self) -> None:
        """Sleep until somebody comes."""
        self.since = None
        self._sort(self.inbox.get())

    def collect(self) -> None:
        """Take in everybody who has come meanwhile."""
        while not self.inbox.empty():
            self._sort(self.inbox.get())

    def claim_acts(self) -> list[_Ticket]:
        """Take the acts of one batch, passing over those whose callers have left."""
        waiting = [self.acts.popleft() for _ in range(min(LIMIT, len(self.acts)))]
        return [ticket for ticket in waiting if ticket.take()]

    def drop_left(self) -> None:
        """Forget those whose callers have left."""
        self.acts = deque(ticket for ticket in self.acts if not ticket.claim.locked())
        self.turns = deque(ticket for ticket in self.turns if not ticket.claim.locked())

    def _sort(self, ticket: _Ticket | None) -> None:
        if ticket is None:
            self.closing = True
        else:
            (self.acts if ticket.act else self.turns).append(ticket)


class _Desk(NamedTuple):
    """What the writer thread works with; made in the thread, after any fork."""

    gate: Gate
    cx: sqlite3.Connection
    lane: Lane


class Writer:
    """Run acts in batches, and lend the turn to threads that write on their own connection.

    The thread starts with the first caller, so a process may fork before that.
    """

    _line: _Line | None

    def __init__(self, path: str, connect: Callable[[], sqlite3.Connection]) -> None:
        self._path, self._connect = os.path.realpath(path), connect
        self._lock, self._line = threading.Lock(), None
        self._refused = self._unsettled = self._acts = 0
        self._commits = Stopwatch()
        me = weakref.ref(self)
        os.register_at_fork(after_in_child=lambda: _start_afresh(me))

    def run(self, act: Act[Answer]) -> Answer:
        """Return what `act` returned, once on disk; or raise what it raised, with its rows undone.

        `Busy`: nothing was or will be written. `Unsettled`: it may have been.
        """
        ticket = _Ticket(act)
        self._stand_in_line(ticket)
        if ticket.error is not None:
            raise ticket.error
        value: Answer = ticket.value  # type: ignore[assignment]  # set by the act
        return value

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the only turn to write on this machine."""
        ticket = _Ticket(None)
        try:
            self._stand_in_line(ticket)
            yield
        finally:
            ticket.over.release()

    def stalled(self) -> float:
        """Return for how many seconds the present round, or the lent turn, has been going on."""
        since = self._line.since if self._line else None
        return time.monotonic() - since if since else 0.0

    def state(self) -> WriterState:
        """Return the figures of this process."""
        return WriterState(
            stalled=self.stalled(),
            waiting=self._line.waiting if self._line else 0,
            refused=self._refused,
            unsettled=self._unsettled,
            acts=self._acts,
            commits=self._commits.read(),
        )

    def close(self) -> None:
        """Serve who is waiting, then end the thread; the next caller starts another."""
        with self._lock:
            line, self._line = self._line, None
        if line is not None:
            line.inbox.put(None)
            line.thread.join()

    def start_afresh(self) -> None:
        """Forget the line of the parent process, whose thread did not come along."""
        self._lock, self._line = threading.Lock(), None
        self._refused = self._unsettled = self._acts = 0
        self._commits = Stopwatch()

    def _stand_in_line(self, ticket: _Ticket) -> None:
        with self._lock:
            line = self._line if self._line and self._line.thread.is_alive() else self._start()
            crowded = line.waiting >= PATIENT
            if line.waiting >= LIMIT or (crowded and self.stalled() > HURRY):
                self._refused += 1
                raise Busy
            line.waiting += 1
            line.inbox.put(ticket)
        try:
            self._be_served(ticket, HURRY if crowded else PATIENCE)
        finally:
            with self._lock:
                line.waiting -= 1

    def _be_served(self, ticket: _Ticket, patience: float) -> None:
        if ticket.ready.acquire(timeout=patience):
            return
        if ticket.claim.acquire(blocking=False):  # from now on the writer passes this ticket over
            with self._lock:
                self._refused += 1
            raise Busy
        if not ticket.ready.acquire(timeout=SETTLE):
            with self._lock:
                self._unsettled += 1
            raise Unsettled

    def _start(self) -> _Line:
        line = self._line = _Line()
        line.thread = threading.Thread(target=self._keep_serving, args=(line,), name="writer", daemon=True)
        line.thread.start()
        return line

    def _keep_serving(self, line: _Line) -> None:
        """Serve until closed. A database that fails is opened again, with a new lane."""
        while not line.closing:
            try:
                with closing(self._connect()) as cx, closing(Gate(self._path)) as gate:
                    self._serve(line, _Desk(gate, cx, Lane()))
            except (sqlite3.Error, OSError):
                log.exception("the writer could not write and opens the database again")
                line.collect()
                line.drop_left()
                time.sleep(REOPEN)

    def _serve(self, line: _Line, desk: _Desk) -> None:
        while True:
            if not (line.acts or line.turns):
                if line.closing:
                    return
                line.wait()
            line.since = line.since or time.monotonic()
            if line.acts and self._batch(line, desk):
                line.since = None
            line.collect()
            if line.turns:
                since = line.since
                line.since = since or time.monotonic()
                with desk.gate:
                    _lend(line.turns.popleft())
                line.since = since

    def _batch(self, line: _Line, desk: _Desk) -> bool:
        """Write the waiting acts in one commit; false if the database was locked and nobody was claimed."""
        batch: list[_Ticket] = []
        try:
            with desk.gate:
                return self._write(line, desk, batch)
        finally:
            for ticket in batch:
                ticket.ready.release()

    def _write(self, line: _Line, desk: _Desk, batch: list[_Ticket]) -> bool:
        began = time.monotonic()
        if not _begin(desk.cx):
            line.drop_left()
            return False
        line.collect()  # as late as possible: bigger batches, and nobody is claimed before the lock is ours
        batch += line.claim_acts()
        try:
            for ticket in batch:
                if ticket.act is not None:
                    ticket.attempt(ticket.act, desk.cx, desk.lane)
        except sqlite3.Error:  # the whole transaction is gone, for certain
            for ticket in batch:
                ticket.error = ticket.failure or Busy()
            raise
        desk.cx.execute("COMMIT")  # should this fail, the rows may still come back: `Unsettled` stands
        for ticket in batch:
            ticket.error = ticket.failure
        self._acts += len(batch)
        self._commits.add(time.monotonic() - began)
        return True


def is_locked(error: BaseException | None) -> bool:
    """Tell whether SQLite refused because somebody else holds the lock."""
    if not isinstance(error, sqlite3.OperationalError):
        return False
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


def _begin(cx: sqlite3.Connection) -> bool:
    try:
        cx.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if not is_locked(error):
            raise
        time.sleep(PAUSE)
        return False
    return True


def _lend(ticket: _Ticket) -> None:
    if ticket.claim.acquire(blocking=False):
        ticket.ready.release()
        ticket.over.acquire()


def _start_afresh(writer: "weakref.ref[Writer]") -> None:
    if (mine := writer()) is not None:
        mine.start_afresh()
