"""Changing the items of the draft. Visitors see none of it before the next release."""

from dataclasses import asdict, replace

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import FOREIGN_KEY, atomic, attempt
from eventsite.events.models import Event
from eventsite.events.queries import get_delegation
from eventsite.kernel.edits import changed, refuse_stale
from eventsite.kernel.errors import Conflict
from eventsite.kernel.tokens import typed_code
from eventsite.kernel.words import N_
from eventsite.programme.core.facts import BY_KIND, FIXED, FREE, ItemFacts, settled, slot_of
from eventsite.programme.enums import CANCELLED
from eventsite.programme.models import PlanSlot, ProgrammeItem
from eventsite.programme.operations.releases import hold_releases
from eventsite.programme.queries import (
    PLAIN,
    facts_of,
    first_release_with,
    get_item_to_write,
    get_stage,
    get_troupe,
)

FIXED_AS = {BY_KIND: None, FIXED: True, FREE: False}


def create_item(actor: Actor, event: Event, facts: ItemFacts) -> ProgrammeItem:
    """Add an item to the draft, under an id of its own, last in the lists of its event.

    Raises `DomainError` on the field that its place or length lacks.
    """
    facts = settled(facts, event.zone)
    with atomic() as session:
        order, position = _last_place(session, event)
        item = ProgrammeItem(
            event_id=event.id,
            ref=f"pg-{typed_code().lower()}",
            source="article",
            order=order,
            position=position,
        )
        _write(event, item, facts)
        session.add(item)
        session.flush()
        record(actor, "create", f"programme_item:{item.id}", event_id=event.id, after=asdict(facts))
        return item


def edit_item(actor: Actor, event: Event, item_id: int, facts: ItemFacts, *, version: int) -> ProgrammeItem:
    """Change an item that was read at `version`; a save that changes nothing writes nothing.

    Raises `StaleEdit` if somebody saved since, and `DomainError` on the field that its place or length lacks.
    """
    facts = settled(facts, event.zone)
    with atomic():
        item = get_item_to_write(event, item_id)
        if facts != facts_of(event, item):
            refuse_stale(item.version, version, theirs=asdict(facts_of(event, item)), mine=asdict(facts))
            _change(actor, event, item, facts, "edit")
        return item


def cancel_item(
    actor: Actor, event: Event, item_id: int, *, version: int, notice_zh: str = "", notice_en: str = ""
) -> ProgrammeItem:
    """Call an item off: it keeps its place in the programme, marked as cancelled, with a word to visitors."""
    with atomic():
        item = get_item_to_write(event, item_id)
        before = facts_of(event, item)
        facts = replace(
            before,
            status=CANCELLED,
            notice_zh=notice_zh or before.notice_zh,
            notice_en=notice_en or before.notice_en,
        )
        refuse_stale(item.version, version, theirs=asdict(before), mine=asdict(facts))
        if item.is_cancelled:
            raise Conflict(N_("This item is cancelled already."))
        _change(actor, event, item, facts, "cancel")
        return item


def remove_item(actor: Actor, event: Event, item_id: int, *, version: int) -> None:
    """Take an item out of the draft; one that visitors have seen in a release can only be cancelled."""
    with atomic() as session:
        hold_releases(session, event)
        item = get_item_to_write(event, item_id)
        facts = facts_of(event, item)
        refuse_stale(item.version, version, theirs={}, mine={})
        number = first_release_with(event, item.ref)
        if number is not None:
            raise Conflict(
                N_("This item stood in version %(number)s. Cancel it instead, so that visitors are told."),
                number=number,
            )
        record(actor, "remove", f"programme_item:{item.id}", event_id=event.id, before=asdict(facts))
        session.execute(delete(PlanSlot).where(PlanSlot.item_id == item.id))
        _delete(item)


def _change(actor: Actor, event: Event, item: ProgrammeItem, facts: ItemFacts, verb: str) -> None:
    old, new = changed(asdict(facts_of(event, item)), asdict(facts))
    _write(event, item, facts)
    record(actor, verb, f"programme_item:{item.id}", event_id=event.id, before=old, after=new)


def _write(event: Event, item: ProgrammeItem, facts: ItemFacts) -> None:
    slot = slot_of(facts, event.zone)
    stage_id = get_stage(event, facts.stage).id if facts.stage else None
    troupe_id = get_troupe(event, facts.troupe).id if facts.troupe else None
    delegation_id = get_delegation(event, facts.delegation).id if facts.delegation else None
    item.stage_id, item.troupe_id, item.delegation_id = stage_id, troupe_id, delegation_id
    item.starts_at, item.ends_at = (slot.start, slot.end) if slot else (None, None)
    item.length_minutes = facts.minutes
    item.languages = list(facts.languages)
    item.fixed = FIXED_AS[facts.fixed]
    for name in PLAIN:
        setattr(item, name, getattr(facts, name))


def _delete(item: ProgrammeItem) -> None:
    needed = Conflict(N_("This item is still needed by a draw or an agreement."))
    with attempt({FOREIGN_KEY: needed}) as session:
        session.delete(item)


def _last_place(session: Session, event: Event) -> tuple[int, int]:
    order, position = session.execute(
        select(
            func.coalesce(func.max(ProgrammeItem.order), 0) + 1,
            func.coalesce(func.max(ProgrammeItem.position), -1) + 1,
        ).where(ProgrammeItem.event_id == event.id)
    ).one()
    return order, position
