"""In which release each item was seen first: what visitors have seen is cancelled, never removed."""

from sqlalchemy import select

from eventsite.database import db
from eventsite.events.models import Event
from eventsite.programme.enums import ChangeKind
from eventsite.programme.models import Release


def first_releases(event: Event) -> dict[str, int]:
    """Return the number of the first release with each item that ever stood in one, by its id."""
    found: dict[str, int] = {}
    rows = db.session.execute(
        select(Release.number, Release.changes).where(Release.event_id == event.id).order_by(Release.number)
    )
    for number, changes in rows:
        for change in changes:
            if change["kind"] == ChangeKind.ADDED.value:
                found.setdefault(change["ref"], number)
    return found
