"""Wrong digits: whoever has a stamp counts alone, strangers by address; right ones cost two looks."""

from datetime import timedelta

import pytest
from flask import Flask

from eventsite.checkin import queries
from eventsite.checkin.core.codes import code_of, window_at
from eventsite.checkin.core.passes import new_key
from eventsite.checkin.models import Checkpoint
from eventsite.checkin.operations.stamping import stamp
from eventsite.checkin.views_public import OF_ITS_OWN, PER_ADDRESS, PER_PASS
from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.kernel.tokens import Purpose, seal
from eventsite.web.limits import note
from eventsite.web.passes import cookie_name
from tests.support.counting import count_queries
from tests.support.factories import make_checkpoint, make_event, make_rally
from tests.support.isolation import PageClient

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.both_databases]
ADDRESS = "127.0.0.1"


def fair() -> tuple[Event, Checkpoint, Checkpoint]:
    """Make a fair with a checkpoint that takes digits, and one that takes the printed code alone."""
    event = make_event()
    make_rally(event, code_mode="rotating_code", code_period_seconds=60, min_seconds_between_stamps=0)
    return event, make_checkpoint(event), make_checkpoint(event, code_mode="static")


def right(checkpoint: Checkpoint) -> str:
    return code_of(checkpoint.secret, window_at(clock.now(), 60))


def wrong(checkpoint: Checkpoint) -> str:
    near = {code_of(checkpoint.secret, window_at(clock.now(), 60) + step) for step in (-1, 0, 1, 2)}
    return next(code for code in (f"{number}" * 6 for number in range(5)) if code not in near)


def phone(app: Flask, event: Event, key: bytes) -> PageClient:
    client = app.test_client()
    assert isinstance(client, PageClient)
    client.set_cookie(cookie_name(event.slug), seal(app.extensions["keyring"], Purpose.PASS, key))
    return client


def stamped(place: Checkpoint) -> bytes:
    key, facts = new_key(), queries.find_facts(place.key)
    assert facts is not None
    stamp(key, facts, now=clock.now() - timedelta(hours=1))
    return key


def press(client: PageClient, app: Flask, checkpoint: Checkpoint, code: str) -> int:
    return send(client, app, address_of(app, checkpoint), code)


def address_of(app: Flask, checkpoint: Checkpoint) -> str:
    return f"/c/{seal(app.extensions['keyring'], Purpose.CHECKPOINT, checkpoint.key)}"


def send(client: PageClient, app: Flask, address: str, code: str) -> int:
    sent = client.post(address, data={"code": code}, headers={"Origin": app.config["BASE_URL"]})
    return int(sent.status_code)


def spend_address(checkpoint: Checkpoint, but: int = 0) -> None:
    for _ in range(PER_ADDRESS.amount - but):
        note(PER_ADDRESS, "code", str(checkpoint.id), ADDRESS)


def spend_own(checkpoint: Checkpoint, key: bytes, but: int = 0) -> None:
    for _ in range(OF_ITS_OWN.amount - but):
        note(OF_ITS_OWN, "code", str(checkpoint.id), key.hex())


def test_strangers_at_the_same_address_do_not_lock_out_whoever_has_a_stamp(app: Flask) -> None:
    event, place, easy = fair()
    spend_address(place, but=1)
    assert press(phone(app, event, new_key()), app, place, wrong(place)) == 422
    assert press(phone(app, event, new_key()), app, place, right(place)) == 429
    assert press(phone(app, event, stamped(easy)), app, place, right(place)) == 303


def test_one_who_has_a_stamp_uses_up_nobody_elses_tries(app: Flask) -> None:
    event, place, easy = fair()
    spend_address(place, but=1)
    visitor = phone(app, event, stamped(easy))
    answers = [press(visitor, app, place, wrong(place)) for _ in range(PER_PASS.amount + 1)]
    assert answers == [422] * PER_PASS.amount + [429]
    assert press(phone(app, event, new_key()), app, place, right(place)) == 303
    assert press(phone(app, event, stamped(easy)), app, place, right(place)) == 303


def test_past_its_own_tries_of_the_day_a_stamped_pass_counts_with_the_strangers(app: Flask) -> None:
    event, place, easy = fair()
    key = stamped(easy)
    spend_own(place, key)
    spend_address(place, but=1)
    assert press(phone(app, event, key), app, place, wrong(place)) == 422
    assert press(phone(app, event, key), app, place, right(place)) == 429
    assert press(phone(app, event, new_key()), app, place, right(place)) == 429


def test_tries_count_at_each_checkpoint_apart(app: Flask) -> None:
    event, place, easy = fair()
    other, key = make_checkpoint(event), stamped(easy)
    spend_own(place, key)
    spend_address(place)
    assert press(phone(app, event, key), app, place, right(place)) == 429
    assert press(phone(app, event, key), app, other, right(other)) == 303


def test_a_stamp_of_another_event_is_none_here(app: Flask) -> None:
    event, place, _ = fair()
    _, _, elsewhere = fair()
    spend_address(place)
    assert press(phone(app, event, stamped(elsewhere)), app, place, right(place)) == 429


def test_right_digits_cost_two_looks_at_counters(app: Flask) -> None:
    event, place, _ = fair()
    visitor, digits, address = phone(app, event, new_key()), right(place), address_of(app, place)
    send(visitor, app, address, digits)
    with count_queries(app) as statements:
        assert send(visitor, app, address, digits) == 303
    assert ["throttle" in statement for statement in statements] == [True, True]
