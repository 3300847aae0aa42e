"""A recovery code brings the stamp card to another phone; wrong ones are counted, right ones are not."""

import pytest
from flask import Flask

from eventsite.audit.queries import history_of
from eventsite.checkin.models import VisitorPass
from eventsite.events.models import Event
from eventsite.kernel.tokens import Purpose, unseal
from eventsite.public.views_passport import WRONG_CODES
from eventsite.web.limits import note
from eventsite.web.passes import cookie_name
from tests.support.factories import make_checkpoint, make_event, make_rally
from tests.support.factories_draws import make_pass
from tests.support.isolation import PageClient

pytestmark = pytest.mark.usefixtures("context")
WRONG = "2345678923"


def fair() -> tuple[Event, VisitorPass]:
    event = make_event()
    make_rally(event)
    make_checkpoint(event)
    return event, make_pass(event)


def restore(client: PageClient, event: Event, code: str) -> int:
    form = client.page(f"/e/{event.slug}/passport").form("/passport/restore")
    return client.submit(form, code=code).status_code


def key_of(app: Flask, client: PageClient, event: Event) -> bytes | None:
    cookie = client.get_cookie(cookie_name(event.slug))
    return unseal(app.extensions["keyring"], Purpose.PASS, cookie.value) if cookie else None


@pytest.mark.both_databases
def test_a_recovery_code_in_any_spelling_gives_this_phone_the_card(app: Flask, client: PageClient) -> None:
    event, visitor = fair()
    assert restore(client, event, f" {visitor.recovery_code[:5].lower()}-{visitor.recovery_code[5:]}") == 303
    assert key_of(app, client, event) == visitor.key
    assert [entry.verb for entry in history_of(event.id, f"pass:{visitor.id}")] == ["restore"]


def test_a_wrong_code_is_refused_at_its_field_and_logged(app: Flask, client: PageClient) -> None:
    event, visitor = fair()
    form = client.page(f"/e/{event.slug}/passport").form("/passport/restore")
    answer = client.submit(form, code=WRONG)
    assert answer.status_code == 422
    assert "code-error" in answer.text
    assert key_of(app, client, event) != visitor.key
    assert [entry.verb for entry in history_of(event.id, "pass:unknown")] == ["fail to restore"]


def test_a_code_of_another_event_is_wrong_here(client: PageClient) -> None:
    event, _ = fair()
    _, foreign = fair()
    assert restore(client, event, foreign.recovery_code) == 422


def test_guesses_are_refused_past_the_limit_and_right_codes_are_not_counted(
    app: Flask, client: PageClient
) -> None:
    event, visitor = fair()
    form = client.page(f"/e/{event.slug}/passport").form("/passport/restore")
    for _ in range(WRONG_CODES.amount - 1):
        note(WRONG_CODES, "127.0.0.1")
    for _ in range(3):
        other = app.test_client()
        assert isinstance(other, PageClient)
        assert restore(other, event, visitor.recovery_code) == 303
    assert client.submit(form, code=WRONG).status_code == 422
    assert client.submit(form, code=visitor.recovery_code).status_code == 429
