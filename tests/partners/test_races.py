"""Two job processes at once send each message once, beside a careless twin that sends it twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from flask import Flask

from eventsite.events.queries import get_event
from eventsite.partners.operations import deliver_due, note_taking, queue_deliveries
from eventsite.partners.operations.deliveries import _letter
from eventsite.partners.queries import list_due, list_takings
from eventsite.partners.sending import Answer, Letter
from tests.partners.test_operations import a_take
from tests.support.factories import NOW, make_event
from tests.support.factories_partners import SITE, make_token, make_webhook, the_sealer
from tests.support.factories_programme import make_acts, make_release

pytestmark = pytest.mark.both_databases
PROCESSES = 4
TAKEN = Answer(status=200, fault="", params={}, milliseconds=1)
Deliver = Callable[[Callable[[Letter], Answer], datetime], None]


def well(send: Callable[[Letter], Answer], now: datetime) -> None:
    """Queue and send as the job does."""
    queue_deliveries(site="https://fair.example", now=now)
    deliver_due(SITE, send, sealer=the_sealer(), now=now, at=0)


def careless(send: Callable[[Letter], Answer], now: datetime) -> None:
    """Send what is due and hold nothing meanwhile."""
    queue_deliveries(site="https://fair.example", now=now)
    letters = [_letter(delivery, the_sealer(), 0) for delivery in list_due(now)]
    TOGETHER.wait()
    for letter in letters:
        send(letter)


TOGETHER = Barrier(PROCESSES)


def sent(app: Flask, deliver: Deliver) -> int:
    """Return how many messages went out when several processes work on three releases at once."""
    with app.app_context():
        event = make_event()
        make_acts(event, 1)
        make_webhook(event)
        for number in range(3):
            make_acts(event, 1)
            make_release(event, note=f"第{number}版", now=NOW)
    letters: list[Letter] = []

    def post(letter: Letter) -> Answer:
        letters.append(letter)
        return TAKEN

    def work(_process: int) -> None:
        with app.app_context():
            deliver(post, NOW)

    with ThreadPoolExecutor(PROCESSES) as pool:
        list(pool.map(work, range(PROCESSES)))
    assert len({letter.uid for letter in letters}) == 3
    return len(letters)


def test_each_message_goes_out_once(real_app: Flask) -> None:
    assert sent(real_app, well) == 3


def test_the_careless_twin_sends_it_again(real_app: Flask) -> None:
    assert sent(real_app, careless) > 3


def test_takings_at_once_are_all_counted(real_app: Flask) -> None:
    with real_app.app_context():
        event = make_event(slug="fair-a")
        issued = make_token(event)
        take = a_take(issued, event.id)

    def work(_turn: int) -> None:
        with real_app.app_context():
            note_taking(take)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(40)))
    with real_app.app_context():
        (row,) = list_takings(get_event("fair-a"))
        assert (row.taken, row.bytes) == (40, 4000)
