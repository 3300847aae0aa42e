"""Reading the draft: its items one by one for the forms, and all of it as a programme."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func, select, text
from sqlalchemy.orm import joinedload

from eventsite.database import db
from eventsite.events.models import Delegation, Event, Stage, Zone
from eventsite.events.queries import open_days
from eventsite.kernel.errors import NotFound
from eventsite.kernel.ranges import TimeRange
from eventsite.kernel.words import N_
from eventsite.programme.core.clashes import Rules
from eventsite.programme.core.facts import BY_KIND, FIXED, FREE, ItemFacts, clock_of
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
    ProgrammePlan,
    Resource,
    Troupe,
    TroupeWindow,
)

DRAFT = "A"
"""The plan that is the draft itself."""
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
MARKED = """
SELECT
    (SELECT count(*) || '.' || coalesce(sum(version), 0) || '.' || coalesce(max(id), 0)
        FROM programme_item WHERE event_id = :event_id),
    (SELECT count(*) || '.' || coalesce(sum(version), 0) || '.' || coalesce(max(id), 0)
        FROM plan_slot WHERE event_id = :event_id),
    (SELECT count(*) || '.' || coalesce(sum(amount * id), 0) || '.' || coalesce(max(id), 0)
        FROM item_resource WHERE event_id = :event_id),
    (SELECT count(*) || '.' || coalesce(sum(version), 0) || '.' || coalesce(max(id), 0)
        FROM resource WHERE event_id = :event_id),
    (SELECT count(*) || '.' || coalesce(max(id), 0) FROM troupe_window WHERE event_id = :event_id),
    (SELECT coalesce(sum(id * CASE severity WHEN 'block' THEN 1 WHEN 'warn' THEN 1000 ELSE 1000000 END), 0)
        FROM clash_setting WHERE event_id = :event_id),
    (SELECT coalesce(max(number), 0) FROM release WHERE event_id = :event_id),
    (SELECT coalesce(sum(version), 0) FROM programme_plan WHERE event_id = :event_id)
"""


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


def read_draft(event: Event, plan: str = DRAFT) -> Programme:
    """Return what has its place in the draft, or in another plan, as a programme; raises `NotFound`."""
    overrides = _overrides(event, plan)
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
    overrides = _overrides(event, plan)
    own = select(ProgrammeItem).where(ProgrammeItem.event_id == event.id).order_by(ProgrammeItem.id)
    items = db.session.scalars(
        own.options(joinedload(ProgrammeItem.troupe), joinedload(ProgrammeItem.delegation))
    )
    return [item for item in items if _stage_id(item, overrides) is None]


def _stage_id(item: ProgrammeItem, overrides: Mapping[int, PlanSlot]) -> int | None:
    return overrides[item.id].stage_id if item.id in overrides else item.stage_id


def list_plans(event: Event) -> Sequence[ProgrammePlan]:
    """Return the plans that stand ready beside the draft, by code."""
    return db.session.scalars(
        select(ProgrammePlan).where(ProgrammePlan.event_id == event.id).order_by(ProgrammePlan.code)
    ).all()


def get_plan(event: Event, code: str) -> ProgrammePlan:
    """Return the plan with that code; raises `NotFound`, for the draft itself too."""
    own = select(ProgrammePlan).where(ProgrammePlan.event_id == event.id, ProgrammePlan.code == code)
    plan = db.session.scalar(own)
    if plan is None:
        raise NotFound(N_("There is no plan “%(code)s” here."), code=code)
    return plan


def list_plan_slots(event: Event, code: str) -> Sequence[PlanSlot]:
    """Return what a plan changes, in the order of the items; raises `NotFound`."""
    plan = get_plan(event, code)
    return db.session.scalars(
        select(PlanSlot)
        .where(PlanSlot.plan_id == plan.id)
        .options(joinedload(PlanSlot.stage), joinedload(PlanSlot.item))
        .order_by(PlanSlot.item_id)
    ).all()


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


def list_resources(event: Event) -> Sequence[Resource]:
    """Return the people, props and microphones that items share, by kind and name."""
    return db.session.scalars(
        select(Resource)
        .where(Resource.event_id == event.id)
        .order_by(Resource.kind, Resource.name_zh, Resource.id)
    ).all()


def _overrides(event: Event, plan: str) -> Mapping[int, PlanSlot]:
    if plan == DRAFT:
        return {}
    return {slot.item_id: slot for slot in list_plan_slots(event, plan)}


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


def draft_mark(event: Event) -> str:
    """Return a name for all that the editor shows; it changes with the draft, plans, rules and releases."""
    row = db.session.execute(text(MARKED), {"event_id": event.id}).one()
    return "-".join(str(part) for part in (event.version, *row))


def placed_versions(event: Event, plan: str = DRAFT) -> Mapping[int, int]:
    """Return the version by which each item's place is moved: in a plan 0 where the draft has it."""
    rows = db.session.execute(
        select(ProgrammeItem.id, ProgrammeItem.version).where(ProgrammeItem.event_id == event.id)
    )
    own = {row.id: row.version for row in rows}
    if plan == DRAFT:
        return own
    overrides = _overrides(event, plan)
    return {item_id: overrides[item_id].version if item_id in overrides else 0 for item_id in own}


def stages_of_items(event: Event, plan: str = DRAFT) -> Mapping[int, str | None]:
    """Return the code of the stage on which each item is in a plan, `None` for one that waits."""
    rows = db.session.execute(
        select(ProgrammeItem.id, Stage.code)
        .outerjoin(Stage, Stage.id == ProgrammeItem.stage_id)
        .where(ProgrammeItem.event_id == event.id)
    )
    found = {row.id: row.code for row in rows}
    for item_id, slot in _overrides(event, plan).items():
        found[item_id] = slot.stage.code if slot.stage else None
    return found


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


def get_resource(event: Event, resource_id: int) -> Resource:
    """Return a shared thing of the event; raises `NotFound`."""
    return _resource(db.session.scalar(_one_resource(event, resource_id)))


def get_resource_to_write(event: Event, resource_id: int) -> Resource:
    """Return a shared thing as it is now, held until the running operation ends; raises `NotFound`."""
    held = _one_resource(event, resource_id).with_for_update().execution_options(populate_existing=True)
    return _resource(db.session.scalar(held))


def _one_resource(event: Event, resource_id: int) -> Select[*tuple[Any, ...]]:
    return select(Resource).where(Resource.event_id == event.id, Resource.id == resource_id)


def _resource(resource: Resource | None) -> Resource:
    if resource is None:
        raise NotFound(N_("There is no such thing in this event."))
    return resource


def get_troupe_page(event: Event, troupe_id: int) -> Troupe:
    """Return the troupe with that number in the event; raises `NotFound`."""
    return _troupe(db.session.scalar(_one_troupe(event, troupe_id)))


def get_troupe_to_write(event: Event, troupe_id: int) -> Troupe:
    """Return a troupe as it is now, held until the running operation ends; raises `NotFound`."""
    held = _one_troupe(event, troupe_id).with_for_update().execution_options(populate_existing=True)
    return _troupe(db.session.scalar(held))


def _one_troupe(event: Event, troupe_id: int) -> Select[*tuple[Any, ...]]:
    return select(Troupe).where(Troupe.event_id == event.id, Troupe.id == troupe_id)


def _troupe(troupe: Troupe | None) -> Troupe:
    if troupe is None:
        raise NotFound(N_("There is no such troupe here."))
    return troupe


def list_items_of(event: Event, troupe: Troupe) -> Sequence[ProgrammeItem]:
    """Return the items of a troupe in the draft, by time, what waits last."""
    own = select(ProgrammeItem).where(
        ProgrammeItem.event_id == event.id, ProgrammeItem.troupe_id == troupe.id
    )
    found = db.session.scalars(own.options(joinedload(ProgrammeItem.stage)).order_by(ProgrammeItem.id)).all()
    return sorted(
        found, key=lambda item: (item.is_waiting, item.starts_at.isoformat() if item.starts_at else "")
    )


def count_uses(event: Event) -> Mapping[int, int]:
    """Return how many items use each shared thing, by its id."""
    rows = db.session.execute(
        select(ItemResource.resource_id, func.count())
        .where(ItemResource.event_id == event.id)
        .group_by(ItemResource.resource_id)
    )
    return {row[0]: row[1] for row in rows}
