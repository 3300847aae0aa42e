"""How troupes are reached: private links that can be printed again and revoked, and sealed addresses."""

from datetime import datetime

from sqlalchemy import select

from eventsite.accounts.core import Actor
from eventsite.accounts.operations.post import SOUND
from eventsite.audit.operations import record
from eventsite.database import atomic, attempt, db
from eventsite.events.models import Event
from eventsite.events.queries import open_days
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.tokens import new_body, typed_code
from eventsite.kernel.words import N_
from eventsite.programme.models import Troupe
from eventsite.programme.queries import get_troupe, list_troupes
from eventsite.sealing.core import Sealer
from eventsite.troupes.core.slots import is_erasable
from eventsite.troupes.models import TroupeAccess
from eventsite.troupes.queries import EMAIL, LINK, email_of, get_access_to_write, hash_of, list_accesses

BODY_BYTES = 16


def issue_link(actor: Actor, event: Event, ref: str, *, sealer: Sealer, now: datetime) -> TroupeAccess:
    """Give a troupe a new private link; the one that it had is void."""
    with atomic():
        return _issue(actor, get_troupe(event, ref), sealer, now)


def issue_missing(actor: Actor, event: Event, *, sealer: Sealer, now: datetime) -> int:
    """Give a link to each troupe that has none; return how many got one."""
    with atomic():
        accesses = list_accesses(event)
        bare = [
            troupe
            for troupe in list_troupes(event)
            if troupe.id not in accesses or accesses[troupe.id].body is None
        ]
        for troupe in bare:
            _issue(actor, troupe, sealer, now)
        return len(bare)


def revoke_link(actor: Actor, event: Event, ref: str) -> None:
    """Make a troupe's link void; without one nothing happens."""
    with atomic():
        troupe = get_troupe(event, ref)
        access = get_access_to_write(troupe)
        if access.body is None:
            return
        access.body = access.body_hash = access.typed_code = access.issued_at = None
        record(actor, "revoke link", f"troupe:{troupe.id}", event_id=event.id)


def set_contact(actor: Actor, event: Event, ref: str, email: str, *, sealer: Sealer, now: datetime) -> None:
    """Say where a troupe gets its mail; empty forgets it. The log holds that it changed, not the address."""
    address = email.strip()
    if address and not SOUND.match(address):
        raise DomainError(N_("This is no address to write to."), field="email")
    if address and _is_due(event, now):
        raise Conflict(N_("The day is over on which addresses are erased: none is taken any more."))
    with atomic():
        troupe = get_troupe(event, ref)
        access = get_access_to_write(troupe)
        if email_of(access, sealer) == address:
            return
        access.email = sealer.seal(address, EMAIL) if address else None
        access.email_erased_at = None
        record(actor, "set contact", f"troupe:{troupe.id}", event_id=event.id, given=bool(address))


def erase_troupe_contacts(actor: Actor, *, now: datetime) -> int:
    """Erase the addresses of troupes whose event's announced day has come; return how many."""
    held = db.session.scalars(select(TroupeAccess.event_id).where(TroupeAccess.email.is_not(None)).distinct())
    due = [event_id for event_id in held if _is_due(db.session.get_one(Event, event_id), now)]
    if not due:
        return 0
    with atomic() as session:
        rows = session.scalars(
            select(TroupeAccess)
            .where(TroupeAccess.event_id.in_(due), TroupeAccess.email.is_not(None))
            .order_by(TroupeAccess.id)
            .with_for_update()
        ).all()
        for row in rows:
            row.email, row.email_erased_at = None, now
            record(actor, "erase contact", f"troupe:{row.troupe_id}", event_id=row.event_id)
    return len(rows)


def _issue(actor: Actor, troupe: Troupe, sealer: Sealer, now: datetime) -> TroupeAccess:
    access, body = get_access_to_write(troupe), new_body(BODY_BYTES)
    again = access.body is not None
    taken = Conflict(N_("Somebody issued a link for this troupe at the same moment."))
    with attempt(
        {
            "uq_troupe_access_troupe_id": taken,
            "uq_troupe_access_body_hash": taken,
            "uq_troupe_access_typed_code": taken,
        }
    ) as session:
        access.body, access.body_hash = sealer.seal(body.hex(), LINK), hash_of(body)
        access.typed_code, access.issued_at = typed_code(), now
        session.flush()
    record(actor, "issue link", f"troupe:{troupe.id}", event_id=troupe.event_id, again=again)
    return access


def _is_due(event: Event, now: datetime) -> bool:
    days = open_days(event)
    return bool(days) and is_erasable(max(day.hours.end for day in days), now)
