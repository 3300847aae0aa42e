"""Forgetting applicants' contacts on the announced day."""

from datetime import datetime

from sqlalchemy import select

from eventsite.accounts.core import Actor
from eventsite.applications.models import Application, Call
from eventsite.audit.operations import record
from eventsite.database import atomic, db
from eventsite.events.models import Event


def erase_contacts(actor: Actor, *, now: datetime) -> int:
    """Erase telephone, e-mail and contact of applications whose call's day has come; return how many."""
    due = [call.id for call in db.session.scalars(select(Call).order_by(Call.id)) if _is_due(call, now)]
    if not due:
        return 0
    with atomic() as session:
        rows = session.scalars(
            select(Application)
            .where(Application.call_id.in_(due), Application.contacts_erased_at.is_(None))
            .order_by(Application.id)
            .with_for_update()
        ).all()
        for row in rows:
            row.phone = row.phone_mark = row.email = None
            row.contact_post_zh, row.contacts_erased_at = "", now
            session.flush()
            record(actor, "erase contacts", f"application:{row.id}", event_id=row.event_id)
    return len(rows)


def _is_due(call: Call, now: datetime) -> bool:
    event = db.session.get_one(Event, call.event_id)
    return call.erase_on <= now.astimezone(event.zone).date()
