"""Finding how troupes are reached: by their event, or by whoever has the private link."""

import hashlib
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventsite.database import db
from eventsite.events.models import Event
from eventsite.events.queries import open_days
from eventsite.programme.models import Troupe
from eventsite.sealing.core import Sealer
from eventsite.troupes.core.slots import FORGET_AFTER
from eventsite.troupes.models import TroupeAccess

EMAIL, LINK = "troupe-email", "troupe-link"
"""What is sealed, so that the bytes of one column open in no other."""


def find_access(troupe: Troupe) -> TroupeAccess | None:
    """Return how a troupe is reached, `None` where nothing is known."""
    return db.session.scalar(select(TroupeAccess).where(TroupeAccess.troupe_id == troupe.id))


def get_access_to_write(troupe: Troupe) -> TroupeAccess:
    """Return how a troupe is reached, held until the running operation ends; a new row where none is."""
    own = select(TroupeAccess).where(TroupeAccess.troupe_id == troupe.id).with_for_update()
    found = db.session.scalar(own.execution_options(populate_existing=True))
    if found is None:
        found = TroupeAccess(event_id=troupe.event_id, troupe_id=troupe.id)
        db.session.add(found)
    return found


def list_accesses(event: Event) -> Mapping[int, TroupeAccess]:
    """Return how the event's troupes are reached, by the troupe's row."""
    rows = db.session.scalars(select(TroupeAccess).where(TroupeAccess.event_id == event.id))
    return {row.troupe_id: row for row in rows}


def find_by_body(body: bytes) -> TroupeAccess | None:
    """Return what the private link with that body opens."""
    own = select(TroupeAccess).where(TroupeAccess.body_hash == hash_of(body))
    return db.session.scalar(own.options(joinedload(TroupeAccess.troupe).joinedload(Troupe.delegation)))


def find_by_typed_code(code: str) -> TroupeAccess | None:
    """Return what the typed twin of a printed link opens."""
    return db.session.scalar(select(TroupeAccess).where(TroupeAccess.typed_code == code))


def event_of(access: TroupeAccess) -> Event:
    """Return the event of a troupe that was found by its link."""
    return db.session.get_one(Event, access.event_id)


def hash_of(body: bytes) -> bytes:
    """Return that by which a link's body is found."""
    return hashlib.sha256(body).digest()


def body_of_access(access: TroupeAccess | None, sealer: Sealer) -> bytes | None:
    """Return the body of a troupe's link, `None` where it has none or its key is lost."""
    opened = sealer.open(access.body, LINK) if access and access.body else None
    return bytes.fromhex(opened) if opened else None


def email_of(access: TroupeAccess | None, sealer: Sealer) -> str:
    """Return where a troupe gets its mail, empty where nobody has said it."""
    return (sealer.open(access.email, EMAIL) if access and access.email else None) or ""


def erase_day(event: Event) -> date | None:
    """Return the announced day on which troupes' addresses are erased, `None` for an event without days."""
    days = open_days(event)
    return (max(day.hours.end for day in days) + FORGET_AFTER).astimezone(event.zone).date() if days else None
