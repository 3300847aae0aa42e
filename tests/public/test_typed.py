"""Typed codes: guessing is counted; a venue's shared address locks neither the team nor the stamped out."""

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from eventsite.checkin.core.passes import new_key
from eventsite.checkin.models import Checkpoint
from eventsite.checkin.operations.stamping import stamp
from eventsite.checkin.queries import find_facts
from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.kernel.tokens import Purpose, seal
from eventsite.public.views_typed import PER_ADDRESS, PER_PASS
from eventsite.web.passes import cookie_name
from tests.support.factories import make_checkpoint, make_event, make_rally
from tests.support.factories_accounts import client_of
from tests.support.factories_draws import make_draws, run
from tests.support.isolation import PageClient

pytestmark = pytest.mark.usefixtures("context")
WRONG = "/x/23456789"
MOST_OF_A_STRANGER, MOST_OF_A_PASS = PER_ADDRESS[0].amount, PER_PASS[0].amount


def fair() -> tuple[Event, Checkpoint]:
    event = make_event()
    make_rally(event, code_mode="static")
    return event, make_checkpoint(event)


def visitor(app: Flask, event: Event, key: bytes) -> PageClient:
    client = app.test_client()
    assert isinstance(client, PageClient)
    client.set_cookie(cookie_name(event.slug), seal(app.extensions["keyring"], Purpose.PASS, key))
    return client


def stamped(app: Flask, event: Event, checkpoint: Checkpoint) -> PageClient:
    key, facts = new_key(), find_facts(checkpoint.key)
    assert facts is not None
    stamp(key, facts, now=clock.now())
    return visitor(app, event, key)


def guess(client: PageClient, times: int) -> set[int]:
    return {client.get(WRONG).status_code for _ in range(times)}


@pytest.mark.both_databases
def test_a_code_leads_to_what_is_printed(client: PageClient) -> None:
    _, checkpoint = fair()
    event, (draw,) = make_draws(people=3, prizes=1)
    (award,) = run(event, draw)
    assert client.get(f"/x/{checkpoint.typed_code.lower()}").location.startswith("/c/")
    assert client.get(f"/x/{award.typed_code}").location.startswith("/r/")
    assert client.get(WRONG).status_code == 404


def test_guesses_of_strangers_are_refused_past_the_limit_right_ones_too(client: PageClient) -> None:
    _, checkpoint = fair()
    assert guess(client, MOST_OF_A_STRANGER) == {404}
    assert client.get(WRONG).status_code == 429
    assert client.get(f"/x/{checkpoint.typed_code}").status_code == 429


def test_strangers_at_the_same_address_lock_out_neither_the_stamped_nor_the_team(
    app: Flask, client: PageClient
) -> None:
    event, checkpoint = fair()
    guess(client, MOST_OF_A_STRANGER + 1)
    right = f"/x/{checkpoint.typed_code}"
    assert client.get(right).status_code == 429
    assert stamped(app, event, checkpoint).get(right).status_code == 302
    assert client_of(app, Role.DESK, event.slug).get(right).status_code == 302


def test_a_new_pass_buys_no_guesses(app: Flask, client: PageClient) -> None:
    event, checkpoint = fair()
    guess(client, MOST_OF_A_STRANGER)
    for key in (new_key(), new_key()):
        assert visitor(app, event, key).get(f"/x/{checkpoint.typed_code}").status_code == 429


def test_a_stamped_pass_has_guesses_of_its_own_and_uses_up_nobody_elses(
    app: Flask, client: PageClient
) -> None:
    event, checkpoint = fair()
    guesser = stamped(app, event, checkpoint)
    assert guess(guesser, MOST_OF_A_PASS) == {404}
    assert guesser.get(f"/x/{checkpoint.typed_code}").status_code == 429
    assert client.get(f"/x/{checkpoint.typed_code}").status_code == 302
    assert stamped(app, event, checkpoint).get(f"/x/{checkpoint.typed_code}").status_code == 302


def test_a_forged_pass_is_a_stranger(app: Flask, client: PageClient) -> None:
    event, checkpoint = fair()
    guess(client, MOST_OF_A_STRANGER)
    client.set_cookie(cookie_name(event.slug), "AQ" * 30)
    assert client.get(f"/x/{checkpoint.typed_code}").status_code == 429


def test_right_codes_are_not_counted(client: PageClient) -> None:
    _, checkpoint = fair()
    codes = {client.get(f"/x/{checkpoint.typed_code}").status_code for _ in range(MOST_OF_A_STRANGER + 1)}
    assert codes == {302}
