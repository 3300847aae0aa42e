"""Stamping, the hottest act of a fair: its SQL twice, and the checks before it.

Idempotent: the second tap of a pass at a checkpoint on a day returns the first stamp. The primary key of
`stamp` is the last wall; the pass's counters and the audit row are written in the same transaction.
"""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from psycopg.errors import NotNullViolation

from eventsite.checkin.core.codes import GRACE, accepts
from eventsite.checkin.core.passes import NewPass, deal, pass_id
from eventsite.checkin.core.stamping import CheckpointFacts, Receipt, stamp_day
from eventsite.checkin.enums import CodeMode, TokenRule
from eventsite.checkin.errors import CheckpointClosed, NeedsStaff, Outdated, TooSoon, WrongCode
from eventsite.database import perform
from eventsite.kernel.lanes import INSERT_SQLITE, POSTGRES_ROW, Lane, Row
from eventsite.kernel.words import N_

# One row a day of the pass at this checkpoint, one without a day, or none where the facts stand no longer.
READ = """
SELECT p.stamps, p.checkpoints, p.last_stamp_at, p.last_day, s.day, s.at
FROM checkpoint c
JOIN stamp_rally r ON r.event_id = c.event_id AND r.version = ?
JOIN event e ON e.id = c.event_id AND e.version = ?
LEFT JOIN visitor_pass p ON p.id = ? AND p.event_id = c.event_id AND p.key = ?
LEFT JOIN stamp s ON s.event_id = c.event_id AND s.pass_id = p.id AND s.checkpoint_id = c.id
WHERE c.id = ? AND c.version = ?
"""
ADD_PASS = (
    "INSERT INTO visitor_pass (id, event_id, key, recovery_code, entry_code, created_at, is_staff, is_demo,"
    " stamps, checkpoints, last_stamp_at, last_day) VALUES (?, ?, ?, ?, ?, ?, 0, ?, 1, 1, ?, ?)"
)
ADD_STAMP = "INSERT INTO stamp (event_id, pass_id, checkpoint_id, day, at, mode) VALUES (?, ?, ?, ?, ?, ?)"
COUNT = "UPDATE visitor_pass SET stamps = ?, checkpoints = ?, last_stamp_at = ?, last_day = ? WHERE id = ?"

# A pass that is stamped elsewhere within the shortest time makes `stamps` null, which its column refuses: the
# whole statement is undone, also when the two stamps arrive at the same instant.
ONE = f"""
WITH stands AS (
    SELECT FROM checkpoint c JOIN stamp_rally r ON r.event_id = c.event_id JOIN event e ON e.id = c.event_id
    WHERE c.id = %(checkpoint)s AND c.version = %(edition0)s AND r.version = %(edition1)s
        AND e.version = %(edition2)s
), known AS (
    SELECT stamps, checkpoints, last_day FROM visitor_pass
    WHERE id = %(pass)s AND event_id = %(event)s AND key = %(key)s
), fresh AS (
    INSERT INTO stamp (event_id, pass_id, checkpoint_id, day, at, mode)
    SELECT %(event)s, %(pass)s, %(checkpoint)s,
        CASE WHEN %(whole)s THEN %(day)s::date
             ELSE greatest(%(day)s::date, (SELECT last_day FROM known)) END,
        %(at)s, %(mode)s
    FROM stands
    ON CONFLICT DO NOTHING RETURNING pass_id, day
), counted AS (
    INSERT INTO visitor_pass (id, event_id, key, recovery_code, entry_code, created_at, stamps, checkpoints,
        last_stamp_at, last_day, is_staff, is_demo)
    SELECT pass_id, %(event)s, %(key)s, %(recovery)s, %(entry)s, %(at)s, 1, 1,
        %(at)s, %(today)s::date, false, %(demo)s
    FROM fresh
    ON CONFLICT (id) DO UPDATE SET
        stamps = CASE WHEN visitor_pass.last_stamp_at IS NULL OR visitor_pass.last_stamp_at <= %(not_after)s
                      THEN visitor_pass.stamps + 1 END,
        checkpoints = visitor_pass.checkpoints + CASE WHEN EXISTS (
            SELECT FROM stamp
            WHERE event_id = %(event)s AND pass_id = %(pass)s AND checkpoint_id = %(checkpoint)s
        ) THEN 0 ELSE 1 END,
        last_stamp_at = EXCLUDED.last_stamp_at,
        last_day = greatest(EXCLUDED.last_day, visitor_pass.last_day)
    RETURNING stamps, checkpoints
), log AS (
    INSERT INTO audit (lane, seq, at, event_id, actor, verb, thing, detail, hash)
    SELECT {POSTGRES_ROW.replace("%s", "%({})s")} FROM fresh
)
SELECT EXISTS (SELECT FROM stands), EXISTS (SELECT FROM fresh),
    coalesce((SELECT stamps FROM counted), (SELECT stamps FROM known)),
    coalesce((SELECT checkpoints FROM counted), (SELECT checkpoints FROM known))
""".format(*(f"row{n}" for n in range(9)))  # noqa: S608 - names of our own
EARLIER = """
SELECT p.stamps, p.checkpoints, s.at FROM visitor_pass p
JOIN stamp s ON s.event_id = p.event_id AND s.pass_id = p.id AND s.checkpoint_id = %(checkpoint)s
WHERE p.id = %(pass)s AND p.key = %(key)s ORDER BY s.day DESC LIMIT 1
"""


@dataclass(frozen=True, kw_only=True)
class StampPass:
    """Stamp a pass at a checkpoint, once for `day`; answers with a `Receipt`.

    Raises `TooSoon` where the pass was stamped elsewhere less than `min_seconds` ago, `Outdated` where the
    facts of `edition` stand no longer.
    """

    event_id: int
    checkpoint_id: int
    key: bytes
    new: NewPass
    rule: TokenRule
    day: date
    today: date
    at: datetime
    mode: CodeMode
    min_seconds: int
    edition: tuple[int, int, int]
    by: str = ""
    is_demo: bool = False

    @property
    def pass_id(self) -> int:
        """Return the id of the pass's row."""
        return pass_id(self.event_id, self.key)

    def sqlite(self, cx: sqlite3.Connection, lane: Lane) -> Receipt:
        """Stamp in four statements, few because each lets go of the interpreter; the writer is alone."""
        number, at = self.pass_id, _text(self.at)
        checkpoint, rally, event = self.edition
        rows = cx.execute(READ, (rally, event, number, self.key, self.checkpoint_id, checkpoint)).fetchall()
        if not rows:
            raise _outdated()
        stamps, checkpoints, last_at, last_day, *_ = rows[0]
        today = max(self.today.isoformat(), last_day or "")
        day = self.day.isoformat() if self.rule is TokenRule.PER_EVENT else today
        found = {row[4]: row[5] for row in rows if row[4]}
        if day in found:
            return Receipt(fresh=False, at=_instant(found[day]), stamps=stamps, checkpoints=checkpoints)
        if last_at and _instant(last_at) > self._not_after:
            raise _too_soon(self.min_seconds)
        after = ((stamps or 0) + 1, (checkpoints or 0) + (not found), at, today)
        if stamps is None:
            cx.execute(ADD_PASS, self._new_pass(at, today))
        else:
            cx.execute(COUNT, (*after, number))
        cx.execute(ADD_STAMP, (self.event_id, number, self.checkpoint_id, day, at, self.mode.value))
        cx.execute(INSERT_SQLITE, self._row(lane))
        return Receipt(fresh=True, at=self.at, stamps=after[0], checkpoints=after[1])

    def _new_pass(self, at: str, today: str) -> tuple[object, ...]:
        recovery, entry = self.new.recovery_code, self.new.entry_code
        return (self.pass_id, self.event_id, self.key, recovery, entry, at, self.is_demo, at, today)

    def postgres(self, cx: psycopg.Connection[Any], lane: Lane) -> Receipt:
        """Stamp in one statement; two equal taps at the same instant end in one stamp."""
        mark = lane.mark()
        values = self._values(self._row(lane))
        try:
            stands, fresh, stamps, checkpoints = _one(cx, ONE, values)
        except NotNullViolation as error:
            lane.reset(mark)
            raise _too_soon(self.min_seconds) from error
        if fresh:
            return Receipt(fresh=True, at=self.at, stamps=stamps, checkpoints=checkpoints)
        lane.reset(mark)
        if not stands:
            raise _outdated()
        stamps, checkpoints, at = _one(cx, EARLIER, values)
        return Receipt(fresh=False, at=at.astimezone(UTC), stamps=stamps, checkpoints=checkpoints)

    @property
    def _not_after(self) -> datetime:
        return self.at - timedelta(seconds=self.min_seconds)

    def _row(self, lane: Lane) -> Row:
        actor = self.by or f"pass:{self.pass_id}"
        thing = f"checkpoint:{self.checkpoint_id}"
        return lane.entry(actor, "stamp", thing, event_id=self.event_id, visitor=f"pass:{self.pass_id}")

    def _values(self, row: Row) -> dict[str, Any]:
        return {
            "event": self.event_id,
            "pass": self.pass_id,
            "key": self.key,
            "checkpoint": self.checkpoint_id,
            **{f"edition{n}": version for n, version in enumerate(self.edition)},
            "whole": self.rule is TokenRule.PER_EVENT,
            "day": self.day,
            "today": self.today,
            "at": self.at,
            "not_after": self._not_after,
            "mode": self.mode.value,
            "recovery": self.new.recovery_code,
            "entry": self.new.entry_code,
            "demo": self.is_demo,
            **{f"row{n}": value for n, value in enumerate(row)},
        }


def stamp(
    key: bytes,
    checkpoint: CheckpointFacts,
    *,
    now: datetime,
    code: str = "",
    opened_at: datetime | None = None,
    staff: str = "",
    is_demo: bool = False,
) -> Receipt:
    """Stamp the pass `key` at the checkpoint; returns after the commit.

    `code` is what the visitor typed or the screen's QR filled in, `opened_at` when a page with a valid code
    was opened, `staff` who scanned the pass. Raises `CheckpointClosed`, `WrongCode`, `NeedsStaff`, `TooSoon`,
    and `Outdated` where the checkpoint was changed after it was read.
    """
    check_presence(checkpoint, now=now, code=code, opened_at=opened_at, staff=staff)
    zone = ZoneInfo(checkpoint.timezone)
    return perform(
        StampPass(
            event_id=checkpoint.event_id,
            checkpoint_id=checkpoint.id,
            key=key,
            new=deal(),
            rule=checkpoint.rule,
            day=stamp_day(checkpoint.rule, now, zone),
            today=now.astimezone(zone).date(),
            at=now,
            mode=checkpoint.mode,
            min_seconds=checkpoint.min_seconds,
            edition=checkpoint.edition,
            by=staff,
            is_demo=is_demo,
        )
    )


def check_presence(
    checkpoint: CheckpointFacts, *, now: datetime, code: str, opened_at: datetime | None, staff: str
) -> None:
    """Raise unless the checkpoint is open and the visitor proved to be there as its kind of code asks."""
    if not checkpoint.active:
        raise CheckpointClosed(N_("This checkpoint takes no stamps now."))
    if checkpoint.mode is CodeMode.STAFF_SCAN and not staff:
        raise NeedsStaff(N_("Show your pass to the staff here: they stamp it."))
    if checkpoint.mode is not CodeMode.ROTATING_CODE:
        return
    in_grace = opened_at is not None and timedelta(0) <= now - opened_at <= GRACE
    if not in_grace and not accepts(checkpoint.secret, code, now, checkpoint.period):
        raise WrongCode(N_("Wrong code. Please ask the staff for the current one."), field="code")


def _one(cx: psycopg.Connection[Any], statement: str, values: dict[str, Any]) -> tuple[Any, ...]:
    row: tuple[Any, ...] | None = cx.execute(statement, values).fetchone()
    if row is None:
        raise LookupError("the stamp that refused this one is not there")
    return row


def _outdated() -> Outdated:
    return Outdated(N_("This checkpoint was changed a moment ago. Please try again."))


def _too_soon(seconds: int) -> TooSoon:
    return TooSoon(N_("Please wait %(seconds)s seconds between two stamps."), seconds=seconds)


def _text(instant: datetime) -> str:
    """Write an instant as SQLAlchemy's type writes it to SQLite."""
    return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
