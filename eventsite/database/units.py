"""The one way to write: `with atomic():` for operations, `perform(act)` for hot acts."""

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, cast

import psycopg
from flask import current_app
from psycopg_pool import PoolTimeout
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm import Session

from eventsite.database import postgres
from eventsite.database.base import db
from eventsite.database.constraints import violated
from eventsite.database.reads import Glasses, PoolGlasses, Rows, read_on
from eventsite.kernel.errors import DomainError
from eventsite.kernel.lanes import Lane, Lanes
from eventsite.kernel.timings import Stopwatch, Timing
from eventsite.kernel.writer import Busy, Unsettled, Writer, WriterState, is_locked

log = logging.getLogger(__name__)
Answer_co = TypeVar("Answer_co", covariant=True)
Answer = TypeVar("Answer")
EXTENSION = "eventsite.writes"


class Act(Protocol[Answer_co]):
    """A hot act: a frozen dataclass with its SQL twice. No ORM, no Flask, no network, no commit."""

    def sqlite(self, cx: sqlite3.Connection, lane: Lane) -> Answer_co:
        """Do it in a few short statements; runs in the writer thread, inside a savepoint."""

    def postgres(self, cx: psycopg.Connection[Any], lane: Lane) -> Answer_co:
        """Do it in one statement; runs in the caller's thread, in autocommit.

        Reset the lane where the row made for it was not written.
        """


class Doomed(Exception):
    """An inner `atomic()` failed and its error was swallowed: the whole operation is undone."""


class Unit:
    """What belongs to one outermost `atomic()`; `after` runs once it is committed and its turn given back."""

    def __init__(self, lane: Lane) -> None:
        self.lane, self.doomed = lane, False
        self.after: list[Callable[[], object]] = []


@dataclass(frozen=True, kw_only=True)
class WriteState:
    """The write path of this process as plain values, for `/readyz` and `/metrics`."""

    stalled: float
    writer: WriterState | None
    operations: Timing
    hot_acts: Timing


class Writes:
    """The write path of one application in one process."""

    def __init__(
        self, road: Writer | postgres.HotPool, glasses: Glasses | PoolGlasses, *, inline: bool
    ) -> None:
        self.road, self.glasses, self.inline, self.lanes = road, glasses, inline, Lanes()
        self.operations, self.hot_acts = Stopwatch(), Stopwatch()

    def state(self) -> WriteState:
        """Return the figures so far."""
        writer = self.road.state() if isinstance(self.road, Writer) else None
        return WriteState(
            stalled=writer.stalled if writer else 0.0,
            writer=writer,
            operations=self.operations.read(),
            hot_acts=self.hot_acts.read(),
        )

    def close(self) -> None:
        """End the threads and connections of the write path, and of what reads beside the session."""
        self.road.close()
        self.glasses.close()

    def turn(self) -> AbstractContextManager[None]:
        """Hold the only turn to write where there is only one; PostgreSQL needs none."""
        return self.road.turn() if isinstance(self.road, Writer) else nullcontext()


def writes() -> Writes:
    """Return the write path of the current application."""
    path: Writes = current_app.extensions[EXTENSION]
    return path


def unit() -> Unit:
    """Return the unit of the running operation; `RuntimeError` outside one."""
    running = _running(db.session())
    if running is None:
        raise RuntimeError("there is no unit outside atomic()")
    return running


@contextmanager
def atomic() -> Iterator[Session]:
    """Commit at the outermost level, join when nested, undo everything on any error; retry nothing.

    What is read inside is fresh. Raises `Busy` if nothing was written because the database is taken,
    `Unsettled` if a commit failed in a way that leaves the outcome open, `Doomed` if an inner `atomic()`
    failed and its error was swallowed.
    """
    session = db.session()
    running = _running(session)
    if running is not None:
        with _joined(running):
            yield session
        return
    _end_reading(session)
    path = writes()
    began = time.monotonic()
    with path.turn():
        new = Unit(path.lanes.borrow())
        with _unit(session, new, path.lanes):
            yield session
    path.operations.add(time.monotonic() - began)
    for call in new.after:
        call()


@contextmanager
def attempt(conflicts: Mapping[str, DomainError] | None = None) -> Iterator[Session]:
    """Mark a part of an operation that may fail alone; catch its error outside of it.

    `conflicts` has what to raise for a row that a constraint refused, by its name or `FOREIGN_KEY`.
    """
    session = db.session()
    lane = unit().lane
    mark = lane.mark()
    try:
        with session.begin_nested():
            yield session
    except IntegrityError as error:
        lane.reset(mark)
        conflict = (conflicts or {}).get(violated(error))
        if conflict is None:
            raise
        raise conflict from error
    except BaseException:
        lane.reset(mark)
        raise


def perform(act: Act[Answer]) -> Answer:
    """Do a hot act durably: join the running operation, or take a place in a batch, or one statement.

    Returns only after the commit; joined, before the operation's. Raises `Busy` and `Unsettled`.
    """
    path = writes()
    if db.session.registry.has():
        running = _running(db.session())
        if running is not None:
            return _join(act, running.lane)
        _end_reading(db.session())
    if path.inline:  # the tests' transaction, which no second connection can see
        with atomic():
            return _join(act, unit().lane)
    began = time.monotonic()
    road = path.road
    answer = road.run(act.sqlite) if isinstance(road, Writer) else _one_statement(act, path, road)
    path.hot_acts.add(time.monotonic() - began)
    return answer


def glance(sql: str, **values: Any) -> Rows:
    """Read a few rows without the session; inside an operation, as it has left them.

    `sql` names its values `:so`. Columns come as the database hands them over (`reads.instant`).
    """
    path = writes()
    running = _running(db.session()) if db.session.registry.has() else None
    if running is not None or path.inline:
        return read_on(db.session.connection().connection.driver_connection, sql, values)
    return path.glasses.rows(sql, values)


def commit_pending() -> None:
    """Commit what a library has put into the session outside of `atomic()`.

    For libraries that commit by themselves. Autoflush must have been off since the first change. What was
    read before is not read again, so use it where a stale row does no harm.
    """
    session = db.session()
    if _running(session) is not None:
        session.flush()
        return
    path = writes()
    with path.turn():
        new = Unit(path.lanes.borrow())
        with _unit(session, new, path.lanes, begin=_turn_into_writing):
            pass


@contextmanager
def _joined(running: Unit) -> Iterator[None]:
    try:
        yield
    except BaseException:
        running.doomed = True
        raise


@contextmanager
def _unit(
    session: Session, new: Unit, lanes: Lanes, begin: Callable[[Session], None] | None = None
) -> Iterator[None]:
    """Run the outermost level: begin, let the body write, commit; give the lane back if its end is known."""
    session.info["unit"] = new
    mark = new.lane.mark()
    try:
        try:
            with _refusals():
                (begin or _begin)(session)
                yield
                _flush(session, new)
        except BaseException:
            session.rollback()
            new.lane.reset(mark)
            lanes.give_back(new.lane)
            raise
        _commit(session)
    finally:
        del session.info["unit"]
    lanes.give_back(new.lane)


def _flush(session: Session, new: Unit) -> None:
    if new.doomed:
        raise Doomed
    session.flush()


def _begin(session: Session) -> None:
    session.connection(execution_options={"write": True})


def _turn_into_writing(session: Session) -> None:
    """Make the session's open read transaction a writing one, keeping what waits in the session."""
    connection = session.connection()
    if writes().inline:  # the tests' transaction writes already
        return
    dbapi = cast("psycopg.Connection[Any] | sqlite3.Connection", connection.connection.driver_connection)
    dbapi.rollback()
    if isinstance(dbapi, psycopg.Connection):
        dbapi.read_only = False
        return
    connection.exec_driver_sql("PRAGMA query_only=off")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _commit(session: Session) -> None:
    try:
        session.commit()
    except IntegrityError:  # a deferred constraint: the database undid everything
        session.rollback()
        raise
    except DBAPIError as error:
        log.exception("a commit failed")
        session.rollback()
        raise Unsettled from error


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn what the database says when it is taken or out of reach, before any commit, into `Busy`."""
    try:
        yield
    except NoConnection as error:
        raise Busy from error
    except (DBAPIError, sqlite3.Error, psycopg.Error) as error:  # bare ones come from joined hot acts
        cause = error.orig if isinstance(error, DBAPIError) else error
        if is_locked(cause) or postgres.is_given_up(cause) or postgres.is_in_doubt(cause):
            raise Busy from error
        raise


def _end_reading(session: Session) -> None:
    """End the session's read snapshot, so that what is read from here on is fresh."""
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("changes were made outside atomic()")
    session.rollback()


def _join(act: Act[Answer], lane: Lane) -> Answer:
    with attempt() as session:
        dbapi = session.connection().connection.driver_connection
        if isinstance(dbapi, psycopg.Connection):
            return act.postgres(dbapi, lane)
        return act.sqlite(cast("sqlite3.Connection", dbapi), lane)


def _one_statement(act: Act[Answer], path: Writes, pool: postgres.HotPool) -> Answer:
    lane = path.lanes.borrow()
    mark = lane.mark()
    try:
        with pool.get().connection() as cx:  # autocommit: the statement is the transaction
            answer = act.postgres(cx, lane)
    except PoolTimeout as error:
        path.lanes.give_back(lane)
        raise Busy from error
    except psycopg.Error as error:
        if postgres.is_in_doubt(error):
            raise Unsettled from error  # the lane is left out: whether its row exists is not known
        lane.reset(mark)
        path.lanes.give_back(lane)
        if postgres.is_given_up(error):
            raise Busy from error
        raise
    path.lanes.give_back(lane)
    return answer


def _running(session: Session) -> Unit | None:
    running: Unit | None = session.info.get("unit")
    return running


@event.listens_for(db.session, "before_flush")
def _guard(session: Session, *_: object) -> None:
    if _running(session) is None:
        raise RuntimeError("a flush outside atomic()")
