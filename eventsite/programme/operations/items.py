"""Changing the items of the draft. Visitors see none of it before the next release."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.audit.core import changed
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.kernel.errors import Conflict, DomainError, StaleEdit
from eventsite.kernel.ranges import TimeRange
from eventsite.kernel.words import N_
from eventsite.programme.enums import CANCELLED, SCHEDULED
from eventsite.programme.models import ProgrammeItem
from eventsite.programme.operations.releases import hold_releases
from eventsite.programme.queries import find_delegation, find_troupe, first_release_with, get_item, get_stage

REF_BYTES = 4


@dataclass(frozen=True, kw_only=True)
class ItemFields:
    """What a form says of an item; places and people by their ids in the event."""

    title_zh: str
    title_en: str
    kind: str
    stage_id: int
    slot: TimeRange
    status: str = SCHEDULED
    troupe_id: int | None = None
    delegation_id: int | None = None
    call_minutes_before: int = 20
    notice_zh: str = ""
    notice_en: str = ""
    tech: dict[str, Any] = field(default_factory=lambda: {"wireless_mics": 0, "audio": "", "props_zh": ""})


FACTS = (
    "title_zh",
    "title_en",
    "kind",
    "stage_id",
    "starts_at",
    "ends_at",
    "status",
    "troupe_id",
    "delegation_id",
    "call_minutes_before",
    "notice_zh",
    "notice_en",
)


def create_item(actor: Actor, event: Event, fields: ItemFields) -> ProgrammeItem:
    """Add an item to the draft, under an id of its own."""
    with atomic() as session:
        item = ProgrammeItem(
            event_id=event.id,
            ref=f"pg-{secrets.token_hex(REF_BYTES)}",
            source="article",
            tech=fields.tech,
            **_places(session, event),
            **_columns(event, fields),
        )
        session.add(item)
        session.flush()
        record(actor, "add", f"programme_item:{item.id}", event_id=event.id, after=_facts(item))
        return item


def edit_item(actor: Actor, event: Event, item_id: int, fields: ItemFields, *, version: int) -> ProgrammeItem:
    """Change an item of the draft; raises `StaleEdit` if somebody saved since `version` was read."""
    with atomic():
        item = get_item(event, item_id)
        columns = _columns(event, fields)
        before = _facts(item)
        if item.version != version:
            theirs, mine = changed(before, {name: columns[name] for name in FACTS})
            raise StaleEdit(N_("Somebody else saved this item meanwhile."), theirs=theirs, mine=mine)
        _write(actor, event, item, "edit", columns)
        return item


def cancel_item(
    actor: Actor, event: Event, item_id: int, *, version: int, notice_zh: str = "", notice_en: str = ""
) -> ProgrammeItem:
    """Call an item off: it keeps its place in the programme, marked as cancelled, with a word to visitors."""
    with atomic():
        item = get_item(event, item_id)
        _refuse_stale(item, version)
        if item.status == CANCELLED:
            raise Conflict(N_("This item is cancelled already."))
        words = {"notice_zh": notice_zh or item.notice_zh, "notice_en": notice_en or item.notice_en}
        _write(actor, event, item, "cancel", {"status": CANCELLED, **words})
        return item


def remove_item(actor: Actor, event: Event, item_id: int, *, version: int) -> None:
    """Take an item out of the draft; one that visitors have seen in a release can only be cancelled."""
    with atomic() as session:
        hold_releases(session, event)
        item = get_item(event, item_id)
        _refuse_stale(item, version)
        number = first_release_with(event, item.ref)
        if number is not None:
            raise Conflict(
                N_("This item stood in version %(number)s. Cancel it instead, so that visitors are told."),
                number=number,
            )
        record(actor, "remove", f"programme_item:{item.id}", event_id=event.id, before=_facts(item))
        session.delete(item)


def _write(actor: Actor, event: Event, item: ProgrammeItem, verb: str, columns: dict[str, Any]) -> None:
    before = _facts(item)
    for name, value in columns.items():
        setattr(item, name, value)
    old, new = changed(before, _facts(item))
    if new:
        record(actor, verb, f"programme_item:{item.id}", event_id=event.id, before=old, after=new)


def _refuse_stale(item: ProgrammeItem, version: int) -> None:
    if item.version != version:
        raise StaleEdit(
            N_("Somebody else saved this item meanwhile. Look at it again first."),
            theirs={"title_zh": item.title_zh, "status": item.status},
            mine={},
        )


def _columns(event: Event, fields: ItemFields) -> dict[str, Any]:
    """Return the columns of the fields, with every id checked to be of this event."""
    stage = get_stage(event, fields.stage_id)
    if fields.troupe_id is not None and find_troupe(event, fields.troupe_id) is None:
        raise DomainError(N_("There is no such troupe here."), field="troupe")
    if fields.delegation_id is not None and find_delegation(event, fields.delegation_id) is None:
        raise DomainError(N_("There is no such delegation here."), field="delegation")
    return {
        "title_zh": fields.title_zh,
        "title_en": fields.title_en,
        "kind": fields.kind,
        "stage_id": stage.id,
        "starts_at": fields.slot.start,
        "ends_at": fields.slot.end,
        "status": fields.status,
        "troupe_id": fields.troupe_id,
        "delegation_id": fields.delegation_id,
        "call_minutes_before": fields.call_minutes_before,
        "notice_zh": fields.notice_zh,
        "notice_en": fields.notice_en,
    }


def _places(session: Session, event: Event) -> dict[str, int]:
    """Return the place of a new item: last in the lists of its event."""
    order, position = session.execute(
        select(
            func.coalesce(func.max(ProgrammeItem.order), 0) + 1,
            func.coalesce(func.max(ProgrammeItem.position), -1) + 1,
        ).where(ProgrammeItem.event_id == event.id)
    ).one()
    return {"order": order, "position": position}


def _facts(item: ProgrammeItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in FACTS}
