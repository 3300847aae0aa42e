"""Adding and changing webhooks. Where an address leads is asked before the transaction, never inside."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.models import Event, Organization
from eventsite.kernel.edits import changed, refuse_stale
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.tokens import new_body
from eventsite.kernel.words import N_
from eventsite.partners.core.addresses import Bounds
from eventsite.partners.core.deliveries import Mailbox, Message
from eventsite.partners.core.tokens import write_words
from eventsite.partners.core.webhooks import WebhookFacts
from eventsite.partners.enums import CHOSEN_EVENTS, DeliveryState, HookEvent
from eventsite.partners.models import Delivery, Webhook
from eventsite.partners.queries import get_delivery, get_webhook_to_write, list_webhooks, read_live
from eventsite.partners.sending import Resolve, find_addresses, judge
from eventsite.sealing.core import Sealer

SECRET = "webhook-secret"
SECRET_BYTES = 32
MOST_WEBHOOKS = 5  # of an organization


@dataclass(frozen=True, kw_only=True)
class Added:
    """A webhook and, this once, its secret."""

    row: Webhook
    secret: str = field(repr=False)


def add_webhook(
    actor: Actor,
    event: Event,
    organization: Organization,
    facts: WebhookFacts,
    *,
    bounds: Bounds,
    sealer: Sealer,
    now: datetime,
    resolve: Resolve = find_addresses,
) -> Added:
    """Add an address that hears of what happens from now on.

    Raises `BadAddress` for one that is out of bounds, `Conflict` where the organization has enough.
    """
    _check(facts)
    judge(facts.url, bounds, resolve)
    secret = new_body(SECRET_BYTES).hex()
    sealed = sealer.seal(secret, SECRET)
    with atomic() as session:
        if len(list_webhooks(event, organization)) >= MOST_WEBHOOKS:
            raise Conflict(N_("%(most)s webhooks are enough: change one of them."), most=MOST_WEBHOOKS)
        release, live = read_live(event.id)
        row = Webhook(
            event_id=event.id,
            organization_id=organization.id,
            url=facts.url,
            kinds=_written(facts),
            secret=sealed,
            created_at=now,
            queued_release=release,
            queued_live=live,
        )
        session.add(row)
        session.flush()
        _record(actor, "create", row, before={}, after={"url": row.url, "kinds": row.kinds})
    return Added(row=row, secret=secret)


def edit_webhook(
    actor: Actor,
    event: Event,
    webhook_id: int,
    facts: WebhookFacts,
    *,
    seen: int,
    bounds: Bounds,
    resolve: Resolve = find_addresses,
) -> Webhook:
    """Change where a webhook points and what it hears of; raises `BadAddress` and `StaleEdit`."""
    _check(facts)
    judge(facts.url, bounds, resolve)
    mine = {"url": facts.url, "kinds": _written(facts)}
    with atomic():
        row = get_webhook_to_write(event, webhook_id)
        theirs = {"url": row.url, "kinds": row.kinds}
        refuse_stale(row.version, seen, theirs=theirs, mine=mine)
        if theirs != mine:
            row.url, row.kinds = mine["url"], mine["kinds"]
            before, after = changed(theirs, mine)
            _record(actor, "edit", row, before=before, after=after)
        return row


def renew_secret(actor: Actor, event: Event, webhook_id: int, *, sealer: Sealer) -> Added:
    """Give a webhook a new secret; what is sent from now on is signed with it."""
    secret = new_body(SECRET_BYTES).hex()
    sealed = sealer.seal(secret, SECRET)
    with atomic():
        row = get_webhook_to_write(event, webhook_id)
        row.secret = sealed
        _record(actor, "renew secret", row, before={}, after={})
    return Added(row=row, secret=secret)


def disable_webhook(actor: Actor, event: Event, webhook_id: int, *, now: datetime, why: str = "") -> Webhook:
    """Tell a webhook nothing until it is switched on again; what happens meanwhile it hears of then."""
    with atomic():
        row = get_webhook_to_write(event, webhook_id)
        if row.disabled_at is None:
            row.disabled_at, row.disabled_why = now, why
            _record(actor, "disable", row, before={}, after={}, reason=why)
        return row


def enable_webhook(actor: Actor, event: Event, webhook_id: int) -> Webhook:
    """Switch a webhook on; what waits goes out when it is due, and the failures are forgotten."""
    with atomic():
        row = get_webhook_to_write(event, webhook_id)
        if row.disabled_at is not None:
            row.disabled_at, row.disabled_why, row.failures = None, "", 0
            _record(actor, "enable", row, before={}, after={})
        return row


def send_test(actor: Actor, event: Event, webhook_id: int, *, site: str, now: datetime) -> Delivery:
    """Queue a test delivery; raises `Conflict` while one waits or the webhook is off."""
    with atomic() as session:
        row = get_webhook_to_write(event, webhook_id)
        if row.disabled_at is not None:
            raise Conflict(N_("This webhook is switched off. Switch it on first."))
        tests = select(func.count()).where(Delivery.webhook_id == row.id, Delivery.kind == HookEvent.TEST)
        if session.scalar(tests.where(Delivery.state == DeliveryState.WAITING)):
            raise Conflict(N_("A test is still on its way. Wait for it to arrive or to be given up."))
        mailbox = Mailbox(site=site, slug=event.slug, webhook_id=row.id)
        delivery = new_delivery(row, mailbox.test((session.scalar(tests) or 0) + 1), now)
        session.add(delivery)
        _record(actor, "test", row, before={}, after={})
    return delivery


def send_again(actor: Actor, event: Event, delivery_id: int, *, now: datetime) -> Delivery:
    """Send a delivery once more, under its old id; raises `Conflict` while it waits anyway."""
    with atomic() as session:
        delivery = get_delivery(event, delivery_id)
        released = session.execute(
            update(Delivery)
            .where(Delivery.id == delivery.id, Delivery.state != DeliveryState.WAITING)
            .values(state=DeliveryState.WAITING, attempts=0, due_at=now, done_at=None)
            .execution_options(synchronize_session=False)
        )
        if released.rowcount != 1:  # type: ignore[attr-defined]
            raise Conflict(N_("This delivery is on its way already."))
        _record(actor, "send again", delivery.webhook, before={}, after={}, delivery=delivery.uid)
        session.refresh(delivery)
    return delivery


def new_delivery(webhook: Webhook, message: Message, now: datetime) -> Delivery:
    """Return a message as a row that is due at once."""
    return Delivery(
        event_id=webhook.event_id,
        webhook_id=webhook.id,
        uid=message.uid,
        kind=message.kind,
        release_number=message.number,
        live_revision=message.live_revision,
        body=message.body,
        created_at=now,
        due_at=now,
        answers=[],
    )


def open_secret(webhook: Webhook, sealer: Sealer) -> str:
    """Return what a webhook's messages are signed with; empty where no key of the site opens it."""
    return sealer.open(webhook.secret, SECRET) or ""


def note_failures(session: Session, webhook: Webhook, failures: int) -> None:
    """Count failures in a row without raising the version: nobody's form grows stale by them."""
    session.execute(
        update(Webhook)
        .where(Webhook.id == webhook.id)
        .values(failures=failures, version=Webhook.version)
        .execution_options(synchronize_session=False)
    )


def _check(facts: WebhookFacts) -> None:
    if not facts.kinds or any(kind not in CHOSEN_EVENTS for kind in facts.kinds):
        raise DomainError(N_("Choose at least one thing to be told of."), field="kinds")


def _written(facts: WebhookFacts) -> str:
    return write_words(tuple(kind.value for kind in facts.kinds))


def _record(
    actor: Actor, verb: str, row: Webhook, *, before: dict[str, str], after: dict[str, str], **detail: str
) -> None:
    record(actor, verb, f"webhook:{row.id}", event_id=row.event_id, before=before, after=after, **detail)
