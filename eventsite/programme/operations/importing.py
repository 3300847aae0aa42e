"""Many items of the draft at once, as an import takes them: all of them or none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, joinedload

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import FOREIGN_KEY, atomic, attempt
from eventsite.events.models import Event
from eventsite.events.queries import list_delegations, list_stages
from eventsite.kernel.edits import changed
from eventsite.kernel.errors import Conflict
from eventsite.kernel.tokens import typed_code
from eventsite.kernel.words import N_
from eventsite.programme.enums import CANCELLED
from eventsite.programme.models import PlanSlot, ProgrammeItem, Troupe
from eventsite.programme.operations.releases import hold_releases
from eventsite.programme.queries import facts_of, list_troupes
from eventsite.programme.queries.firsts import first_releases

USUAL_CALL = 20  # minutes before
USUAL_GENRE = "performance"


@dataclass(frozen=True, kw_only=True)
class NewItem:
    """An item to add: `stage` by code, `troupe` and `delegation` by id; without a stage it waits."""

    stage: str | None
    start: datetime | None
    minutes: int
    values: Mapping[str, Any]
    troupe: str | None = None
    delegation: str | None = None
    foreign_guid: str | None = None


@dataclass(frozen=True, kw_only=True)
class ItemChange:
    """What changes of an item that was read at `version`: its place, troupe, delegation and columns."""

    id: int
    version: int
    values: Mapping[str, Any]


def import_items(
    actor: Actor,
    event: Event,
    *,
    added: Sequence[NewItem],
    edited: Sequence[ItemChange],
    dropped: Iterable[int],
) -> None:
    """Add, change and drop items of the draft; a dropped one that visitors have seen is cancelled.

    Raises `Conflict` where somebody changed one of the items since it was read.
    """
    with atomic() as session:
        hold_releases(session, event)
        rows = _rows(session, event)
        _refuse_stale(rows, edited)
        things = _Things(event)
        _add(actor, event, session, things, added)
        for change in edited:
            before = facts_of(event, rows[change.id])
            things.write(rows[change.id], change.values)
            old, new = changed(asdict(before), asdict(facts_of(event, rows[change.id])))
            record(actor, "edit", f"programme_item:{change.id}", event_id=event.id, before=old, after=new)
        _drop(actor, event, session, [rows[item_id] for item_id in dropped if item_id in rows])


def create_troupes(actor: Actor, event: Event, names: Sequence[str]) -> None:
    """Add troupes of which no more is known than their names."""
    with atomic() as session:
        last = session.scalar(
            select(func.coalesce(func.max(Troupe.position), -1)).where(Troupe.event_id == event.id)
        )
        troupes = [
            Troupe(
                event_id=event.id,
                ref=f"tp-{typed_code().lower()}",
                source="article",
                position=int(last or 0) + place,
                name_zh=name,
                name_en=name,
                genre=USUAL_GENRE,
                members=1,
                contact_post_zh="",
                contact_post_en="",
            )
            for place, name in enumerate(names, 1)
        ]
        session.add_all(troupes)
        session.flush()
        for troupe in troupes:
            record(
                actor, "create", f"troupe:{troupe.id}", event_id=event.id, after={"name_zh": troupe.name_zh}
            )


class _Things:
    """What items stand on and belong to, by code and id; read once for all of them."""

    def __init__(self, event: Event) -> None:
        self._stages = {stage.code: stage for stage in list_stages(event)}
        self._troupes = {troupe.ref: troupe for troupe in list_troupes(event)}
        self._delegations = {one.ref: one for one in list_delegations(event)}

    def write(self, item: ProgrammeItem, values: Mapping[str, Any]) -> None:
        """Write what differs of an item."""
        own = dict(values)
        if "troupe" in own:
            item.troupe = self._troupes[own.pop("troupe")]
        if "delegation" in own:
            item.delegation = self._delegations[own.pop("delegation")]
        stage = own.pop("stage", item.stage.code if item.stage else None)
        start, minutes = own.pop("start", item.starts_at), own.pop("minutes", item.minutes)
        self.place(item, stage, start, minutes)
        for name, value in own.items():
            setattr(item, name, list(value) if isinstance(value, tuple) else value)

    def place(self, item: ProgrammeItem, stage: str | None, start: datetime | None, minutes: int) -> None:
        """Put an item onto a stage, or let it wait."""
        if stage is None or start is None:
            item.stage, item.starts_at, item.ends_at, item.length_minutes = None, None, None, minutes
            return
        item.stage, item.length_minutes = self._stages[stage], None
        item.starts_at, item.ends_at = start, start + timedelta(minutes=minutes)


def _add(actor: Actor, event: Event, session: Session, things: _Things, added: Sequence[NewItem]) -> None:
    order, position = session.execute(
        select(
            func.coalesce(func.max(ProgrammeItem.order), 0),
            func.coalesce(func.max(ProgrammeItem.position), -1),
        ).where(ProgrammeItem.event_id == event.id)
    ).one()
    items = []
    for place, new in enumerate(added, 1):
        item = ProgrammeItem(
            event_id=event.id,
            ref=f"pg-{typed_code().lower()}",
            source="article",
            order=order + place,
            position=position + place,
            foreign_guid=new.foreign_guid,
            **_usual(),
        )
        belongs = {"troupe": new.troupe, "delegation": new.delegation}
        things.place(item, new.stage, new.start, new.minutes)
        given = {name: ref for name, ref in belongs.items() if ref is not None}
        things.write(item, {**new.values, **given})
        items.append(item)
    session.add_all(items)
    session.flush()
    for item in items:
        facts = asdict(facts_of(event, item))
        record(actor, "create", f"programme_item:{item.id}", event_id=event.id, after=facts)


def _usual() -> dict[str, Any]:
    """Return the columns of a new item of which nothing is said; facts are read before the flush."""
    return {
        "call_minutes_before": USUAL_CALL,
        "setup_minutes": 0,
        "teardown_minutes": 0,
        "walk_minutes": 0,
        "wireless_mics": 0,
        "audio": "",
        "props_zh": "",
        "languages": [],
        "pinned": False,
        "notice_zh": "",
        "notice_en": "",
    }


def _rows(session: Session, event: Event) -> dict[int, ProgrammeItem]:
    """Return the draft's items by id as they are now, held until the running operation ends."""
    names = (ProgrammeItem.stage, ProgrammeItem.troupe, ProgrammeItem.delegation)
    own = select(ProgrammeItem).where(ProgrammeItem.event_id == event.id).with_for_update(of=ProgrammeItem)
    fresh = own.options(*(joinedload(name) for name in names)).execution_options(populate_existing=True)
    return {item.id: item for item in session.scalars(fresh)}


def _refuse_stale(rows: Mapping[int, ProgrammeItem], edited: Sequence[ItemChange]) -> None:
    for change in edited:
        row = rows.get(change.id)
        if row is None or row.version != change.version:
            raise Conflict(N_("Somebody changed the draft meanwhile. Do it again."))


def _drop(actor: Actor, event: Event, session: Session, items: Sequence[ProgrammeItem]) -> None:
    """Cancel the items that stood in a release, and remove the others."""
    released = first_releases(event) if items else {}
    for item in items:
        thing, before = f"programme_item:{item.id}", facts_of(event, item)
        if item.ref in released:
            item.status = CANCELLED
            old, new = changed(asdict(before), asdict(facts_of(event, item)))
            record(actor, "cancel", thing, event_id=event.id, before=old, after=new)
            continue
        record(actor, "remove", thing, event_id=event.id, before=asdict(before))
        session.execute(delete(PlanSlot).where(PlanSlot.item_id == item.id))
        needed = Conflict(
            N_("“%(title)s” is still needed by a draw or an agreement: keep it."), title=item.title_zh
        )
        with attempt({FOREIGN_KEY: needed}) as inner:
            inner.delete(item)
