"""Reading webhooks and their deliveries, and what has happened that they may want to hear of."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from eventsite.database import db
from eventsite.events.enums import EventStatus
from eventsite.events.models import Event, Organization
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.partners.core.deliveries import ReleaseNews
from eventsite.partners.enums import DeliveryState
from eventsite.partners.models import Delivery, Webhook
from eventsite.programme.models import LiveState, Release

NEWEST = 500
AT_ONCE = 50  # deliveries that one round of the job takes up


def list_webhooks(event: Event, organization: Organization | None = None) -> Sequence[Webhook]:
    """Return the event's webhooks, or those of one organization, in the order they were added."""
    own = select(Webhook).where(Webhook.event_id == event.id)
    if organization is not None:
        own = own.where(Webhook.organization_id == organization.id)
    return db.session.scalars(own.order_by(Webhook.id).options(joinedload(Webhook.organization))).all()


def get_webhook(event: Event, webhook_id: int) -> Webhook:
    """Return a webhook of the event; raises `NotFound`."""
    whole = _one(event, webhook_id).options(joinedload(Webhook.organization))
    return _found(db.session.scalar(whole))


def get_webhook_to_write(event: Event, webhook_id: int) -> Webhook:
    """Return a webhook as it is now, held until the running operation ends; raises `NotFound`."""
    held = _one(event, webhook_id).with_for_update(of=Webhook).execution_options(populate_existing=True)
    return _found(db.session.scalar(held))


def list_deliveries(
    event: Event,
    *,
    organization: Organization | None = None,
    webhook: Webhook | None = None,
    limit: int = NEWEST,
) -> Sequence[Delivery]:
    """Return the newest deliveries of the event, of an organization or of one webhook, newest first."""
    own = select(Delivery).join(Webhook, Webhook.id == Delivery.webhook_id)
    own = own.where(Delivery.event_id == event.id)
    if organization is not None:
        own = own.where(Webhook.organization_id == organization.id)
    if webhook is not None:
        own = own.where(Delivery.webhook_id == webhook.id)
    whole = joinedload(Delivery.webhook).joinedload(Webhook.organization)
    newest = own.order_by(Delivery.created_at.desc(), Delivery.id.desc()).limit(limit)
    return db.session.scalars(newest.options(whole)).all()


def get_delivery(event: Event, delivery_id: int) -> Delivery:
    """Return a delivery of the event with its webhook; raises `NotFound`."""
    whole = joinedload(Delivery.webhook).joinedload(Webhook.organization)
    found = db.session.scalar(
        select(Delivery).where(Delivery.event_id == event.id, Delivery.id == delivery_id).options(whole)
    )
    if found is None:
        raise NotFound(N_("There is no such delivery here."))
    return found


def list_expecting() -> Sequence[tuple[Webhook, Event]]:
    """Return the webhooks of published events that are on and have something to hear, with their events."""
    behind = or_(
        Webhook.queued_release != LiveState.release_number, Webhook.queued_live != LiveState.live_revision
    )
    rows = db.session.execute(
        select(Webhook, Event)
        .join(Event, Event.id == Webhook.event_id)
        .join(LiveState, LiveState.event_id == Webhook.event_id)
        .where(Webhook.disabled_at.is_(None), Event.status != EventStatus.DRAFT, behind)
        .order_by(Webhook.id)
    )
    return [(webhook, event) for webhook, event in rows]


def list_news(event_id: int, *, after: int, until: int) -> list[ReleaseNews]:
    """Return the releases after a number up to another, the oldest first."""
    own = select(Release).where(Release.event_id == event_id, Release.number.between(after, until))
    rows = db.session.scalars(own.order_by(Release.number)).all()
    plans = {row.number: row.plan for row in rows}
    return [
        ReleaseNews(
            number=row.number,
            released_at=row.released_at,
            sha256=row.content_sha256,
            plan=row.plan,
            plan_before=plans.get(row.number - 1, "A"),
            changes=row.changes,
        )
        for row in rows
        if row.number > after
    ]


def read_live(event_id: int) -> tuple[int, int]:
    """Return the release that is shown and the live revision; zeros before the first release."""
    row = db.session.execute(
        select(LiveState.release_number, LiveState.live_revision).where(LiveState.event_id == event_id)
    ).first()
    return (row[0], row[1]) if row else (0, 0)


def list_due(now: datetime) -> Sequence[Delivery]:
    """Return deliveries whose time has come, of webhooks that are switched on, the longest due first."""
    return db.session.scalars(
        select(Delivery)
        .join(Webhook, Webhook.id == Delivery.webhook_id)
        .where(Delivery.state == DeliveryState.WAITING, Delivery.due_at <= now, Webhook.disabled_at.is_(None))
        .order_by(Delivery.due_at, Delivery.id)
        .limit(AT_ONCE)
        .options(joinedload(Delivery.webhook))
    ).all()


def _one(event: Event, webhook_id: int) -> Select[*tuple[Any, ...]]:
    return select(Webhook).where(Webhook.event_id == event.id, Webhook.id == webhook_id)


def _found(webhook: Webhook | None) -> Webhook:
    if webhook is None:
        raise NotFound(N_("There is no such webhook here."))
    return webhook
