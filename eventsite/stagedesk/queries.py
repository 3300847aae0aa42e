"""Reading what desks and screens show beside the programme."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from eventsite.database import db
from eventsite.events.models import Event
from eventsite.programme.enums import CheckKind
from eventsite.programme.models import StageMessage
from eventsite.stagedesk.models import StageCheck

Checks = Mapping[tuple[str, CheckKind], StageCheck]


def list_checks(event: Event, items: Iterable[str]) -> Checks:
    """Return what is ticked off for these items, by item and kind."""
    rows = db.session.scalars(
        select(StageCheck)
        .where(StageCheck.event_id == event.id, StageCheck.item.in_(list(items)))
        .order_by(StageCheck.id)
    )
    return {(row.item, row.kind): row for row in rows}


def list_messages_of(event: Event, stage: str, *, limit: int = 5) -> Sequence[StageMessage]:
    """Return what a stage told troupes, newest first."""
    return db.session.scalars(
        select(StageMessage)
        .where(StageMessage.event_id == event.id, StageMessage.stage == stage)
        .order_by(StageMessage.at.desc(), StageMessage.id.desc())
        .limit(limit)
    ).all()
