"""Webhooks: nothing that happens is lost, nothing is told twice under two ids, and failing ones rest."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventsite.audit.queries import history_of
from eventsite.database import atomic, db
from eventsite.events.models import Event
from eventsite.kernel.errors import Conflict, DomainError, StaleEdit
from eventsite.partners.core.addresses import BadAddress, Bounds
from eventsite.partners.core.deliveries import LEASE, MOST_FAILURES, WAITS
from eventsite.partners.core.webhooks import WebhookFacts
from eventsite.partners.enums import DeliveryState, HookEvent
from eventsite.partners.models import Delivery, Webhook
from eventsite.partners.operations import (
    deliver_due,
    disable_webhook,
    edit_webhook,
    enable_webhook,
    queue_deliveries,
    renew_secret,
    send_again,
    send_test,
)
from eventsite.partners.operations.deliveries import _hold_due
from eventsite.partners.queries import list_news
from eventsite.partners.sending import REFUSED, Answer, Letter
from eventsite.programme.models import LiveState, ProgrammeItem
from tests.support.factories import NOW, make_event, make_item
from tests.support.factories_partners import OPEN, SITE, make_webhook, the_sealer
from tests.support.factories_programme import make_release

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]
HOME = "https://fair.example"
TAKEN = Answer(status=200, fault="", params={}, milliseconds=3)
FAILED = Answer(status=500, fault=REFUSED, params={"status": 500}, milliseconds=3)


class Post:
    """A sender that keeps the letters and answers as it is told."""

    def __init__(self, answer: Answer = TAKEN) -> None:
        self.answer, self.letters = answer, list[Letter]()

    def __call__(self, letter: Letter) -> Answer:
        self.letters.append(letter)
        return self.answer


def a_fair() -> Event:
    event = make_event()
    make_item(event)
    make_release(event)
    return event


def release_again(event: Event, note: str = "第二版") -> None:
    with atomic() as session:
        item = session.scalars(select(ProgrammeItem).where(ProgrammeItem.event_id == event.id)).one()
        item.title_zh = f"{item.title_zh}改"
    make_release(event, note=note)


def deliver(post: Callable[[Letter], Answer], **after: Any) -> int:
    return deliver_due(SITE, post, sealer=the_sealer(), now=NOW + timedelta(**after), at=1757000000)


def all_deliveries() -> list[Delivery]:
    return list(db.session.scalars(select(Delivery).order_by(Delivery.id)))


def test_each_release_is_told_once_and_those_before_are_not() -> None:
    event = a_fair()
    hook = make_webhook(event)
    assert queue_deliveries(site=HOME, now=NOW) == 0
    release_again(event, "第二版")
    release_again(event, "第三版")
    assert queue_deliveries(site=HOME, now=NOW) == 2
    assert queue_deliveries(site=HOME, now=NOW) == 0
    post = Post()
    assert deliver(post) == 2
    assert deliver(post) == 0
    told = [json.loads(letter.body) for letter in post.letters]
    assert sorted(one["release"]["number"] for one in told) == [2, 3]
    assert {one["type"] for one in told} == {"programme.released"}
    assert {letter.secret for letter in post.letters} == {hook.secret}
    assert told[0]["links"]["programme"] == f"{HOME}/e/{event.slug}/programme"


def test_a_release_newer_than_what_is_queued_is_for_the_next_round() -> None:
    event = a_fair()
    release_again(event, "第二版")
    release_again(event, "第三版")
    assert [one.number for one in list_news(event.id, after=1, until=2)] == [2]
    assert [one.number for one in list_news(event.id, after=2, until=3)] == [3]


def test_the_live_clock_is_told_to_those_who_asked() -> None:
    event = a_fair()
    make_webhook(event)
    make_webhook(event, kinds=(HookEvent.LIVE,), url="https://live.example/")
    with atomic() as session:
        session.scalars(select(LiveState).where(LiveState.event_id == event.id)).one().live_revision = 4
    assert queue_deliveries(site=HOME, now=NOW) == 1
    (delivery,) = all_deliveries()
    assert (delivery.kind, delivery.live_revision) == (HookEvent.LIVE, 4)
    assert json.loads(delivery.body)["live_revision"] == 4


def test_an_attempt_that_failed_is_repeated_later_and_later_under_one_id() -> None:
    event = a_fair()
    make_webhook(event)
    release_again(event)
    queue_deliveries(site=HOME, now=NOW)
    post = Post(FAILED)
    passed = timedelta(0)
    for wait in WAITS:
        deliver(post, seconds=passed.total_seconds())
        assert deliver(post, seconds=passed.total_seconds()) == 0
        (delivery,) = all_deliveries()
        assert delivery.due_at == NOW + passed + wait
        passed += wait
    deliver(post, seconds=passed.total_seconds())
    (delivery,) = all_deliveries()
    assert (delivery.state, delivery.attempts) == (DeliveryState.FAILED, len(WAITS) + 1)
    assert len(delivery.answers) == len(WAITS) + 1
    assert {letter.uid for letter in post.letters} == {delivery.uid}
    send_again(SITE, event, delivery.id, now=NOW + passed)
    assert deliver(Post(), seconds=passed.total_seconds()) == 1
    assert db.session.get_one(Webhook, delivery.webhook_id).failures == 0


def test_a_process_that_dies_in_an_attempt_loses_nothing() -> None:
    event = a_fair()
    make_webhook(event)
    release_again(event)
    queue_deliveries(site=HOME, now=NOW)
    assert len(_hold_due(the_sealer(), NOW, 0)) == 1  # and then it dies
    assert deliver(Post()) == 0
    post = Post()
    assert deliver(post, seconds=LEASE.total_seconds()) == 1
    assert all_deliveries()[0].attempts == 2


def test_a_webhook_that_fails_too_often_rests_until_it_is_switched_on() -> None:
    event = a_fair()
    hook = make_webhook(event).row
    for number in range(3):
        release_again(event, f"第{number}版")
    queue_deliveries(site=HOME, now=NOW)
    post = Post(FAILED)
    for day in range(10):
        deliver(post, days=day)
    db.session.expire_all()
    hook = db.session.get_one(Webhook, hook.id)
    assert hook.disabled_at is not None
    assert hook.disabled_why
    assert hook.failures >= MOST_FAILURES
    assert history_of(event.id, f"webhook:{hook.id}")[0].verb == "disable"
    sent = len(post.letters)
    release_again(event, "歇着时")
    assert queue_deliveries(site=HOME, now=NOW) == 0
    assert deliver(post, days=20) == 0
    assert len(post.letters) == sent
    enable_webhook(SITE, event, hook.id)
    assert queue_deliveries(site=HOME, now=NOW) == 1
    assert deliver(Post(), days=20) >= 1


def test_a_test_goes_alone_and_one_at_a_time() -> None:
    event = a_fair()
    hook = make_webhook(event).row
    send_test(SITE, event, hook.id, site=HOME, now=NOW)
    with pytest.raises(Conflict):
        send_test(SITE, event, hook.id, site=HOME, now=NOW)
    deliver(Post())
    send_test(SITE, event, hook.id, site=HOME, now=NOW)
    disable_webhook(SITE, event, hook.id, now=NOW)
    with pytest.raises(Conflict):
        send_test(SITE, event, hook.id, site=HOME, now=NOW)
    assert deliver(Post()) == 0


def test_a_delivery_that_waits_is_not_sent_again_by_hand() -> None:
    event = a_fair()
    delivery = send_test(SITE, event, make_webhook(event).row.id, site=HOME, now=NOW)
    with pytest.raises(Conflict):
        send_again(SITE, event, delivery.id, now=NOW)


INSIDE = (
    "http://127.0.0.1/",
    "https://10.1.2.3/hook",
    "https://[::1]/",
    "http://169.254.169.254/latest/meta-data/",
    "https://localhost:8000/",
    "not an address",
)


def test_an_address_inside_a_network_is_refused_when_it_is_saved() -> None:
    event = a_fair()
    kept = make_webhook(event).row
    for url in INSIDE:
        with pytest.raises(BadAddress):
            make_webhook(event, url=url, resolve=lambda _host, _port: ["10.0.0.1"])
        facts = WebhookFacts(url=url, kinds=(HookEvent.RELEASED,))
        with pytest.raises(BadAddress):
            edit_webhook(
                SITE, event, kept.id, facts, seen=1, bounds=Bounds(), resolve=lambda _h, _p: ["127.0.0.1"]
            )
    assert [hook.url for hook in db.session.scalars(select(Webhook))] == ["https://partner.example/hook"]


def test_who_saves_second_is_told() -> None:
    event = a_fair()
    hook = make_webhook(event).row
    mine = WebhookFacts(url="https://mine.example/", kinds=(HookEvent.LIVE,))

    def save(facts: WebhookFacts, seen: int) -> Webhook:
        return edit_webhook(
            SITE, event, hook.id, facts, seen=seen, bounds=Bounds(), resolve=lambda _h, _p: [OPEN]
        )

    release_again(event)
    queue_deliveries(site=HOME, now=NOW)
    deliver(Post(FAILED))
    assert save(mine, 1).url == "https://mine.example/"  # the job's own notes make no form stale
    with pytest.raises(StaleEdit):
        save(WebhookFacts(url="https://theirs.example/", kinds=(HookEvent.LIVE,)), 1)


def test_a_webhook_hears_of_something() -> None:
    event = a_fair()
    for kinds in ((), (HookEvent.TEST,)):
        with pytest.raises(DomainError):
            make_webhook(event, kinds=kinds)


def test_a_new_secret_signs_from_now_on() -> None:
    event = a_fair()
    hook = make_webhook(event)
    renewed = renew_secret(SITE, event, hook.row.id, sealer=the_sealer())
    send_test(SITE, event, hook.row.id, site=HOME, now=NOW)
    post = Post()
    deliver(post)
    assert [letter.secret for letter in post.letters] == [renewed.secret]
    assert renewed.secret != hook.secret
    assert hook.secret.encode() not in db.session.get_one(Webhook, hook.row.id).secret


def test_webhooks_of_events_that_are_not_published_rest(app: Flask) -> None:
    event = a_fair()
    make_webhook(event)
    release_again(event)
    with atomic():
        event.status = type(event.status).DRAFT
    assert queue_deliveries(site=HOME, now=NOW) == 0
