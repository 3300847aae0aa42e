"""Checkpoints on the team's pages: seen, edited, renewed; by the right people only."""

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from eventsite.audit.queries import history_of
from eventsite.checkin.models import Checkpoint
from eventsite.database import db
from eventsite.events.models import Event
from eventsite.kernel.tokens import Purpose, seal
from tests.support.factories import make_checkpoint, make_event, make_rally, make_zone
from tests.support.factories_accounts import make_member, sign_in
from tests.support.isolation import PageClient

pytestmark = pytest.mark.usefixtures("context")


def fair() -> tuple[Event, Checkpoint]:
    event = make_event()
    make_rally(event, code_mode="rotating_code", code_period_seconds=60)
    return event, make_checkpoint(event, zone=make_zone(event, code="A"))


def organizer(client: PageClient, event: Event) -> None:
    sign_in(client, make_member(Role.ORGANIZER, event).email)


def test_the_list_is_empty_without_a_rally(client: PageClient) -> None:
    event = make_event()
    organizer(client, event)
    assert "还没有打卡点" in client.page(f"/admin/e/{event.slug}/checkin/").text


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
    address = f"/admin/e/{event.slug}/checkin/{checkpoint.id}/edit"
    form = client.page(address).form("edit")
    assert client.submit(form, name_zh="东门打卡点").status_code == 303
    assert [change.field for change in history_of(event.id, f"checkpoint:{checkpoint.id}")[0].changes] == [
        "name_zh"
    ]
    stale = client.submit(form, name_zh="西门打卡点")
    assert stale.status_code == 409
    assert "东门打卡点" in stale.text
    db.session.expire_all()
    assert checkpoint.name_zh == "东门打卡点"


def test_edit_without_a_name_says_so_at_the_field(client: PageClient) -> None:
    event, checkpoint = fair()
    organizer(client, event)
    form = client.page(f"/admin/e/{event.slug}/checkin/{checkpoint.id}/edit").form("edit")
    response = client.submit(form, name_zh=" ")
    assert response.status_code == 422
    assert "name_zh-error" in response.text


def test_renew_makes_printed_codes_worthless(app: Flask, client: PageClient) -> None:
    event, checkpoint = fair()
    old = seal(app.extensions["keyring"], Purpose.CHECKPOINT, checkpoint.key)
    organizer(client, event)
    form = client.page(f"/admin/e/{event.slug}/checkin/{checkpoint.id}").form("renew")
    assert client.submit(form).status_code == 303
    assert client.get(f"/c/{old}").status_code == 404
    assert history_of(event.id, f"checkpoint:{checkpoint.id}")[0].verb == "renew codes"


def test_a_zone_lead_edits_its_own_zone_alone(client: PageClient) -> None:
    event, mine = fair()
    other = make_checkpoint(event, zone=make_zone(event, code="B"))
    sign_in(client, make_member(Role.ZONE_LEAD, event, scope="zone:A").email)
    assert client.get(f"/admin/e/{event.slug}/checkin/{mine.id}/edit").status_code == 200
    assert client.get(f"/admin/e/{event.slug}/checkin/{other.id}/edit").status_code == 403


def test_who_only_reads_is_offered_no_change(client: PageClient) -> None:
    event, checkpoint = fair()
    sign_in(client, make_member(Role.AUDITOR, event).email)
    page = client.page(f"/admin/e/{event.slug}/checkin/{checkpoint.id}")
    assert [link for link in page.links if link.endswith("/edit")] == []
    assert [form.action for form in page.forms if form.action.endswith("/renew")] == []


def test_another_events_checkpoint_is_not_found(client: PageClient) -> None:
    event, _ = fair()
    _, foreign = fair()
    organizer(client, event)
    assert client.get(f"/admin/e/{event.slug}/checkin/{foreign.id}").status_code == 404
    assert client.post(f"/admin/e/{event.slug}/checkin/{foreign.id}/renew").status_code in (400, 404)
