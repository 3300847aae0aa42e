"""How each partner stands: its tokens, what it took last, which release it is on, how its webhooks do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from eventsite.database import db
from eventsite.events.models import Event, Organization
from eventsite.events.queries import list_organizations
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.partners.models import PartnerToken, Taking, Webhook
from eventsite.programme.queries import find_live_state


@dataclass(frozen=True, kw_only=True)
class PartnerRow:
    """An organization as the list shows it; `release` is the newest that it took or checked."""

    organization: Organization
    tokens: int
    webhooks: int
    webhooks_off: int
    last_at: datetime | None
    release: int | None
    newest: int

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return self.organization.words

    @property
    def behind(self) -> int | None:
        """Return how many releases it is behind, `None` where it has taken none."""
        return self.newest - self.release if self.release else None

    @property
    def is_idle(self) -> bool:
        """Tell whether it neither has nor took anything."""
        return not (self.tokens or self.webhooks or self.last_at)


def list_partner_rows(event: Event, now: datetime) -> list[PartnerRow]:
    """Return how every organization of the event stands, in the order of the file."""
    live = find_live_state(event)
    tokens, hooks, takings = _tokens(event, now), _webhooks(event), _takings(event)
    rows = []
    for organization in list_organizations(event):
        webhooks, off = hooks.get(organization.id, (0, 0))
        last_at, release = takings.get(organization.id, (None, None))
        rows.append(
            PartnerRow(
                organization=organization,
                tokens=tokens.get(organization.id, 0),
                webhooks=webhooks,
                webhooks_off=off,
                last_at=last_at,
                release=release or None,
                newest=live.release_number if live else 0,
            )
        )
    return rows


def get_organization(event: Event, ref: str) -> Organization:
    """Return the event's organization with that id; raises `NotFound`."""
    found = db.session.scalar(
        select(Organization).where(Organization.event_id == event.id, Organization.ref == ref)
    )
    if found is None:
        raise NotFound(N_("There is no such organization here."))
    return found


def _tokens(event: Event, now: datetime) -> dict[int, int]:
    rows = db.session.execute(
        select(PartnerToken.organization_id, func.count())
        .where(
            PartnerToken.event_id == event.id,
            PartnerToken.revoked_at.is_(None),
            PartnerToken.expires_at.is_(None) | (PartnerToken.expires_at > now),
        )
        .group_by(PartnerToken.organization_id)
    )
    return {row[0]: row[1] for row in rows}


def _webhooks(event: Event) -> dict[int, tuple[int, int]]:
    off = func.sum(case((Webhook.disabled_at.is_not(None), 1), else_=0))
    rows = db.session.execute(
        select(Webhook.organization_id, func.count(), off)
        .where(Webhook.event_id == event.id)
        .group_by(Webhook.organization_id)
    )
    return {organization: (count, int(failing)) for organization, count, failing in rows}


def _takings(event: Event) -> dict[int, tuple[datetime, int]]:
    rows: Sequence[tuple[int, datetime, int]] = [
        (organization, last_at, release)
        for organization, last_at, release in db.session.execute(
            select(Taking.organization_id, func.max(Taking.last_at), func.max(Taking.release_number))
            .where(Taking.event_id == event.id)
            .group_by(Taking.organization_id)
        )
    ]
    return {organization: (last_at, release) for organization, last_at, release in rows}
