"""Reading events, their places and memberships. Every lookup goes through its event."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from eventsite.accounts.core import Grant
from eventsite.accounts.enums import Role
from eventsite.accounts.models import Account
from eventsite.database import db
from eventsite.events.core import OpenDay, Spot, nearest, open_day, spot_of
from eventsite.events.models import Delegation, Event, Facility, Membership, Organization, Stage, Venue, Zone
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_


@dataclass(frozen=True, kw_only=True)
class Landmark:
    """A facility with its place in words: where on the plan, by which zone; `None` if that is not drawn."""

    facility: Facility
    spot: Spot | None
    zone: str | None


Place = TypeVar("Place", Stage, Facility)


def find_event(slug: str) -> Event | None:
    """Return the event of that slug, if there is one."""
    return db.session.scalar(select(Event).where(Event.slug == slug))


def get_event(slug: str) -> Event:
    """Return the event of that slug; raises `NotFound`."""
    event = find_event(slug)
    if event is None:
        raise NotFound(N_("There is no event “%(slug)s”."), slug=slug)
    return event


def line_of(event_id: int, ref: str) -> frozenset[str]:
    """Return an organizer and those who made it one, step by step: people who may stand for each other.

    Where two lines meet, the two are not independent of each other. What an administrator or a command gave
    begins a line of its own.
    """
    kind, _, number = ref.partition(":")
    if kind != "account":
        return frozenset({ref})
    lines = db.session.scalars(
        select(Membership.line).where(
            Membership.event_id == event_id,
            Membership.account_id == int(number),
            Membership.role == Role.ORGANIZER,
        )
    )
    return frozenset({ref}).union(*lines)


def hold_event(event: Event) -> None:
    """Lock the event's row until the commit (PostgreSQL; on SQLite the turn does it)."""
    db.session.execute(select(Event.id).where(Event.id == event.id).with_for_update())


def list_events() -> Sequence[Event]:
    """Return all events with their days, the newest year first."""
    return db.session.scalars(
        select(Event).options(selectinload(Event.days)).order_by(Event.year.desc(), Event.slug)
    ).all()


def open_days(event: Event) -> list[OpenDay]:
    """Return the event's days with their hours as instants, in order."""
    return [open_day(day.date, day.opens, day.closes, event.zone) for day in event.days]


def list_grants(account_id: int) -> tuple[Grant, ...]:
    """Return the roles that an account holds."""
    rows = db.session.scalars(
        select(Membership).where(Membership.account_id == account_id).order_by(Membership.id)
    )
    return tuple(Grant(role=row.role, event_id=row.event_id, scope=row.scope) for row in rows)


def list_zones(event: Event) -> Sequence[Zone]:
    """Return the event's zones in the organizer's order."""
    return db.session.scalars(
        select(Zone).where(Zone.event_id == event.id).order_by(Zone.order, Zone.code)
    ).all()


def find_zone(event: Event, code: str) -> Zone | None:
    """Return the zone with that code, if the event has one."""
    return db.session.scalar(_zone(event, code))


def get_zone(event: Event, code: str) -> Zone:
    """Return the zone with that code; raises `NotFound`."""
    return _found(find_zone(event, code), code)


def get_zone_to_write(event: Event, code: str) -> Zone:
    """Return the zone with its row locked until the commit (PostgreSQL; on SQLite the turn does it)."""
    return _found(db.session.scalar(_zone(event, code).with_for_update(of=Zone)), code)


def list_stages(event: Event) -> Sequence[Stage]:
    """Return the event's stages by code."""
    own = select(Stage).where(Stage.event_id == event.id).order_by(Stage.code)
    return db.session.scalars(own.options(joinedload(Stage.zone))).all()


def find_stage(event: Event, ref: str) -> Stage | None:
    """Return the stage with that id in the event's file, if there is one."""
    return db.session.scalar(_stage(event, ref))


def get_stage(event: Event, ref: str) -> Stage:
    """Return the stage with that id in the event's file; raises `NotFound`."""
    return _found_place(find_stage(event, ref), ref)


def get_stage_to_write(event: Event, ref: str) -> Stage:
    """Return the stage with its row locked until the commit (PostgreSQL; on SQLite the turn does it)."""
    return _found_place(db.session.scalar(_stage(event, ref).with_for_update(of=Stage)), ref)


def find_facility(event: Event, ref: str) -> Facility | None:
    """Return the facility with that id in the event's file, if there is one."""
    return db.session.scalar(_facility(event, ref))


def get_facility(event: Event, ref: str) -> Facility:
    """Return the facility with that id in the event's file; raises `NotFound`."""
    return _found_place(find_facility(event, ref), ref)


def get_facility_to_write(event: Event, ref: str) -> Facility:
    """Return the facility with its row locked until the commit (PostgreSQL; on SQLite the turn does it)."""
    return _found_place(db.session.scalar(_facility(event, ref).with_for_update()), ref)


def list_delegations(event: Event) -> Sequence[Delegation]:
    """Return the event's delegations in the order of the file."""
    return db.session.scalars(
        select(Delegation).where(Delegation.event_id == event.id).order_by(Delegation.position, Delegation.id)
    ).all()


def find_delegation(event: Event, ref: str) -> Delegation | None:
    """Return the delegation with that id in the event's file, if there is one."""
    return db.session.scalar(select(Delegation).where(Delegation.event_id == event.id, Delegation.ref == ref))


def get_delegation(event: Event, ref: str) -> Delegation:
    """Return the delegation with that id in the event's file; raises `NotFound`."""
    delegation = find_delegation(event, ref)
    if delegation is None:
        raise NotFound(N_("There is no delegation “%(ref)s” here."), ref=ref)
    return delegation


def list_organizations(event: Event) -> Sequence[Organization]:
    """Return the event's organizations in the order of the file."""
    return db.session.scalars(
        select(Organization)
        .where(Organization.event_id == event.id)
        .order_by(Organization.position, Organization.id)
    ).all()


def find_venue(event: Event) -> Venue | None:
    """Return where the event is."""
    return db.session.scalar(select(Venue).where(Venue.event_id == event.id))


def list_facilities(event: Event) -> Sequence[Facility]:
    """Return gates, toilets, desks and the like."""
    return db.session.scalars(
        select(Facility).where(Facility.event_id == event.id).order_by(Facility.position, Facility.id)
    ).all()


def list_landmarks(event: Event) -> list[Landmark]:
    """Return the facilities in the order of the file, each with its place in words."""
    venue = find_venue(event)
    boxes = {zone.code: zone.box for zone in list_zones(event)}
    return [
        Landmark(
            facility=place,
            spot=spot_of(place.x, place.y, venue.ground) if venue else None,
            zone=nearest(place.x, place.y, boxes),
        )
        for place in list_facilities(event)
    ]


def list_members(event: Event) -> Sequence[tuple[Membership, Account]]:
    """Return the roles held in the event with who holds them, by name."""
    rows = db.session.execute(
        select(Membership, Account)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.event_id == event.id)
        .order_by(Account.label, Account.email, Membership.role, Membership.scope)
    )
    return [(membership, account) for membership, account in rows]


def list_roles_of(account_ids: Sequence[int]) -> Sequence[tuple[Membership, Event | None]]:
    """Return the roles that accounts hold, on the site and in events."""
    rows = db.session.execute(
        select(Membership, Event)
        .outerjoin(Event, Event.id == Membership.event_id)
        .where(Membership.account_id.in_(account_ids))
        .order_by(Membership.account_id, Membership.event_id, Membership.role, Membership.scope)
    )
    return [(membership, event) for membership, event in rows]


def list_scopes(event: Event) -> dict[str, list[tuple[str, Any]]]:
    """Return what roles can be narrowed to, by kind: the scope's name and the record behind it."""
    return {
        "zone": [(f"zone:{zone.code}", zone) for zone in list_zones(event)],
        "stage": [(f"stage:{stage.code}", stage) for stage in list_stages(event)],
        "delegation": [(f"delegation:{one.ref}", one) for one in list_delegations(event)],
        "organization": [(f"organization:{one.ref}", one) for one in list_organizations(event)],
    }


def _zone(event: Event, code: str) -> Select[Zone]:
    return select(Zone).where(Zone.event_id == event.id, Zone.code == code)


def _found(zone: Zone | None, code: str) -> Zone:
    if zone is None:
        raise NotFound(N_("There is no zone “%(code)s” here."), code=code)
    return zone


def _stage(event: Event, ref: str) -> Select[Stage]:
    return select(Stage).where(Stage.event_id == event.id, Stage.ref == ref)


def _facility(event: Event, ref: str) -> Select[Facility]:
    return select(Facility).where(Facility.event_id == event.id, Facility.ref == ref)


def _found_place(place: Place | None, ref: str) -> Place:
    if place is None:
        raise NotFound(N_("There is no place “%(ref)s” here."), ref=ref)
    return place
