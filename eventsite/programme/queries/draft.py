"""Reading the draft, or a plan beside it, as a programme, and how it is judged."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from eventsite.database import db
from eventsite.events.models import Delegation, Event, Stage, Zone
from eventsite.events.queries import open_days
from eventsite.kernel.ranges import TimeRange
from eventsite.programme.core.clashes import Rules
from eventsite.programme.core.values import (
    Act,
    City,
    Day,
    Fair,
    Item,
    Place,
    Programme,
    Use,
    in_order,
    item_uuid,
    lasting_uuid,
)
from eventsite.programme.enums import FIXED_KINDS, OFF, SEVERITIES
from eventsite.programme.models import (
    ClashSetting,
    ItemResource,
    PlanSlot,
    ProgrammeItem,
    Resource,
    Troupe,
    TroupeWindow,
)
from eventsite.programme.queries.plans import DRAFT, overrides_of


def read_draft(event: Event, plan: str = DRAFT) -> Programme:
    """Return what has its place in the draft, or in another plan, as a programme; raises `NotFound`."""
    overrides = overrides_of(event, plan)
    uses = _uses(event)
    rows = [_placed(dict(row), overrides) for row in db.session.execute(_items(event)).mappings()]
    return Programme(
        fair=_fair(event),
        days=tuple(
            Day(date=row.date, hours=day.hours, label_zh=row.label_zh, label_en=row.label_en)
            for row, day in zip(event.days, open_days(event), strict=True)
        ),
        stages=tuple(_place(event, stage, zone) for stage, zone in db.session.execute(_stages(event))),
        items=in_order([_item(event, row, uses.get(row["id"], ())) for row in rows if row["stage_code"]]),
    )


def list_waiting(event: Event, plan: str = DRAFT) -> Sequence[ProgrammeItem]:
    """Return the items that have no place in a plan, in the order in which they were added."""
    overrides = overrides_of(event, plan)
    own = select(ProgrammeItem).where(ProgrammeItem.event_id == event.id).order_by(ProgrammeItem.id)
    items = db.session.scalars(
        own.options(joinedload(ProgrammeItem.troupe), joinedload(ProgrammeItem.delegation))
    )
    return [item for item in items if _stage_id(item, overrides) is None]


def _stage_id(item: ProgrammeItem, overrides: Mapping[int, PlanSlot]) -> int | None:
    return overrides[item.id].stage_id if item.id in overrides else item.stage_id


def clash_rules(event: Event) -> Rules:
    """Return how this event judges its draft, with the times at which its troupes can perform."""
    settings = db.session.scalars(select(ClashSetting).where(ClashSetting.event_id == event.id))
    windows: dict[str, list[TimeRange]] = {}
    for window, ref in db.session.execute(
        select(TroupeWindow, Troupe.ref)
        .join(Troupe, Troupe.id == TroupeWindow.troupe_id)
        .where(TroupeWindow.event_id == event.id)
        .order_by(TroupeWindow.starts_at, TroupeWindow.id)
    ):
        windows.setdefault(ref, []).append(TimeRange(window.starts_at, window.ends_at))
    return Rules(severities={**SEVERITIES, **{one.rule: one.severity for one in settings}}, windows=windows)


def _placed(row: Mapping[str, Any], overrides: Mapping[int, PlanSlot]) -> Mapping[str, Any]:
    """Return a row with the place that it has in the plan; what the draft calls off is off in every plan."""
    slot = overrides.get(row["id"])
    if slot is None:
        return row
    place = {
        "stage_code": slot.stage.code if slot.stage else None,
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
    }
    if row["status"] in OFF:
        return {**row, **place}
    return {
        **row,
        **place,
        "status": slot.status,
        "notice_zh": slot.notice_zh or row["notice_zh"],
        "notice_en": slot.notice_en or row["notice_en"],
    }


def _uses(event: Event) -> Mapping[int, tuple[Use, ...]]:
    found: dict[int, list[Use]] = {}
    for use, resource in db.session.execute(
        select(ItemResource, Resource)
        .join(Resource, Resource.id == ItemResource.resource_id)
        .where(ItemResource.event_id == event.id)
        .order_by(Resource.id)
    ):
        one = Use(
            ref=resource.ref,
            kind=resource.kind,
            name_zh=resource.name_zh,
            name_en=resource.name_en,
            amount=use.amount,
            quantity=resource.quantity,
        )
        found.setdefault(use.item_id, []).append(one)
    return {item_id: tuple(uses) for item_id, uses in found.items()}


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
        .outerjoin(Stage, Stage.id == ProgrammeItem.stage_id)
        .outerjoin(Troupe, Troupe.id == ProgrammeItem.troupe_id)
        .outerjoin(Delegation, Delegation.id == ProgrammeItem.delegation_id)
        .where(ProgrammeItem.event_id == event.id)
    )


def _item(event: Event, row: Mapping[str, Any], uses: tuple[Use, ...]) -> Item:
    fixed = row["kind"] in FIXED_KINDS if row["fixed"] is None else row["fixed"]
    return Item(
        ref=row["ref"],
        uuid=item_uuid(event.slug, row["ref"], row["foreign_guid"]),
        number=row["id"],
        order=row["order"],
        kind=row["kind"],
        status=row["status"],
        stage=row["stage_code"],
        slot=TimeRange(row["starts_at"], row["ends_at"]),
        title_zh=row["title_zh"],
        title_en=row["title_en"],
        notice_zh=row["notice_zh"],
        notice_en=row["notice_en"],
        troupe=_act(event, row),
        delegation=_city(row),
        workshop=row["workshop_ref"],
        source=row["source"],
        demo_fields=tuple(row["demo_fields"] or ()),
        fixed=fixed,
        unit=row["unit"],
        languages=tuple(row["languages"]),
        setup=row["setup_minutes"],
        teardown=row["teardown_minutes"],
        walk=row["walk_minutes"],
        call_minutes=row["call_minutes_before"],
        mics=row["wireless_mics"],
        audio=row["audio"],
        props=row["props_zh"],
        uses=uses,
        foreign_guid=row["foreign_guid"],
    )


def _act(event: Event, row: Mapping[str, Any]) -> Act | None:
    ref = row["troupe_ref"]
    if ref is None:
        return None
    uuid = lasting_uuid(event.slug, "troupe", ref)
    return Act(ref=ref, uuid=uuid, name_zh=row["troupe_zh"], name_en=row["troupe_en"])


def _city(row: Mapping[str, Any]) -> City | None:
    if row["delegation_ref"] is None:
        return None
    return City(
        ref=row["delegation_ref"],
        name_zh=row["delegation_zh"],
        name_en=row["delegation_en"],
        city_zh=row["city_zh"],
        city_en=row["city_en"],
    )
