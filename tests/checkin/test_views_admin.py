"""Checkpoints on the team's pages: seen, edited, renewed; by the right people only."""

from collections.abc import Callable

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from eventsite.audit.queries import history_of
from eventsite.checkin.enums import CodeMode
from eventsite.checkin.models import Checkpoint
from eventsite.database import db
from eventsite.events.models import Event
from eventsite.kernel.tokens import Purpose, seal
from eventsite.web.passes import keyring
from tests.support.factories import make_checkpoint, make_event, make_rally, make_zone
from tests.support.factories_accounts import make_member, sign_in
from tests.support.isolation import PageClient
from tests.support.lists import ListPage
from tests.support.page import read_page

pytestmark = pytest.mark.usefixtures("context")


def fair() -> tuple[Event, Checkpoint]:
    event = make_event()
    make_rally(event, code_mode="rotating_code", code_period_seconds=60)
    return event, make_checkpoint(event, zone=make_zone(event, code="A"))


def organizer(client: PageClient, event: Event) -> None:
    sign_in(client, make_member(Role.ORGANIZER, event).email)


def page_of(checkpoint: Checkpoint, event: Event) -> str:
    return f"/admin/e/{event.slug}/checkin/{checkpoint.id}"


def test_the_page_shows_sign_and_digits(client: PageClient) -> None:
    event, checkpoint = fair()
    organizer(client, event)
    page = client.page(f"/admin/e/{event.slug}/checkin/{checkpoint.id}")
    assert checkpoint.typed_code in page.text
    digits = page.all("b", class_="a-num")
    assert any((found.text or "").isdigit() and len(found.text or "") == 6 for found in digits)
    sign = client.get(f"/admin/e/{event.slug}/checkin/{checkpoint.id}/code.svg")
    assert sign.mimetype == "image/svg+xml"


def test_edit_saves_logs_and_refuses_a_stale_form(client: PageClient) -> None:
    event, checkpoint = fair()
    organizer(client, event)
    form = client.page(page_of(checkpoint, event)).form(page_of(checkpoint, event))
    assert client.submit(form, name_zh="东门打卡点").status_code == 303
    assert [change.field for change in history_of(event.id, f"checkpoint:{checkpoint.id}")[0].changes] == [
        "name_zh"
    ]
    stale = client.submit(form, name_zh="西门打卡点")
    assert stale.status_code == 409
    assert "东门打卡点" in stale.text
    db.session.expire_all()
    assert checkpoint.name_zh == "东门打卡点"


@pytest.mark.parametrize(("field", "value"), [("name_zh", " "), ("code_mode", "by telepathy")])
def test_edit_with_a_wrong_value_says_so_at_the_field(client: PageClient, field: str, value: str) -> None:
    event, checkpoint = fair()
    organizer(client, event)
    form = client.page(page_of(checkpoint, event)).form(page_of(checkpoint, event))
    response = client.submit(form, **{field: value})
    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text


def test_own_way_of_proof_is_set_and_given_up_again(client: PageClient) -> None:
    event, checkpoint = fair()
    organizer(client, event)
    for chosen, kept in (("staff_scan", CodeMode.STAFF_SCAN), ("", None)):
        form = client.page(page_of(checkpoint, event)).form(page_of(checkpoint, event))
        assert client.submit(form, code_mode=chosen).status_code == 303
        db.session.expire_all()
        assert checkpoint.code_mode is kept
        shown = client.page(page_of(checkpoint, event)).form(page_of(checkpoint, event))
        assert shown.fields["code_mode"] == [chosen]


def test_renew_makes_printed_codes_worthless(app: Flask, client: PageClient) -> None:
    event, checkpoint = fair()
    old = seal(app.extensions["keyring"], Purpose.CHECKPOINT, checkpoint.key)
    organizer(client, event)
    form = client.page(page_of(checkpoint, event)).form("renew")
    assert client.submit(form).status_code == 303
    assert client.get(f"/c/{old}").status_code == 404
    assert history_of(event.id, f"checkpoint:{checkpoint.id}")[0].verb == "renew codes"


def test_renew_from_an_old_page_is_refused(client: PageClient) -> None:
    event, checkpoint = fair()
    organizer(client, event)
    page = client.page(page_of(checkpoint, event))
    client.submit(page.form(page_of(checkpoint, event)), name_zh="东门打卡点")
    key = checkpoint.key
    refused = client.submit(page.form("renew"))
    assert refused.status_code == 409
    db.session.expire_all()
    assert checkpoint.key == key
    again = read_page(refused.text, refused.request.path).form("renew")
    assert client.submit(again).status_code == 303
    db.session.expire_all()
    assert checkpoint.key != key


def test_a_zone_lead_edits_its_own_zone_alone(client: PageClient) -> None:
    event, mine = fair()
    other = make_checkpoint(event, zone=make_zone(event, code="B"))
    sign_in(client, make_member(Role.ZONE_LEAD, event, scope="zone:A").email)
    form = client.page(page_of(mine, event)).form(page_of(mine, event))
    assert client.submit(form, name_zh="东门打卡点").status_code == 303
    assert client.post(page_of(other, event), data=form.fields).status_code == 403
    assert client.page(page_of(other, event)).all("fieldset", disabled="")


@pytest.mark.parametrize(("role", "scope"), [(Role.ZONE_LEAD, "zone:B"), (Role.AUDITOR, "")])
def test_code_and_digits_are_for_who_may_show_them_there(client: PageClient, role: Role, scope: str) -> None:
    event, checkpoint = fair()
    make_zone(event, code="B")
    sign_in(client, make_member(role, event, scope=scope).email)
    page = client.page(page_of(checkpoint, event))
    token = seal(keyring(), Purpose.CHECKPOINT, checkpoint.key)
    assert [secret for secret in (token, checkpoint.typed_code, "code.svg") if secret in page.text] == []
    assert page.all("p", class_="sign-digits") == []
    assert client.get(f"{page_of(checkpoint, event)}/code.svg").status_code == 403


def test_a_zone_lead_shows_the_digits_of_the_own_zone(client: PageClient) -> None:
    event, checkpoint = fair()
    sign_in(client, make_member(Role.ZONE_LEAD, event, scope="zone:A").email)
    page = client.page(page_of(checkpoint, event))
    assert checkpoint.typed_code in page.text
    assert len(page.all("p", class_="sign-digits")) == 1
    assert client.get(f"{page_of(checkpoint, event)}/code.svg").status_code == 200


def test_who_only_reads_is_offered_no_change(client: PageClient) -> None:
    event, checkpoint = fair()
    sign_in(client, make_member(Role.AUDITOR, event).email)
    page = client.page(page_of(checkpoint, event))
    assert page.all("fieldset", disabled="")
    assert [form.action for form in page.forms if form.action.endswith("/renew")] == []


def test_another_events_checkpoint_is_not_found(client: PageClient) -> None:
    event, _ = fair()
    _, foreign = fair()
    organizer(client, event)
    assert client.get(f"/admin/e/{event.slug}/checkin/{foreign.id}").status_code == 404
    assert client.post(f"/admin/e/{event.slug}/checkin/{foreign.id}/renew").status_code in (400, 404)


LIST = ListPage(
    "checkin/", lambda event, word: make_checkpoint(event, name_zh=word), Role.AUDITOR, Role.PARTNER
)


@pytest.mark.parametrize("check", [LIST.check, LIST.check_empty, LIST.check_rights, LIST.check_queries])
def test_list_keeps_what_every_list_keeps(app: Flask, check: Callable[[Flask], None]) -> None:
    check(app)
