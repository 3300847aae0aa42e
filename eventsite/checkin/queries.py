"""Reading checkpoints, passes and stamps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from eventsite.checkin.core.codes import DEFAULT_PERIOD
from eventsite.checkin.core.passes import pass_id
from eventsite.checkin.core.stamping import CheckpointFacts
from eventsite.checkin.enums import CodeMode, TokenRule
from eventsite.checkin.models import Checkpoint, Stamp, StampRally, VisitorPass
from eventsite.database import db, glance, instant
from eventsite.events.enums import EventStatus
from eventsite.events.models import Event, Zone
from eventsite.kernel.errors import DomainError, NotFound
from eventsite.kernel.words import N_


@dataclass(frozen=True, kw_only=True)
class CardSlot:
    """A place on the stamp card; empty while `stamped_at` is None."""

    checkpoint: Checkpoint
    stamped_at: datetime | None


FACTS = """
SELECT c.id, c.event_id, e.slug, e.timezone, z.code, coalesce(c.code_mode, r.code_mode), r.token_rule,
    r.code_period_seconds, r.min_seconds_between_stamps, c.secret, c.active, e.status,
    c.version, r.version, e.version,
    (SELECT sum(z.version) FROM zone z WHERE z.event_id = c.event_id),
    (SELECT count(o.id) FROM checkpoint o WHERE o.event_id = c.event_id),
    (SELECT sum(o.version) FROM checkpoint o WHERE o.event_id = c.event_id)
FROM checkpoint c
JOIN event e ON e.id = c.event_id
JOIN stamp_rally r ON r.event_id = c.event_id
JOIN zone z ON z.id = c.zone_id
WHERE c.key = :key
"""


HELD = """p.id, p.stamps, p.checkpoints, p.recovery_code, p.entry_code, p.is_staff, (
    SELECT string_agg(
        CAST(s.at AS text) || '|' || CAST(s.day AS text) || '|' || CAST(s.checkpoint_id AS text), ';'
    )
    FROM stamp s WHERE s.event_id = p.event_id AND s.pass_id = p.id
)"""
HOLDING = f"""
SELECT {HELD} FROM visitor_pass p WHERE p.id = :number AND p.event_id = :event AND p.key = :own
"""  # noqa: S608 - words of our own
SIGHT = f"""
SELECT facts.*, {HELD} FROM ({FACTS}) facts
LEFT JOIN visitor_pass p ON p.id = :number AND p.event_id = facts.event_id AND p.key = :own
"""  # noqa: S608 - words of our own
HELD_COLUMNS = 7


def find_facts(key: bytes) -> CheckpointFacts | None:
    """Return what stamping needs of the checkpoint with that key, at a glance."""
    rows = glance(FACTS, key=key)
    return _facts(rows[0]) if rows else None


def find_sight(key: bytes, event_id: int, pass_key: bytes) -> tuple[CheckpointFacts | None, "Holding | None"]:
    """Return a checkpoint's facts and, if it lies in that event, what the pass holds there, at one glance."""
    rows = glance(SIGHT, key=key, number=pass_id(event_id, pass_key), own=pass_key)
    if not rows:
        return None, None
    return _facts(rows[0][:-HELD_COLUMNS]), read_holding(rows[0][-HELD_COLUMNS:])


@lru_cache(maxsize=1024)
def _facts(row: tuple[Any, ...]) -> CheckpointFacts:
    """Return the facts that a row tells; the same row, again and again, until somebody changes something."""
    number, event_id, slug, timezone, zone, mode, rule, period, pause, secret, active, status, *rest = row
    return CheckpointFacts(
        id=number,
        event_id=event_id,
        event_slug=slug,
        timezone=timezone,
        zone_code=zone,
        mode=CodeMode(mode),
        rule=TokenRule(rule),
        period=period or DEFAULT_PERIOD,
        min_seconds=pause,
        secret=secret,
        active=bool(active) and status == EventStatus.PUBLISHED.value,
        event_public=status != EventStatus.DRAFT.value,
        edition=(rest[0], rest[1], rest[2]),
        rally_edition=tuple(rest[1:]),
    )


def find_rally(event: Event) -> StampRally | None:
    """Return the event's stamp rally, if it has one."""
    return db.session.scalar(select(StampRally).where(StampRally.event_id == event.id))


def list_checkpoints(event: Event) -> Sequence[Checkpoint]:
    """Return the event's checkpoints in the order of its zones."""
    return db.session.scalars(
        select(Checkpoint)
        .join(Checkpoint.zone)
        .options(contains_eager(Checkpoint.zone))
        .where(Checkpoint.event_id == event.id)
        .order_by(Zone.order, Checkpoint.position, Checkpoint.id)
    ).all()


def get_checkpoint(event: Event, checkpoint_id: int) -> Checkpoint:
    """Return a checkpoint of the event; raises `NotFound`."""
    return _found(db.session.scalar(_checkpoint(event, checkpoint_id)))


def get_checkpoint_to_write(event: Event, checkpoint_id: int) -> Checkpoint:
    """Return the checkpoint with its row locked until the commit (PostgreSQL; on SQLite the turn does it)."""
    return _found(db.session.scalar(_checkpoint(event, checkpoint_id).with_for_update(of=Checkpoint)))


def find_by_typed_code(code: str) -> Checkpoint | None:
    """Return the checkpoint whose printed code people type."""
    return db.session.scalar(select(Checkpoint).where(Checkpoint.typed_code == code))


def find_pass(event: Event, key: bytes) -> VisitorPass | None:
    """Return the pass with that key, if it has been stamped or restored in this event."""
    return db.session.scalar(
        select(VisitorPass).where(
            VisitorPass.id == pass_id(event.id, key), VisitorPass.event_id == event.id, VisitorPass.key == key
        )
    )


def find_pass_by_recovery(event: Event, code: str) -> VisitorPass | None:
    """Return the pass with that recovery code in this event."""
    return db.session.scalar(
        select(VisitorPass).where(VisitorPass.event_id == event.id, VisitorPass.recovery_code == code)
    )


def get_pass_to_write(event: Event, key: bytes) -> VisitorPass:
    """Return the pass with that key, locked until the commit (as `get_checkpoint_to_write`).

    Raises `DomainError` for a pass without stamps: it has no row.
    """
    which = (VisitorPass.id == pass_id(event.id, key), VisitorPass.key == key)
    visitor = db.session.scalar(_pass(event).where(*which).with_for_update())
    if visitor is None:
        raise DomainError(N_("This stamp card has no stamp yet, so it is in no draw."))
    return visitor


def get_card_to_write(event: Event, entry_code: str) -> VisitorPass:
    """Return the pass with that entry code, locked until the commit; raises `DomainError` on `entry`."""
    visitor = db.session.scalar(_pass(event).where(VisitorPass.entry_code == entry_code).with_for_update())
    if visitor is None:
        raise DomainError(N_("No stamp card of this event has this code. Please check it."), field="entry")
    return visitor


def get_card(event: Event, entry_code: str) -> VisitorPass:
    """Return the pass with that entry code; raises `NotFound`."""
    visitor = db.session.scalar(_pass(event).where(VisitorPass.entry_code == entry_code))
    if visitor is None:
        raise NotFound(N_("There is no such stamp card."))
    return visitor


def list_staff_cards(event: Event) -> Sequence[VisitorPass]:
    """Return the stamp cards that were marked as the team's."""
    return db.session.scalars(_pass(event).where(VisitorPass.is_staff).order_by(VisitorPass.entry_code)).all()


def list_stamps(visitor: VisitorPass) -> Sequence[Stamp]:
    """Return the pass's stamps, the first one first."""
    return db.session.scalars(
        select(Stamp)
        .where(Stamp.event_id == visitor.event_id, Stamp.pass_id == visitor.id)
        .order_by(Stamp.at, Stamp.checkpoint_id)
    ).all()


def stamp_card(event: Event, visitor: VisitorPass | None) -> list[CardSlot]:
    """Return the slots of a stamp card in the order of the zones: one a checkpoint, with its first stamp."""
    first: dict[int, datetime] = {}
    for stamp in list_stamps(visitor) if visitor else ():
        first.setdefault(stamp.checkpoint_id, stamp.at)
    return card_with(event, first)


def card_with(event: Event, first: Mapping[int, datetime]) -> list[CardSlot]:
    """Return the slots of a card on which these checkpoints are stamped."""
    return [
        CardSlot(checkpoint=checkpoint, stamped_at=first.get(checkpoint.id))
        for checkpoint in list_checkpoints(event)
    ]


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What a pass holds, read at a glance; `marks`, its stamps: instant, day, checkpoint."""

    pass_id: int
    stamps: int
    checkpoints: int
    recovery_code: str
    entry_code: str
    is_staff: bool
    marks: tuple[tuple[datetime, date, int], ...]

    @property
    def counts(self) -> tuple[int, int, bool]:
        """Return how many stamps and places there are, and whether it is a card of the team."""
        return self.stamps, self.checkpoints, self.is_staff

    @property
    def first(self) -> dict[int, datetime]:
        """Return the first stamp of each checkpoint."""
        return {checkpoint: at for at, _, checkpoint in reversed(self.marks)}

    def earned(self, checkpoint_id: int, on: date) -> datetime | None:
        """Return when the pass was stamped there on that day."""
        return next((at for at, *where in self.marks if where == [on, checkpoint_id]), None)


def find_holding(event_id: int, key: bytes) -> Holding | None:
    """Return what the pass with that key holds in the event, at a glance."""
    rows = glance(HOLDING, number=pass_id(event_id, key), event=event_id, own=key)
    return read_holding(rows[0]) if rows else None


def read_holding(row: tuple[Any, ...]) -> Holding | None:
    """Return what the columns of `HELD` tell, all empty for a pass that has no row."""
    number, stamps, checkpoints, recovery, entry, is_staff, marks = row
    if number is None:
        return None
    return Holding(
        pass_id=number,
        stamps=stamps,
        checkpoints=checkpoints,
        recovery_code=recovery,
        entry_code=entry,
        is_staff=bool(is_staff),
        marks=tuple(sorted(_read_mark(mark) for mark in (marks or "").split(";") if mark)),
    )


def _read_mark(text: str) -> tuple[datetime, date, int]:
    at, on, checkpoint_id = text.split("|")
    return instant(at), date.fromisoformat(on), int(checkpoint_id)


def find_stamp(visitor: VisitorPass, checkpoint_id: int, day: date) -> Stamp | None:
    """Return the pass's stamp of a checkpoint and day, if there is one."""
    return db.session.get(Stamp, (visitor.event_id, visitor.id, checkpoint_id, day))


def count_stamps(event: Event, since: datetime | None = None) -> dict[int, int]:
    """Return the number of stamps by checkpoint, all of them or since an instant."""
    wanted = select(Stamp.checkpoint_id, func.count()).where(Stamp.event_id == event.id)
    if since is not None:
        wanted = wanted.where(Stamp.at >= since)
    rows = db.session.execute(wanted.group_by(Stamp.checkpoint_id).order_by(Stamp.checkpoint_id))
    return {row[0]: row[1] for row in rows}


def count_passes(event: Event) -> int:
    """Return how many passes have been stamped in the event."""
    return db.session.scalar(select(func.count()).where(VisitorPass.event_id == event.id)) or 0


def _checkpoint(event: Event, checkpoint_id: int) -> Select[Checkpoint]:
    return select(Checkpoint).where(Checkpoint.event_id == event.id, Checkpoint.id == checkpoint_id)


def _pass(event: Event) -> Select[VisitorPass]:
    return select(VisitorPass).where(VisitorPass.event_id == event.id)


def _found(checkpoint: Checkpoint | None) -> Checkpoint:
    if checkpoint is None:
        raise NotFound(N_("There is no such checkpoint."))
    return checkpoint
