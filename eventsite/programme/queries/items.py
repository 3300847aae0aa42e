"""Reading the items of the draft one by one, as forms and operations have them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from eventsite.database import db
from eventsite.events.models import Event, Stage
from eventsite.kernel.errors import NotFound
from eventsite.kernel.ranges import TimeRange
from eventsite.kernel.words import N_
from eventsite.programme.core.facts import BY_KIND, FIXED, FREE, ItemFacts, clock_of
from eventsite.programme.models import ProgrammeItem

FIXING = {None: BY_KIND, True: FIXED, False: FREE}
PLAIN = (
    "title_zh",
    "title_en",
    "kind",
    "status",
    "call_minutes_before",
    "setup_minutes",
    "teardown_minutes",
    "walk_minutes",
    "wireless_mics",
    "audio",
    "props_zh",
    "pinned",
    "unit",
    "notice_zh",
    "notice_en",
)
"""What the facts of an item have as its columns do."""


def get_item(event: Event, item_id: int) -> ProgrammeItem:
    """Return an item of the event's draft; raises `NotFound`."""
    return _found(db.session.scalar(_one(event, item_id)))


def get_item_to_write(event: Event, item_id: int) -> ProgrammeItem:
    """Return an item as it is now, held until the running operation ends; raises `NotFound`."""
    held = _one(event, item_id).with_for_update().execution_options(populate_existing=True)
    return _found(db.session.scalar(held))


def _one(event: Event, item_id: int) -> Select[*tuple[Any, ...]]:
    return select(ProgrammeItem).where(ProgrammeItem.event_id == event.id, ProgrammeItem.id == item_id)


def _found(item: ProgrammeItem | None) -> ProgrammeItem:
    if item is None:
        raise NotFound(N_("There is no such item in this programme."))
    return item


def facts_of(event: Event, item: ProgrammeItem) -> ItemFacts:
    """Return an item as the team writes it down."""
    slot = TimeRange(item.starts_at, item.ends_at) if item.starts_at and item.ends_at else None
    clock: dict[str, Any] = dict(clock_of(slot, event.zone)) if slot else {"minutes": item.length_minutes}
    return ItemFacts(
        stage=item.stage.code if item.stage else None,
        troupe=item.troupe.ref if item.troupe else None,
        delegation=item.delegation.ref if item.delegation else None,
        languages=tuple(item.languages),
        fixed=FIXING[item.fixed],
        **clock,
        **{name: getattr(item, name) for name in PLAIN},
    )


def get_stage(event: Event, code: str) -> Stage:
    """Return the stage with that code; raises `NotFound`."""
    stage = db.session.scalar(select(Stage).where(Stage.event_id == event.id, Stage.code == code))
    if stage is None:
        raise NotFound(N_("There is no stage “%(code)s” here."), code=code)
    return stage


def list_parts(event: Event, item: ProgrammeItem) -> Sequence[ProgrammeItem]:
    """Return the items of the unit that an item is part of, itself too; nothing where it is part of none."""
    if not item.unit:
        return []
    own = select(ProgrammeItem).where(ProgrammeItem.event_id == event.id, ProgrammeItem.unit == item.unit)
    ordered = own.order_by(ProgrammeItem.starts_at, ProgrammeItem.id)
    return db.session.scalars(ordered.options(joinedload(ProgrammeItem.stage))).all()


def list_partners(event: Event, item: ProgrammeItem) -> Sequence[ProgrammeItem]:
    """Return the items that may become a unit with one: those of its delegation first, then by title."""
    own = select(ProgrammeItem).where(
        ProgrammeItem.event_id == event.id, ProgrammeItem.id != item.id, ProgrammeItem.unit.is_(None)
    )
    found = db.session.scalars(own.order_by(ProgrammeItem.title_zh, ProgrammeItem.id)).all()
    return sorted(
        found, key=lambda one: item.delegation_id is None or one.delegation_id != item.delegation_id
    )
