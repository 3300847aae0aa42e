"""Reading what was taken."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from eventsite.database import db, glance, instant
from eventsite.events.models import Event, Organization
from eventsite.partners.enums import BUNDLE
from eventsite.partners.models import Taking

NEWEST = 500
LAST_ASKED = """
SELECT last_at FROM partner_taking
WHERE organization_id = :organization AND taker = :taker AND what = :what
  AND release_number = :number AND live_revision = :live
"""


def find_last_asked(
    *, organization_id: int, taker: str, what: str, number: int, live_revision: int
) -> datetime | None:
    """Return when the taker last asked for this state of it; reads without a session."""
    rows = glance(
        LAST_ASKED, organization=organization_id, taker=taker, what=what, number=number, live=live_revision
    )
    return instant(rows[0][0]) if rows else None


def last_bundle(event_id: int, organization_id: int, *, below: int) -> int | None:
    """Return the newest release before `below` whose bundle the organization took, whoever took it for it."""
    return db.session.scalar(
        select(func.max(Taking.release_number)).where(
            Taking.event_id == event_id,
            Taking.organization_id == organization_id,
            Taking.what == BUNDLE,
            Taking.taken > 0,
            Taking.release_number < below,
        )
    )


def list_takings(
    event: Event, organization: Organization | None = None, *, limit: int = NEWEST
) -> Sequence[Taking]:
    """Return what was taken of the event last, by all or by one organization, newest first."""
    own = select(Taking).where(Taking.event_id == event.id)
    if organization is not None:
        own = own.where(Taking.organization_id == organization.id)
    newest = own.order_by(Taking.last_at.desc(), Taking.id.desc()).limit(limit)
    return db.session.scalars(newest.options(joinedload(Taking.organization), joinedload(Taking.token))).all()


def last_used(event: Event) -> dict[int, datetime]:
    """Return when each token of the event was last used, by its id."""
    rows = db.session.execute(
        select(Taking.token_id, func.max(Taking.last_at))
        .where(Taking.event_id == event.id, Taking.token_id.is_not(None))
        .group_by(Taking.token_id)
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}
