"""Reading the draft: its items one by one for the forms, and all of it as a programme."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import joinedload

from eventsite.database import db
from eventsite.events.models import Delegation, Event, Stage, Zone
from eventsite.events.queries import open_days
from eventsite.kernel.errors import NotFound
from eventsite.kernel.ranges import TimeRange
from eventsite.kernel.words import N_
from eventsite.programme.core.facts import ItemFacts, clock_of
from eventsite.programme.core.values import (
    Act,
    City,
    Day,
    Fair,
    Item,
    Place,
    Programme,
    in_order,
    lasting_uuid,
)
from eventsite.programme.models import ProgrammeItem, Troupe


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
    clock = clock_of(TimeRange(item.starts_at, item.ends_at), event.zone)
    return ItemFacts(
        title_zh=item.title_zh,
        title_en=item.title_en,
        kind=item.kind,
        stage=item.stage.code,
        day=str(clock["day"]),
        start=str(clock["start"]),
        end=str(clock["end"]),
        overnight=bool(clock["overnight"]),
        status=item.status,
        troupe=item.troupe.ref if item.troupe else None,
        delegation=item.delegation.ref if item.delegation else None,
        call_minutes_before=item.call_minutes_before,
        notice_zh=item.notice_zh,
        notice_en=item.notice_en,
    )


def get_stage(event: Event, code: str) -> Stage:
    """Return the stage with that code; raises `NotFound`."""
    stage = db.session.scalar(select(Stage).where(Stage.event_id == event.id, Stage.code == code))
    if stage is None:
        raise NotFound(N_("There is no stage “%(code)s” here."), code=code)
    return stage


def list_troupes(event: Event) -> Sequence[Troupe]:
    """Return the event's troupes in the order of the file."""
    own = select(Troupe).where(Troupe.event_id == event.id).order_by(Troupe.position, Troupe.id)
    return db.session.scalars(own.options(joinedload(Troupe.delegation))).all()


def get_troupe(event: Event, ref: str) -> Troupe:
    """Return the troupe with that id in the event; raises `NotFound`."""
    troupe = db.session.scalar(select(Troupe).where(Troupe.event_id == event.id, Troupe.ref == ref))
    if troupe is None:
        raise NotFound(N_("There is no such troupe here."))
    return troupe


def read_draft(event: Event) -> Programme:
    """Return the draft as a programme."""
    return Programme(
        fair=_fair(event),
        days=tuple(
            Day(date=row.date, hours=day.hours, label_zh=row.label_zh, label_en=row.label_en)
            for row, day in zip(event.days, open_days(event), strict=True)
        ),
        stages=tuple(_place(event, stage, zone) for stage, zone in db.session.execute(_stages(event))),
        items=in_order([_item(event, row) for row in db.session.execute(_items(event))]),
    )


def _fair(event: Event) -> Fair:
    return Fair(
        slug=event.slug,
        name_zh=event.name_zh,
        name_en=event.name_en,
        market_name_zh=event.market_name_zh,
        market_name_en=event.market_name_en,
        place_zh=f"{event.host_city_zh}{event.location_zh}",
        place_en=f"{event.host_city_en}, {event.location_en}",
        timezone=event.timezone,
    )


def _stages(event: Event) -> Select[*tuple[Any, ...]]:
    return (
        select(Stage, Zone)
        .join(Zone, Zone.id == Stage.zone_id)
        .where(Stage.event_id == event.id)
        .order_by(Stage.code)
    )


def _place(event: Event, stage: Stage, zone: Zone) -> Place:
    return Place(
        code=stage.code,
        ref=stage.ref,
        uuid=lasting_uuid(event.slug, "stage", stage.ref),
        name_zh=stage.name_zh,
        name_en=stage.name_en,
        zone_code=zone.code,
        zone_name_zh=zone.name_zh,
        zone_name_en=zone.name_en,
        capacity=stage.audience_capacity,
        covered=stage.covered,
        source=stage.source,
    )


def _items(event: Event) -> Select[*tuple[Any, ...]]:
    return (
        select(
            *ProgrammeItem.__table__.c,
            Stage.code.label("stage_code"),
            Troupe.ref.label("troupe_ref"),
            Troupe.name_zh.label("troupe_zh"),
            Troupe.name_en.label("troupe_en"),
            Delegation.ref.label("delegation_ref"),
            Delegation.name_zh.label("delegation_zh"),
            Delegation.name_en.label("delegation_en"),
            Delegation.city_zh,
            Delegation.city_en,
        )
        .join(Stage, Stage.id == ProgrammeItem.stage_id)
        .outerjoin(Troupe, Troupe.id == ProgrammeItem.troupe_id)
        .outerjoin(Delegation, Delegation.id == ProgrammeItem.delegation_id)
        .where(ProgrammeItem.event_id == event.id)
    )


def _item(event: Event, row: Row[Any]) -> Item:
    return Item(
        ref=row.ref,
        uuid=lasting_uuid(event.slug, "item", row.ref),
        number=row.id,
        order=row.order,
        kind=row.kind,
        status=row.status,
        stage=row.stage_code,
        slot=TimeRange(row.starts_at, row.ends_at),
        title_zh=row.title_zh,
        title_en=row.title_en,
        notice_zh=row.notice_zh,
        notice_en=row.notice_en,
        troupe=_act(event, row),
        delegation=_city(row),
        workshop=row.workshop_ref,
        source=row.source,
        demo_fields=tuple(row.demo_fields or ()),
    )


def _act(event: Event, row: Row[Any]) -> Act | None:
    if row.troupe_ref is None:
        return None
    uuid = lasting_uuid(event.slug, "troupe", row.troupe_ref)
    return Act(ref=row.troupe_ref, uuid=uuid, name_zh=row.troupe_zh, name_en=row.troupe_en)


def _city(row: Row[Any]) -> City | None:
    if row.delegation_ref is None:
        return None
    return City(
        ref=row.delegation_ref,
        name_zh=row.delegation_zh,
        name_en=row.delegation_en,
        city_zh=row.city_zh,
        city_en=row.city_en,
    )
