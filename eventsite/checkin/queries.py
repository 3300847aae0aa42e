"""Reading checkpoints, passes and stamps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from eventsite.checkin.core.codes import DEFAULT_PERIOD
from eventsite.checkin.core.passes import pass_id
from eventsite.checkin.core.stamping import CheckpointFacts
from eventsite.checkin.models import Checkpoint, Stamp, StampRally, VisitorPass
from eventsite.database import db
from eventsite.events.enums import EventStatus
from eventsite.events.models import Event, Zone
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_


@dataclass(frozen=True, kw_only=True)
class CardSlot:
    """A place on the stamp card; empty while `stamped_at` is None."""

    checkpoint: Checkpoint
    stamped_at: datetime | None


FACTS = (
    select(
        Checkpoint.id,
        Checkpoint.event_id,
        Checkpoint.ref,
        Checkpoint.secret,
        Checkpoint.active,
        Checkpoint.code_mode.label("own_mode"),
        StampRally.code_mode,
        StampRally.token_rule,
        StampRally.code_period_seconds,
        StampRally.min_seconds_between_stamps,
        Event.slug,
        Event.status,
        Event.timezone,
        Zone.code.label("zone_code"),
    )
    .join(Event, Event.id == Checkpoint.event_id)
    .join(StampRally, StampRally.event_id == Checkpoint.event_id)
    .join(Zone, Zone.id == Checkpoint.zone_id)
)


def find_facts(key: bytes) -> CheckpointFacts | None:
    """Return what stamping needs of the checkpoint with that key, in one query."""
    row = db.session.execute(FACTS.where(Checkpoint.key == key)).one_or_none()
    if row is None:
        return None
    return CheckpointFacts(
        id=row.id,
        event_id=row.event_id,
        event_slug=row.slug,
        timezone=row.timezone,
        zone_code=row.zone_code,
        mode=row.own_mode or row.code_mode,
        rule=row.token_rule,
        period=row.code_period_seconds or DEFAULT_PERIOD,
        min_seconds=row.min_seconds_between_stamps,
        secret=row.secret,
        active=row.active and row.status is EventStatus.PUBLISHED,
        event_public=row.status is not EventStatus.DRAFT,
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
    found = db.session.scalar(
        select(Checkpoint).where(Checkpoint.event_id == event.id, Checkpoint.id == checkpoint_id)
    )
    if found is None:
        raise NotFound(N_("There is no such checkpoint."))
    return found


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
    return [
        CardSlot(checkpoint=checkpoint, stamped_at=first.get(checkpoint.id))
        for checkpoint in list_checkpoints(event)
    ]


def find_stamp(visitor: VisitorPass, checkpoint_id: int, day: date) -> Stamp | None:
    """Return the pass's stamp of a checkpoint and day, if there is one."""
    return db.session.get(Stamp, (visitor.event_id, visitor.id, checkpoint_id, day))


def count_stamps(event: Event, since: datetime | None = None) -> dict[int, int]:
    """Return the number of stamps by checkpoint, all of them or since an instant."""
    wanted = select(Stamp.checkpoint_id, func.count()).where(Stamp.event_id == event.id)
    if since is not None:
        wanted = wanted.where(Stamp.at >= since)
    rows = db.session.execute(wanted.group_by(Stamp.checkpoint_id).order_by(Stamp.checkpoint_id))
    return dict(tuple(row) for row in rows)


def count_passes(event: Event) -> int:
    """Return how many passes have been stamped in the event."""
    return db.session.scalar(select(func.count()).where(VisitorPass.event_id == event.id)) or 0
