"""The page behind a printed code: GET shows, one POST stamps."""

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from eventsite.checkin import queries
from eventsite.checkin.core.codes import code_of, window_at
from eventsite.checkin.models import Checkpoint
from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.kernel.tokens import Keyring, Purpose, seal, unseal
from tests.support.factories import make_checkpoint, make_event, make_rally
from tests.support.factories_accounts import client_of
from tests.support.isolation import PageClient
from tests.support.page import read_page


def token_of(app: Flask, checkpoint: Checkpoint, purpose: Purpose = Purpose.CHECKPOINT) -> str:
    return seal(app.extensions["keyring"], purpose, checkpoint.key)


def fair(**rally: object) -> tuple[Event, Checkpoint]:
    event = make_event()
    make_rally(event, **{"code_mode": "static", **rally})
    return event, make_checkpoint(event)


def stamps_of(event: Event) -> int:
    return sum(queries.count_stamps(event).values())


@pytest.mark.usefixtures("context")
def test_show_stamps_nothing_and_gives_a_pass(app: Flask, client: PageClient) -> None:
    event, checkpoint = fair()
    for _ in range(3):
        client.page(f"/c/{token_of(app, checkpoint)}")
    assert client.get_cookie(f"pass-{event.slug}") is not None
    assert (stamps_of(event), queries.count_passes(event)) == (0, 0)


@pytest.mark.usefixtures("context")
def test_press_stamps_and_a_reload_of_the_result_does_not(app: Flask, client: PageClient) -> None:
    event, checkpoint = fair()
    page = client.page(f"/c/{token_of(app, checkpoint)}")
    response = client.submit(page.forms[0])
    assert (response.status_code, response.location) == (303, f"/c/{token_of(app, checkpoint)}?done=1")
    results = [client.page(response.location).title for _ in range(2)]
    assert results[0] == results[1]
    assert stamps_of(event) == 1


@pytest.mark.usefixtures("context")
def test_press_twice_stamps_once(app: Flask, client: PageClient) -> None:
    event, checkpoint = fair()
    page = client.page(f"/c/{token_of(app, checkpoint)}")
    answers = [client.submit(page.forms[0]).status_code for _ in range(2)]
    assert (answers, stamps_of(event)) == ([303, 303], 1)


@pytest.mark.usefixtures("context")
def test_press_from_another_site_is_refused(app: Flask, client: PageClient) -> None:
    event, checkpoint = fair()
    url = f"/c/{token_of(app, checkpoint)}"
    client.page(url)
    assert client.post(url, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    strangers_proof = seal(app.extensions["keyring"], Purpose.PASS_FORM, bytes(16))
    assert client.post(url, data={"proof": strangers_proof}).status_code == 403
    assert stamps_of(event) == 0


@pytest.mark.usefixtures("context")
def test_press_with_cleared_cookies_but_our_own_origin_stamps_a_new_pass(
    app: Flask, client: PageClient
) -> None:
    event, checkpoint = fair()
    url = f"/c/{token_of(app, checkpoint)}"
    response = client.post(url, headers={"Origin": app.config["BASE_URL"]})
    assert (response.status_code, stamps_of(event)) == (303, 1)
    assert client.get_cookie(f"pass-{event.slug}") is not None


@pytest.mark.usefixtures("context")
def test_forged_unknown_and_foreign_tokens_look_the_same(app: Flask, client: PageClient) -> None:
    _, checkpoint = fair()
    forged = token_of(app, checkpoint)[:-2] + "AA"
    unknown = seal(app.extensions["keyring"], Purpose.CHECKPOINT, bytes(12))
    other_purpose = token_of(app, checkpoint, Purpose.REDEEM)
    other_key = seal(Keyring({9: bytes(32)}, 9), Purpose.CHECKPOINT, checkpoint.key)
    answers = set()
    for token in (forged, unknown, other_purpose, other_key):
        response = client.get(f"/c/{token}")
        answers.add((response.status_code, response.text.replace(token, "TOKEN")))
    assert len(answers) == 1
    assert answers.pop()[0] == 404


@pytest.mark.usefixtures("context")
def test_a_forged_pass_is_no_pass(app: Flask, client: PageClient) -> None:
    event, checkpoint = fair()
    client.set_cookie(f"pass-{event.slug}", "AQ" * 20)
    client.page(f"/c/{token_of(app, checkpoint)}")
    cookie = client.get_cookie(f"pass-{event.slug}")
    assert cookie is not None
    assert unseal(app.extensions["keyring"], Purpose.PASS, cookie.value) is not None


@pytest.mark.usefixtures("context")
def test_rotating_code_in_the_address_fills_itself_in(app: Flask, client: PageClient) -> None:
    event, checkpoint = fair(code_mode="rotating_code", code_period_seconds=60)
    digits = code_of(checkpoint.secret, window_at(clock.now(), 60))
    page = client.page(f"/c/{token_of(app, checkpoint)}.{digits}")
    assert client.submit(page.forms[0]).status_code == 303
    assert stamps_of(event) == 1


@pytest.mark.usefixtures("context")
def test_wrong_code_is_said_at_its_field_and_guessing_ends(app: Flask, client: PageClient) -> None:
    event, checkpoint = fair(code_mode="rotating_code", code_period_seconds=60)
    now = clock.now()
    right = {code_of(checkpoint.secret, window_at(now, 60) + step) for step in (-1, 0, 1, 2)}
    wrong = next(code for code in ("000000", "111111", "222222", "333333", "444444") if code not in right)
    page = client.page(f"/c/{token_of(app, checkpoint)}")
    answers = [client.submit(page.forms[0], code=wrong).status_code for _ in range(7)]
    assert answers == [422] * 6 + [429]
    assert stamps_of(event) == 0


@pytest.mark.usefixtures("context")
def test_staff_scan_refuses_the_visitor_and_strangers(app: Flask, client: PageClient) -> None:
    event, checkpoint = fair(code_mode="staff_scan")
    token = token_of(app, checkpoint)
    page = client.page(f"/c/{token}")
    assert list(page.forms) == []
    assert client.get(f"/c/{token}/pass.svg").mimetype == "image/svg+xml"
    shown = seal(app.extensions["keyring"], Purpose.PASS_SHOWN, bytes(16))
    assert client.get(f"/c/{token}.{shown}").status_code == 404
    refused = client.post(f"/c/{token}.{shown}", headers={"Origin": app.config["BASE_URL"]})
    assert refused.status_code == 404
    assert stamps_of(event) == 0


@pytest.mark.usefixtures("context")
def test_a_draft_event_has_no_checkpoints_for_strangers(app: Flask, client: PageClient) -> None:
    event = make_event(status="draft")
    make_rally(event)
    checkpoint = make_checkpoint(event)
    assert client.get(f"/c/{token_of(app, checkpoint)}").status_code == 404


@pytest.mark.usefixtures("context")
def test_the_page_is_personal(app: Flask, client: PageClient) -> None:
    _, checkpoint = fair()
    response = client.get(f"/c/{token_of(app, checkpoint)}")
    assert response.headers["Cache-Control"] == "no-store"
    assert "Cookie" in response.headers["Vary"]
    assert "session" not in {cookie.split("=")[0] for cookie in response.headers.getlist("Set-Cookie")}


@pytest.mark.usefixtures("context")
def test_staff_who_have_not_signed_in_are_told_to(app: Flask, client: PageClient) -> None:
    _, checkpoint = fair(code_mode="staff_scan")
    shown = seal(app.extensions["keyring"], Purpose.PASS_SHOWN, bytes(16))
    page = client.page(f"/c/{token_of(app, checkpoint)}.{shown}?lang=en", 404)
    assert "Staff read this code: sign in first, then scan it again." in page.text


@pytest.mark.usefixtures("context")
def test_staff_are_told_that_a_visitor_came_too_soon(app: Flask) -> None:
    event, first = fair(code_mode="staff_scan", min_seconds_between_stamps=60)
    second = make_checkpoint(event)
    desk = client_of(app, Role.DESK, event.slug)
    shown = seal(app.extensions["keyring"], Purpose.PASS_SHOWN, bytes(range(16)))
    addresses = [f"/c/{token_of(app, place)}.{shown}" for place in (first, second)]
    answers = [desk.submit(desk.page(address).forms[0]) for address in addresses]
    assert [answer.status_code for answer in answers] == [303, 429]
    refused = read_page(answers[1].text)
    assert "60" in refused.text
    assert refused.form(addresses[1].rpartition("/")[2]).fields
