"""Reading booths and what stands around them. Every lookup goes through its event."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from eventsite.database import db
from eventsite.events.models import Delegation, Event, Zone
from eventsite.kernel.boxes import Box
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.market.core import natural_key
from eventsite.market.models import Booth, Float


def list_booths(event: Event, *, zone: str = "", category: str = "", status: str = "") -> list[Booth]:
    """Return the event's booths with zone and holder, zone by zone, in the natural order of their codes.

    All of them: a fair has hundreds of booths, and a page needs their sum as well as its share.
    """
    wanted = select(Booth).join(Zone).where(Booth.event_id == event.id).order_by(Zone.order, Booth.id)
    for column, value in ((Zone.code, zone), (Booth.category, category), (Booth.status, status)):
        if value:
            wanted = wanted.where(column == value)
    found = db.session.scalars(wanted.options(joinedload(Booth.zone), joinedload(Booth.delegation)))
    return sorted(found, key=lambda booth: (booth.zone.order, natural_key(booth.code)))


def find_booth(event: Event, code: str) -> Booth | None:
    """Return the booth with that code, if the event has one."""
    return db.session.scalar(_booth(event, code))


def get_booth(event: Event, code: str) -> Booth:
    """Return the booth with that code; raises `NotFound`."""
    return _found(find_booth(event, code), code)


def get_booth_to_write(event: Event, code: str) -> Booth:
    """Return the booth with its row locked until the commit (PostgreSQL; on SQLite the turn does it)."""
    return _found(db.session.scalar(_booth(event, code).with_for_update(of=Booth)), code)


def boxes_in(zone: Zone, *, without: str = "") -> dict[str, Box]:
    """Return the boxes of the booths of a zone by code, one booth left out if so asked."""
    booths = db.session.scalars(select(Booth).where(Booth.zone_id == zone.id).order_by(Booth.id))
    return {booth.code: booth.box for booth in booths if booth.code != without}


def list_booths_of(delegation: Delegation) -> list[Booth]:
    """Return the booths that a delegation holds, in the natural order of their codes."""
    held = select(Booth).where(Booth.delegation_id == delegation.id).options(joinedload(Booth.zone))
    return sorted(db.session.scalars(held), key=lambda booth: natural_key(booth.code))


def find_float_at(booth: Booth) -> Float | None:
    """Return the float that stands on a booth's place."""
    return db.session.scalar(select(Float).where(Float.booth_id == booth.id).order_by(Float.id).limit(1))


def list_floats(event: Event) -> Sequence[Float]:
    """Return the event's floats with booth and city, in the order of the file."""
    own = select(Float).where(Float.event_id == event.id).order_by(Float.position, Float.id)
    return db.session.scalars(own.options(joinedload(Float.booth), joinedload(Float.delegation))).all()



def _booth(event: Event, code: str) -> Select[Booth]:
    return select(Booth).where(Booth.event_id == event.id, Booth.code == code)


def _found(booth: Booth | None, code: str) -> Booth:
    if booth is None:
        raise NotFound(N_("There is no booth “%(code)s” here."), code=code)
    return booth
