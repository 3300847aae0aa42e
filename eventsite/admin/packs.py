"""A delegation's pack: everything that its lead looks after, read in a few queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventsite.database import db
from eventsite.events.models import Delegation, Event
from eventsite.giveaways.models import Giveaway
from eventsite.market.core import total_power
from eventsite.market.models import Booth, Float
from eventsite.market.queries import list_booths_of
from eventsite.programme.core.values import Item, Place
from eventsite.programme.queries import current_release
from eventsite.readiness.enums import PassKind
from eventsite.readiness.models import AccessPass, Certificate, Fault, SlotBooking
from eventsite.readiness.queries import (
    BoothReadiness,
    list_bookings,
    list_certificates,
    list_faults_of,
    list_passes,
    readiness_of,
)


@dataclass(frozen=True, kw_only=True)
class PackAct:
    """An item of the released programme as it is expected now, with its stage."""

    item: Item
    place: Place


@dataclass(frozen=True, kw_only=True)
class Pack:
    """What a delegation has at the fair, and what is still open."""

    event: Event
    delegation: Delegation
    booths: Sequence[Booth]
    states: Sequence[BoothReadiness]
    floats: Sequence[Float]
    acts: Sequence[PackAct]
    passes: Sequence[AccessPass]
    certificates: Sequence[Certificate]
    bookings: Sequence[SlotBooking]
    giveaways: Sequence[Giveaway]
    faults: Sequence[Fault]

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone of the venue."""
        return self.event.zone

    @property
    def staff(self) -> list[AccessPass]:
        """Return the passes of its people that are in force."""
        return [one for one in self.passes if one.kind is PassKind.STAFF and not one.revoked_at]

    @property
    def vehicles(self) -> list[AccessPass]:
        """Return the passes of its vehicles that are in force."""
        return [one for one in self.passes if one.kind is PassKind.VEHICLE and not one.revoked_at]

    @property
    def unready(self) -> list[BoothReadiness]:
        """Return its booths that lack something."""
        return [state for state in self.states if state.missing]

    @property
    def power(self) -> float:
        """Return what its booths draw together, in kW."""
        return total_power(state.power_kw for state in self.states)

    @property
    def tasks(self) -> int:
        """Return how many things are open."""
        return sum(len(state.missing) for state in self.states) + len(self.faults)


def read_pack(event: Event, delegation: Delegation) -> Pack:
    """Return the pack of a delegation; nothing of any other delegation is in it."""
    booths = list_booths_of(delegation)
    own = {booth.id for booth in booths}
    floats = (
        select(Float)
        .where(Float.delegation_id == delegation.id)
        .options(joinedload(Float.booth).joinedload(Booth.zone))
    )
    gifts = (
        select(Giveaway)
        .where(Giveaway.booth_id.in_(own))
        .options(joinedload(Giveaway.booth).joinedload(Booth.zone))
    )
    return Pack(
        event=event,
        delegation=delegation,
        booths=booths,
        states=readiness_of(event, only=booths),
        floats=db.session.scalars(floats.order_by(Float.position, Float.id)).all(),
        acts=_acts(event, delegation),
        passes=[
            one
            for one in list_passes(event)
            if one.booth_id in own or (one.booth_id is None and one.delegation_id == delegation.id)
        ],
        certificates=[one for one in list_certificates(event) if one.booth_id in own],
        bookings=[one for one in list_bookings(event) if one.booth_id in own],
        giveaways=db.session.scalars(gifts.order_by(Giveaway.position, Giveaway.id)).all(),
        faults=list_faults_of(booths),
    )


def _acts(event: Event, delegation: Delegation) -> list[PackAct]:
    """Return what the delegation shows by the release that is out, in the order of the programme."""
    view = current_release(event)
    if view is None:
        return []
    return [
        PackAct(item=item, place=view.programme.places[item.stage])
        for item in view.programme.items
        if item.delegation and item.delegation.ref == delegation.ref
    ]
