"""Making deliveries of what has happened, and sending those that are due.

A delivery is made from the rows of the releases themselves, so none is lost whenever a process dies: what a
webhook has not been queued for is queued in the next round. An attempt holds its delivery by moving its time;
if the process dies meanwhile, the same delivery goes out again under its id.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.kernel.words import N_
from eventsite.partners.core.deliveries import LEASE, MOST_FAILURES, Mailbox, Message, next_try, wanted
from eventsite.partners.core.deliveries import write_instant as written
from eventsite.partners.enums import DeliveryState, HookEvent
from eventsite.partners.models import Delivery, Webhook
from eventsite.partners.operations.webhooks import new_delivery, note_failures, open_secret
from eventsite.partners.queries import list_due, list_expecting, list_news, read_live
from eventsite.partners.sending import Answer, Letter
from eventsite.sealing.core import Sealer

AT_A_TIME = 8
TOO_MANY = N_("Too many attempts in a row have failed.")
Send = Callable[[Letter], Answer]


def queue_deliveries(*, site: str, now: datetime) -> int:
    """Make the deliveries of all that webhooks have not been queued for; return how many."""
    return sum(_queue(webhook.id, event, site, now) for webhook, event in list_expecting())


def deliver_due(actor: Actor, send: Send, *, sealer: Sealer, now: datetime, at: int) -> int:
    """Send what is due, several at a time; return how many were taken. `at` is Unix time, for signatures."""
    letters = _hold_due(sealer, now, at)
    if not letters:
        return 0
    with ThreadPoolExecutor(max_workers=AT_A_TIME) as pool:
        answers = list(pool.map(send, [letter for _id, letter in letters]))
    for (delivery_id, _letter), answer in zip(letters, answers, strict=True):
        _settle(actor, delivery_id, answer, now)
    return sum(1 for answer in answers if not answer.fault)


def _queue(webhook_id: int, event: Event, site: str, now: datetime) -> int:
    with atomic() as session:
        webhook = session.get_one(Webhook, webhook_id, with_for_update=True, populate_existing=True)
        release, live = read_live(event.id)
        if (release, live) == (webhook.queued_release, webhook.queued_live):
            return 0
        mailbox = Mailbox(site=site, slug=event.slug, webhook_id=webhook.id)
        messages = _messages(webhook, mailbox, release, live)
        session.add_all(new_delivery(webhook, message, now) for message in messages)
        session.flush()
        session.execute(
            update(Webhook)
            .where(Webhook.id == webhook.id)
            .values(queued_release=release, queued_live=live, version=Webhook.version)
            .execution_options(synchronize_session=False)
        )
        return len(messages)


def _messages(webhook: Webhook, mailbox: Mailbox, release: int, live: int) -> Sequence[Message]:
    """Return what a webhook wants to hear up to a release; a newer one is for the next round."""
    news = list_news(webhook.event_id, after=webhook.queued_release, until=release)
    messages = [mailbox.released(one) for one in wanted(news, webhook.chosen)]
    if live > webhook.queued_live and HookEvent.LIVE.value in webhook.chosen:
        messages.append(mailbox.moved(release, live))
    return messages


def _hold_due(sealer: Sealer, now: datetime, at: int) -> list[tuple[int, Letter]]:
    """Return the letters that are due, each held until its lease ends."""
    with atomic() as session:
        due = list_due(now)
        return [
            (delivery.id, _letter(delivery, sealer, at)) for delivery in due if _hold(session, delivery, now)
        ]


def _hold(session: Session, delivery: Delivery, now: datetime) -> bool:
    held = session.execute(
        update(Delivery)
        .where(Delivery.id == delivery.id, Delivery.state == DeliveryState.WAITING, Delivery.due_at <= now)
        .values(due_at=now + LEASE, attempts=Delivery.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    return bool(held.rowcount == 1)  # type: ignore[attr-defined]


def _letter(delivery: Delivery, sealer: Sealer, at: int) -> Letter:
    return Letter(
        url=delivery.webhook.url,
        uid=delivery.uid,
        kind=delivery.kind.value,
        body=delivery.body,
        secret=open_secret(delivery.webhook, sealer),
        at=at,
    )


def _settle(actor: Actor, delivery_id: int, answer: Answer, now: datetime) -> None:
    """Write how an attempt went; a webhook that fails too often in a row is switched off."""
    with atomic() as session:
        delivery = session.get_one(Delivery, delivery_id, populate_existing=True)
        webhook = session.get_one(Webhook, delivery.webhook_id, with_for_update=True, populate_existing=True)
        told = {"at": written(now), "status": answer.status, "ms": answer.milliseconds}
        delivery.answers = [*delivery.answers, told | {"fault": answer.fault, "params": answer.params}]
        if not answer.fault:
            delivery.state, delivery.done_at = DeliveryState.DELIVERED, now
            note_failures(session, webhook, 0)
            return
        again = next_try(delivery.attempts, now)
        if again is None:
            delivery.state, delivery.done_at = DeliveryState.FAILED, now
        else:
            delivery.due_at = again
        note_failures(session, webhook, webhook.failures + 1)
        if webhook.failures + 1 >= MOST_FAILURES and webhook.disabled_at is None:
            _switch_off(session, actor, webhook, now)


def _switch_off(session: Session, actor: Actor, webhook: Webhook, now: datetime) -> None:
    session.execute(
        update(Webhook)
        .where(Webhook.id == webhook.id)
        .values(disabled_at=now, disabled_why=TOO_MANY, version=Webhook.version)
        .execution_options(synchronize_session=False)
    )
    record(actor, "disable", f"webhook:{webhook.id}", event_id=webhook.event_id)
