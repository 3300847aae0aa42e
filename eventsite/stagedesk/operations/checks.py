"""Ticking off what is there before an item comes on."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic, attempt
from eventsite.events.models import Event
from eventsite.kernel.errors import Conflict, NotFound
from eventsite.kernel.words import N_
from eventsite.programme.core.values import Item
from eventsite.programme.enums import CheckKind
from eventsite.programme.queries import current_release
from eventsite.stagedesk.models import StageCheck


def tick(actor: Actor, event: Event, stage: str, ref: str, kind: CheckKind, *, now: datetime) -> StageCheck:
    """Tick off what is there for an item of the stage; what is ticked already stays with who saw it first."""
    with atomic() as session:
        item = _item(event, stage, ref)
        found = _find(session, event, ref, kind)
        if found is not None:
            return found
        row = StageCheck(event_id=event.id, item=ref, kind=kind, at=now, by=actor.ref, by_label=actor.label)
        twice = Conflict(N_("Somebody ticked this off at the same moment."))
        with attempt({"uq_stage_check_event_id_item_kind": twice}):
            session.add(row)
        record(actor, "tick", f"programme_item:{item.number}", event_id=event.id, check=kind.value)
        return row


def untick(actor: Actor, event: Event, stage: str, ref: str, kind: CheckKind) -> None:
    """Take a tick back; without one nothing happens."""
    with atomic() as session:
        item = _item(event, stage, ref)
        found = _find(session, event, ref, kind)
        if found is None:
            return
        session.delete(found)
        record(actor, "untick", f"programme_item:{item.number}", event_id=event.id, check=kind.value)


def _item(event: Event, stage: str, ref: str) -> Item:
    view = current_release(event)
    item = view.full.by_ref.get(ref) if view else None
    if item is None or item.stage != stage:
        raise NotFound(N_("There is no such item on this stage."))
    return item


def _find(session: Session, event: Event, ref: str, kind: CheckKind) -> StageCheck | None:
    return session.scalar(
        select(StageCheck).where(
            StageCheck.event_id == event.id, StageCheck.item == ref, StageCheck.kind == kind
        )
    )
