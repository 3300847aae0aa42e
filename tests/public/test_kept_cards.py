"""Cards in one state share a page: what is a visitor's own is filled in, and what changes shows at once."""

from datetime import timedelta

import pytest
from flask import Flask

from eventsite.checkin import queries
from eventsite.checkin.core.passes import new_key
from eventsite.checkin.models import Checkpoint
from eventsite.checkin.operations.stamping import stamp
from eventsite.database import atomic, db
from eventsite.events.enums import EventStatus
from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.kernel.tokens import Purpose, seal
from eventsite.web.passes import cookie_name
from tests.support.factories import make_checkpoint, make_event, make_rally
from tests.support.isolation import PageClient

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]


def fair() -> tuple[Event, Checkpoint]:
    event = make_event()
    make_rally(event, code_mode="static", min_seconds_between_stamps=0)
    return event, make_checkpoint(event)


def visitor_of(checkpoint: Checkpoint, *, minutes_ago: int) -> bytes:
    key, facts = new_key(), queries.find_facts(checkpoint.key)
    assert facts is not None
    stamp(key, facts, now=clock.now() - timedelta(minutes=minutes_ago))
    return key


def page_for(app: Flask, client: PageClient, event: Event, key: bytes, path: str) -> str:
    client.set_cookie(cookie_name(event.slug), seal(app.extensions["keyring"], Purpose.PASS, key))
    response = client.get(path)
    assert response.status_code == 200
    return str(response.text)


def test_passports_in_one_state_have_codes_and_times_of_their_own(app: Flask, client: PageClient) -> None:
    event, checkpoint = fair()
    for minutes in (1, 3):
        key = visitor_of(checkpoint, minutes_ago=minutes)
        visitor = queries.find_pass(event, key)
        assert visitor is not None
        assert visitor.last_stamp_at is not None
        page = page_for(app, client, event, key, f"/e/{event.slug}/passport")
        assert f"{visitor.recovery_code[:5]} {visitor.recovery_code[5:]}" in page
        assert visitor.last_stamp_at.isoformat() in page
        assert f"{visitor.last_stamp_at.astimezone(event.zone):%H:%M}" in page


def test_checkpoint_page_carries_the_proof_of_its_own_reader(app: Flask, client: PageClient) -> None:
    event, checkpoint = fair()
    keyring = app.extensions["keyring"]
    path = f"/c/{seal(keyring, Purpose.CHECKPOINT, checkpoint.key)}"
    for key in (new_key(), new_key()):
        assert seal(keyring, Purpose.PASS_FORM, key) in page_for(app, client, event, key, path)


def test_new_stamp_and_changed_name_show_at_once(app: Flask, client: PageClient) -> None:
    event, checkpoint = fair()
    other = make_checkpoint(event)
    key, path = visitor_of(checkpoint, minutes_ago=1), f"/e/{event.slug}/passport"
    page_for(app, client, event, key, path)
    with atomic():
        db.session.get_one(Checkpoint, checkpoint.id).stamp_label_zh = "新的印章"
    assert "新的印章" in page_for(app, client, event, key, path)
    facts = queries.find_facts(other.key)
    assert facts is not None
    before = page_for(app, client, event, key, path)
    stamp(key, facts, now=clock.now())
    after = page_for(app, client, event, key, path)
    assert (before.count("is-in"), after.count("is-in")) == (1, 2)


def test_passport_of_an_event_taken_back_to_a_draft_is_not_found(app: Flask, client: PageClient) -> None:
    event, checkpoint = fair()
    path = f"/e/{event.slug}/passport"
    page_for(app, client, event, visitor_of(checkpoint, minutes_ago=1), path)
    with atomic():
        db.session.get_one(Event, event.id).status = EventStatus.DRAFT
    assert client.get(path).status_code == 404
