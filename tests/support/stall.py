"""A small site to try the write path on: stamps (once), gifts (scarce), each with its broken twin.

A broken twin decides first and acts later, as careless code does; every race test must catch it.
"""

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from flask import Flask
from sqlalchemy import text

from eventsite import database
from eventsite.audit.models import AuditRow, Knot
from eventsite.database import Base, atomic, db, perform
from eventsite.kernel.lanes import INSERT, INSERT_SQLITE, POSTGRES_ROW, Lane, Row

TABLES = (
    "CREATE TABLE stamp (pass_id bigint, booth_id bigint, PRIMARY KEY (pass_id, booth_id))",
    "CREATE TABLE stamps (pass_id bigint PRIMARY KEY, amount bigint NOT NULL)",
    "CREATE TABLE stock (gift bigint PRIMARY KEY, remaining bigint NOT NULL)",
    "CREATE TABLE claim (pass_id bigint, gift bigint)",
)
COUNT = "INSERT INTO stamps {} ON CONFLICT (pass_id) DO UPDATE SET amount = stamps.amount + 1"
STAMP = f"""WITH fresh AS (INSERT INTO stamp VALUES (%s, %s) ON CONFLICT DO NOTHING RETURNING pass_id),
  counted AS ({COUNT.format("SELECT pass_id, 1 FROM fresh")}),
  log AS ({INSERT} SELECT {POSTGRES_ROW} FROM fresh)
  SELECT EXISTS (SELECT FROM fresh)"""
CLAIM = f"""WITH took AS
    (UPDATE stock SET remaining = remaining - 1 WHERE gift = %s AND remaining > 0 RETURNING gift),
  fresh AS (INSERT INTO claim SELECT %s, gift FROM took RETURNING pass_id),
  log AS ({INSERT} SELECT {POSTGRES_ROW} FROM fresh)
  SELECT EXISTS (SELECT FROM fresh)"""


class Refused(Exception):
    """What a bad act raises."""


@dataclass(frozen=True)
class Stamp:
    """Stamp a pass at a booth; true for the first time."""

    pass_id: int
    booth_id: int

    def entry(self, lane: Lane) -> Row:
        """Return the audit row."""
        return lane.entry(f"pass:{self.pass_id}", "stamp", f"booth:{self.booth_id}", event_id=1)

    def sqlite(self, cx: sqlite3.Connection, lane: Lane) -> bool:
        """Insert or ignore, then count."""
        key = (self.pass_id, self.booth_id)
        if not cx.execute("INSERT INTO stamp VALUES (?, ?) ON CONFLICT DO NOTHING", key).rowcount:
            return False
        cx.execute(COUNT.format("VALUES (?, 1)"), key[:1])
        cx.execute(INSERT_SQLITE, self.entry(lane))
        return True

    def postgres(self, cx: psycopg.Connection[Any], lane: Lane) -> bool:
        """Do the same in one statement."""
        mark = lane.mark()
        return _fresh(cx.execute(STAMP, (self.pass_id, self.booth_id, *self.entry(lane))), lane, mark)


@dataclass(frozen=True)
class Claim:
    """Take one of a scarce gift; false when none is left."""

    pass_id: int
    gift: int

    def entry(self, lane: Lane) -> Row:
        """Return the audit row."""
        return lane.entry(f"pass:{self.pass_id}", "claim", f"gift:{self.gift}", event_id=1)

    def sqlite(self, cx: sqlite3.Connection, lane: Lane) -> bool:
        """Take from the stock on the condition that there is some."""
        taken = cx.execute(
            "UPDATE stock SET remaining = remaining - 1 WHERE gift = ? AND remaining > 0", (self.gift,)
        )
        if not taken.rowcount:
            return False
        cx.execute("INSERT INTO claim VALUES (?, ?)", (self.pass_id, self.gift))
        cx.execute(INSERT_SQLITE, self.entry(lane))
        return True

    def postgres(self, cx: psycopg.Connection[Any], lane: Lane) -> bool:
        """Do the same in one statement."""
        mark = lane.mark()
        return _fresh(cx.execute(CLAIM, (self.gift, self.pass_id, *self.entry(lane))), lane, mark)


@dataclass(frozen=True)
class BadStamp(Stamp):
    """Stamp, and fail after it."""

    def sqlite(self, cx: sqlite3.Connection, lane: Lane) -> bool:
        """Write everything, then raise."""
        super().sqlite(cx, lane)
        raise Refused(self.pass_id)

    def postgres(self, cx: psycopg.Connection[Any], lane: Lane) -> bool:
        """Fail in the statement itself, which is the transaction."""
        try:
            cx.execute(STAMP, (self.pass_id, None, *self.entry(lane)))
        except psycopg.IntegrityError as error:
            raise Refused(self.pass_id) from error
        return True


def claim_carelessly(pass_id: int, gift: int, *, pause: float = 0.002) -> bool:
    """Take a gift as a broken twin of `Claim`: look, then take."""
    left = db.session.execute(
        text("SELECT remaining FROM stock WHERE gift = :gift"), {"gift": gift}
    ).scalar_one()
    time.sleep(pause)
    if left <= 0:
        return False
    with atomic() as session:
        session.execute(
            text("UPDATE stock SET remaining = :left WHERE gift = :gift"), {"left": left - 1, "gift": gift}
        )
        session.execute(text("INSERT INTO claim VALUES (:who, :gift)"), {"who": pass_id, "gift": gift})
    return True


def stamp_carelessly(pass_id: int, booth_id: int, *, pause: float = 0.002) -> bool:
    """Stamp as a broken twin of `Stamp`, in a table without a key: look, then insert."""
    who = {"who": pass_id, "booth": booth_id}
    seen = db.session.execute(text("SELECT count(*) FROM claim WHERE pass_id = :who AND gift = :booth"), who)
    time.sleep(pause)
    if seen.scalar_one():
        return False
    with atomic() as session:
        session.execute(text("INSERT INTO claim VALUES (:who, :booth)"), who)
    return True


def stamp_together(acts: Sequence[Stamp]) -> None:
    """Do several acts as a broken twin of a batch: without a savepoint for each."""
    with atomic():
        for act in acts:
            perform(act)


def make_stall(url: str, **settings: Any) -> Flask:
    """Return the site with an empty database behind it made ready, or with the one that is there."""
    app = Flask("stall")
    app.config |= {"TESTING": True, "SQLALCHEMY_DATABASE_URI": url, "WRITES_POOL_SIZE": 4, **settings}
    database.init_app(app)
    return app


def make_tables(app: Flask, *, gifts: int = 0) -> None:
    """Make the stall's tables and the log's; `gifts` is the stock of gift 1."""
    with app.app_context(), atomic() as session:
        connection = session.connection()
        Base.metadata.create_all(connection, tables=[AuditRow.__table__, Knot.__table__])  # type: ignore[list-item]
        for table in TABLES:
            connection.exec_driver_sql(table)
        connection.exec_driver_sql(f"INSERT INTO stock VALUES (1, {gifts})")


def ask(app: Flask, question: str) -> Any:
    """Return the one value that answers a query."""
    with app.app_context():
        return db.session.execute(text(question)).scalar_one()


def _fresh(cursor: psycopg.Cursor[Any], lane: Lane, mark: tuple[int, bytes]) -> bool:
    (fresh,) = cursor.fetchone() or (False,)
    if not fresh:
        lane.reset(mark)
    return bool(fresh)
