"""Reading tokens: by the keyed hash of what a machine shows, and those of an organization."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from eventsite.database import db, glance, instant
from eventsite.events.enums import EventStatus
from eventsite.events.models import Event, Organization
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.partners.core.tokens import Holder, state_of
from eventsite.partners.enums import TokenState
from eventsite.partners.models import PartnerToken

HOLDER = """
SELECT t.id, t.organization_id, t.event_id, event.slug, t.scopes, t.expires_at, t.revoked_at, event.status
FROM partner_token t JOIN event ON event.id = t.event_id
WHERE t.key = :key
"""


def find_holder(key: bytes, now: datetime) -> Holder | None:
    """Return who holds the token of that keyed hash; `None` alike for unknown, revoked and expired ones.

    An event that is not published opens to nobody. Reads without a session.
    """
    rows = glance(HOLDER, key=key)
    if not rows:
        return None
    token_id, organization_id, event_id, slug, scopes, expires_at, revoked_at, status = rows[0]
    state = state_of(
        expires_at=instant(expires_at) if expires_at else None,
        revoked_at=instant(revoked_at) if revoked_at else None,
        now=now,
    )
    if state is not TokenState.ACTIVE or status == EventStatus.DRAFT.value:
        return None
    return Holder(
        token_id=token_id,
        organization_id=organization_id,
        event_id=event_id,
        slug=slug,
        scopes=frozenset(scopes.split()),
    )


def list_tokens(event: Event, organization: Organization | None = None) -> Sequence[PartnerToken]:
    """Return the event's tokens, or those of one organization, the newest first."""
    own = select(PartnerToken).where(PartnerToken.event_id == event.id)
    if organization is not None:
        own = own.where(PartnerToken.organization_id == organization.id)
    newest = own.order_by(PartnerToken.created_at.desc(), PartnerToken.id.desc())
    return db.session.scalars(newest.options(joinedload(PartnerToken.organization))).all()


def get_token(event: Event, token_id: int) -> PartnerToken:
    """Return a token of the event; raises `NotFound`."""
    return _found(db.session.scalar(_one(event, token_id)))


def get_token_to_write(event: Event, token_id: int) -> PartnerToken:
    """Return a token as it is now, held until the running operation ends; raises `NotFound`."""
    held = _one(event, token_id).with_for_update(of=PartnerToken).execution_options(populate_existing=True)
    return _found(db.session.scalar(held))


def _one(event: Event, token_id: int) -> Select[*tuple[Any, ...]]:
    return select(PartnerToken).where(PartnerToken.event_id == event.id, PartnerToken.id == token_id)


def _found(token: PartnerToken | None) -> PartnerToken:
    if token is None:
        raise NotFound(N_("There is no such token here."))
    return token
