"""Drafts are published, published events archived, archived ones take no change; on both databases."""

import pytest

from eventsite.accounts.core import system
from eventsite.accounts.enums import Role
from eventsite.audit.queries import history_of
from eventsite.events.enums import EventStatus
from eventsite.events.operations.lifecycle import archive_event, publish_event
from eventsite.events.queries import get_event
from eventsite.kernel.errors import Conflict, StaleEdit
from tests.support.factories import make_event, make_zone
from tests.support.factories_accounts import make_member, sign_in
from tests.support.isolation import PageClient

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]


def test_publish_then_archive_are_logged() -> None:
    event = make_event(status="draft")
    publish_event(system("test"), event, version=event.version)
    archive_event(system("test"), event, version=event.version)
    assert get_event(event.slug).status is EventStatus.ARCHIVED
    assert [entry.verb for entry in history_of(event.id, f"event:{event.id}")] == ["archive", "publish"]


def test_moves_that_the_life_cycle_lacks_are_refused() -> None:
    draft, published = make_event(status="draft"), make_event()
    with pytest.raises(Conflict):
        archive_event(system("test"), draft, version=draft.version)
    with pytest.raises(Conflict):
        publish_event(system("test"), published, version=published.version)


def test_a_stale_page_moves_nothing() -> None:
    event = make_event(status="draft")
    with pytest.raises(StaleEdit):
        publish_event(system("test"), event, version=event.version + 1)
    assert get_event(event.slug).status is EventStatus.DRAFT


def test_organizers_publish_and_strangers_see_it_then(client: PageClient) -> None:
    event = make_event(status="draft")
    assert client.get(f"/e/{event.slug}/").status_code == 404
    sign_in(client, make_member(Role.ORGANIZER, event).email)
    form = client.page(f"/admin/e/{event.slug}/events/status").form("/publish")
    assert client.submit(form).status_code == 303
    stranger = client.application.test_client()
    assert stranger.get(f"/e/{event.slug}/").status_code == 200


def test_others_see_the_state_and_cannot_move_it(client: PageClient) -> None:
    event = make_event(status="draft")
    sign_in(client, make_member(Role.AUDITOR, event).email)
    page = client.page(f"/admin/e/{event.slug}/events/status")
    assert [form for form in page.forms if "publish" in form.action] == []


def test_an_archived_event_is_read_and_not_changed(client: PageClient) -> None:
    event = make_event()
    zone = make_zone(event, code="A")
    sign_in(client, make_member(Role.ORGANIZER, event).email)
    form = client.page(f"/admin/e/{event.slug}/events/zones/{zone.code}").form("/zones/A")
    archive_event(system("test"), event, version=event.version)
    assert client.submit(form, name_zh="改名").status_code == 410
    assert client.get(f"/admin/e/{event.slug}/events/zones").status_code == 200
    assert client.get(f"/e/{event.slug}/").status_code == 200
