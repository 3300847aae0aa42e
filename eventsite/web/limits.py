"""Counting attempts in fixed windows: in Redis where it is set, else in a table, never in a process's memory.

`refuse_spent()` and `note()` are for visitors: a counter out of reach lets them through, with a line in the
log. `spend()` is for sign-in: a counter out of reach refuses (`Busy`). Flask-Limiter's decorators are unused.
"""

import hashlib
import hmac
import logging
import math
import sqlite3
import time
from dataclasses import dataclass
from typing import Any

import psycopg
from flask import Flask, current_app
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import RateLimitItem
from limits.errors import StorageError
from limits.storage import Storage
from sqlalchemy import delete, func, select

from eventsite.accounts.models import Throttle
from eventsite.database import Busy, atomic, db, perform
from eventsite.kernel.errors import DomainError
from eventsite.kernel.lanes import Lane
from eventsite.kernel.words import N_
from eventsite.web.visitors import without_hooks

log = logging.getLogger(__name__)
SCHEME = "eventsite-table"
SWEEP = 20  # expired counters that a new one takes away with it
SQLITE_HIT = """INSERT INTO throttle(key, hits, expires_at) VALUES (?, ?, ?) ON CONFLICT(key) DO UPDATE SET
 hits = CASE WHEN throttle.expires_at <= ? THEN excluded.hits ELSE throttle.hits + excluded.hits END,
 expires_at = CASE WHEN throttle.expires_at <= ? THEN excluded.expires_at ELSE throttle.expires_at END
 RETURNING hits"""
SQLITE_SWEEP = "DELETE FROM throttle WHERE key IN (SELECT key FROM throttle WHERE expires_at <= ? LIMIT ?)"
POSTGRES_HIT = SQLITE_HIT.replace("?", "%s")
POSTGRES_SWEEP = """DELETE FROM throttle WHERE key IN
 (SELECT key FROM throttle WHERE expires_at <= %s LIMIT %s FOR UPDATE SKIP LOCKED)"""

limiter = Limiter(get_remote_address, strategy="fixed-window", swallow_errors=True)


@dataclass(frozen=True)
class Tries:
    """Failures of one visitor, or of all who share a name such as an address; each window has its limit."""

    who: tuple[str, ...]
    windows: tuple[RateLimitItem, ...]

    def refuse_spent(self) -> None:
        """Raise `Throttled` where the failures noted reach a limit; a counter out of reach lets through."""
        for window in self.windows:
            refuse_spent(window, *self.who)

    def note(self) -> None:
        """Count a failure; a counter out of reach is logged, not shown."""
        for window in self.windows:
            note(window, *self.who)


class Throttled(DomainError):
    """Too many attempts; the answer is the same whether the thing attempted exists or not."""

    status = 429


@dataclass(frozen=True, kw_only=True)
class Hit:
    """Count `amount` attempts under a key and tell how many the running window has."""

    key: str
    amount: int
    expiry: int
    now: float

    def sqlite(self, cx: sqlite3.Connection, lane: Lane) -> int:
        """Count in one statement; the first of a window sweeps expired counters."""
        (hits,) = cx.execute(SQLITE_HIT, self._values()).fetchone()
        if hits == self.amount:
            cx.execute(SQLITE_SWEEP, (math.floor(self.now) - 1, SWEEP))
        return int(hits)

    def postgres(self, cx: psycopg.Connection[Any], lane: Lane) -> int:
        """Count in one statement; the first of a window sweeps expired counters."""
        ((hits,),) = cx.execute(POSTGRES_HIT, self._values()).fetchall()
        if hits == self.amount:
            cx.execute(POSTGRES_SWEEP, (math.floor(self.now) - 1, SWEEP))
        return int(hits)

    def _values(self) -> tuple[object, ...]:
        at = math.floor(self.now)
        return self.key, self.amount, at + self.expiry, at, at


@dataclass(frozen=True, kw_only=True)
class Forget:
    """Take a counter away."""

    key: str

    def sqlite(self, cx: sqlite3.Connection, lane: Lane) -> None:
        """Delete the row."""
        cx.execute("DELETE FROM throttle WHERE key = ?", (self.key,))

    def postgres(self, cx: psycopg.Connection[Any], lane: Lane) -> None:
        """Delete the row."""
        cx.execute("DELETE FROM throttle WHERE key = %s", (self.key,))


class TableStorage(Storage):
    """The `limits` library's storage on our own table, written through the site's write path."""

    STORAGE_SCHEME = [SCHEME]

    @property
    def base_exceptions(self) -> type[Exception] | tuple[type[Exception], ...]:
        """Return what a table out of reach raises."""
        return Busy

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count and return the sum of the window."""
        return perform(Hit(key=_hidden(key), amount=amount, expiry=expiry, now=time.time()))

    def get(self, key: str) -> int:
        """Return the sum of the running window, 0 where none runs."""
        running = select(Throttle.hits).where(Throttle.key == _hidden(key), Throttle.expires_at > time.time())
        return db.session.scalar(running) or 0

    def get_expiry(self, key: str) -> float:
        """Return when the window ends, in Unix seconds; now, where none runs."""
        ends = db.session.scalar(select(Throttle.expires_at).where(Throttle.key == _hidden(key)))
        return max(float(ends or 0), time.time())

    def check(self) -> bool:
        """Tell whether the table answers."""
        return db.session.scalar(select(func.count()).select_from(Throttle)) is not None

    def reset(self) -> int | None:
        """Take all counters away and return how many there were."""
        with atomic() as session:
            return len(session.scalars(delete(Throttle).returning(Throttle.key)).all())

    def clear(self, key: str) -> None:
        """Take one counter away."""
        perform(Forget(key=_hidden(key)))


def init_app(app: Flask) -> None:
    """Choose where counters are kept: Redis where it is set, else the table."""
    redis = app.config["REDIS_URL"]
    app.config.setdefault("RATELIMIT_STORAGE_URI", redis or f"{SCHEME}://")
    if redis:
        app.config.setdefault(
            "RATELIMIT_STORAGE_OPTIONS", {"socket_timeout": 0.4, "socket_connect_timeout": 0.4}
        )
    with without_hooks(app):  # they look for its decorators, and there are none
        limiter.init_app(app)


def spend(item: RateLimitItem, *who: str) -> None:
    """Count an attempt before it is made; `Throttled` past the limit, `Busy` where nothing can be counted."""
    try:
        allowed = limiter.limiter.hit(item, *who)
    except _faults() as error:
        raise Busy from error
    if not allowed:
        raise _throttled(item)


def refuse_spent(item: RateLimitItem, *who: str) -> None:
    """Raise `Throttled` where the failures noted reach the limit; a counter out of reach lets through."""
    try:
        allowed = limiter.limiter.test(item, *who)
    except _faults():
        log.exception("a counter is out of reach")
        return
    if not allowed:
        raise _throttled(item)


def note(item: RateLimitItem, *who: str) -> None:
    """Count a failure of a visitor; a counter out of reach is logged, not shown."""
    try:
        limiter.limiter.hit(item, *who)
    except _faults():
        log.exception("a counter is out of reach")


def forgive(item: RateLimitItem, *who: str) -> None:
    """Forget the attempts counted so far: the last one was right."""
    try:
        limiter.limiter.clear(item, *who)
    except _faults() as error:
        raise Busy from error


def _throttled(item: RateLimitItem) -> Throttled:
    minutes = max(1, item.get_expiry() // 60)
    return Throttled(N_("Too many tries. Wait %(minutes)s minutes, then try again."), minutes=minutes)


def _faults() -> tuple[type[Exception], ...]:
    """Return what a counter out of reach raises, whichever storage there is."""
    base = limiter.storage.base_exceptions
    return (StorageError, *base) if isinstance(base, tuple) else (StorageError, base)


def _hidden(key: str) -> str:
    """Return a counter's key as it is stored: hashed with a secret, for it may hold an address."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, key.encode(), hashlib.sha256).hexdigest()
