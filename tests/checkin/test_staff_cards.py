"""Cards of the team: marked by their holders, by desk and organizers; taken back by organizers alone."""

import pytest
from flask import Flask

from eventsite.accounts.core import Actor
from eventsite.accounts.enums import Role
from eventsite.audit.queries import history_of
from eventsite.checkin import queries
from eventsite.checkin.core.passes import new_key
from eventsite.checkin.models import VisitorPass
from eventsite.checkin.operations.staff import mark_card, mark_own_card, unmark_card
from eventsite.checkin.operations.stamping import stamp
from eventsite.database import db
from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.kernel.errors import DomainError
from eventsite.kernel.tokens import Purpose, seal
from eventsite.web.passes import cookie_name
from tests.support.factories import make_checkpoint, make_event, make_raffle, make_rally
from tests.support.factories_accounts import client_of
from tests.support.factories_draws import make_pass
from tests.support.isolation import PageClient

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.both_databases]
ANN = Actor(ref="account:1", label="Ann")
MARK = "This is a card of the team"
NO_DRAW = "Card of the team: it takes part in no draw."


def fair() -> tuple[Event, VisitorPass]:
    event = make_event()
    make_rally(event)
    make_checkpoint(event)
    make_raffle(event)
    return event, make_pass(event)


def bring(app: Flask, client: PageClient, event: Event, key: bytes) -> PageClient:
    client.set_cookie(cookie_name(event.slug), seal(app.extensions["keyring"], Purpose.PASS, key))
    return client


def is_staff(visitor: VisitorPass) -> bool:
    db.session.expire_all()
    return db.session.get_one(VisitorPass, visitor.id).is_staff


def verbs(visitor: VisitorPass) -> list[str]:
    return [entry.verb for entry in history_of(visitor.event_id, f"pass:{visitor.id}")]


def test_marking_twice_is_logged_once() -> None:
    event, visitor = fair()
    for _ in range(2):
        mark_own_card(ANN, event, visitor.key)
    assert (is_staff(visitor), verbs(visitor)) == (True, ["mark own as staff"])


def test_a_code_is_read_in_any_spelling_and_only_in_its_event() -> None:
    event, visitor = fair()
    typed = f" {visitor.entry_code[:4].lower()} {visitor.entry_code[4:8]}-{visitor.entry_code[8:]}"
    with pytest.raises(DomainError) as refused:
        mark_card(ANN, make_event(), typed)
    assert (refused.value.field, is_staff(visitor)) == ("entry", False)
    mark_card(ANN, event, typed)
    assert (is_staff(visitor), verbs(visitor)) == (True, ["mark as staff"])


def test_a_mark_taken_back_keeps_its_reason() -> None:
    event, visitor = fair()
    mark_card(ANN, event, visitor.entry_code)
    for _ in range(2):
        unmark_card(ANN, event, visitor.entry_code, reason="游客的卡")
    last = history_of(event.id, f"pass:{visitor.id}")[0]
    assert (is_staff(visitor), last.verb, last.detail["reason"]) == (False, "unmark as staff", "游客的卡")
    assert len(verbs(visitor)) == 2


def test_a_card_without_stamps_is_not_marked() -> None:
    event, _ = fair()
    with pytest.raises(DomainError, match="no stamp yet"):
        mark_own_card(ANN, event, new_key())
    assert queries.list_staff_cards(event) == []


def test_a_marked_card_goes_on_collecting_stamps() -> None:
    event, visitor = fair()
    (place,) = queries.list_checkpoints(event)
    mark_own_card(ANN, event, visitor.key)
    facts = queries.find_facts(place.key)
    assert facts is not None
    stamp(visitor.key, facts, now=clock.now(), staff="account:1", code="", opened_at=clock.now())
    assert is_staff(visitor)


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.DESK, Role.AUDITOR])
def test_a_member_marks_the_card_of_the_own_phone(app: Flask, role: Role) -> None:
    event, visitor = fair()
    member = bring(app, client_of(app, role, event.slug), event, visitor.key)
    page = member.page(f"/e/{event.slug}/passport?lang=en")
    assert MARK in page.text
    assert not is_staff(visitor)
    assert member.submit(page.form("/passport/staff")).status_code == 303
    after = member.page(f"/e/{event.slug}/passport?lang=en")
    assert NO_DRAW in after.text
    assert MARK not in after.text
    assert is_staff(visitor)


def test_visitors_on_the_same_phone_see_the_mark_and_no_button(app: Flask, client: PageClient) -> None:
    event, visitor = fair()
    address = f"/e/{event.slug}/passport?lang=en"
    before = bring(app, client, event, visitor.key).page(address)
    assert NO_DRAW not in before.text
    assert MARK not in before.text
    mark_own_card(ANN, event, visitor.key)
    assert NO_DRAW in client.page(address).text
    other = make_pass(event)
    assert NO_DRAW not in bring(app, client, event, other.key).page(address).text


def test_strangers_and_members_of_other_events_mark_nothing(app: Flask, client: PageClient) -> None:
    event, visitor = fair()
    other = make_event()
    address = f"/e/{event.slug}/passport/staff"
    assert bring(app, client, event, visitor.key).post(address).status_code in (302, 400)
    member = bring(app, client_of(app, Role.ORGANIZER, other.slug), event, visitor.key)
    assert MARK not in member.page(f"/e/{event.slug}/passport?lang=en").text
    token = member.page("/admin/account").forms[0].fields["csrf_token"]
    assert member.post(address, data={"csrf_token": token}).status_code == 404
    assert not is_staff(visitor)


def test_a_get_of_the_button_is_no_page(app: Flask) -> None:
    event, visitor = fair()
    member = bring(app, client_of(app, Role.DESK, event.slug), event, visitor.key)
    assert member.get(f"/e/{event.slug}/passport/staff").status_code in (404, 405)
    assert not is_staff(visitor)


def test_the_desk_marks_by_code_and_an_organizer_takes_it_back(app: Flask) -> None:
    event, visitor = fair()
    desk = client_of(app, Role.DESK, event.slug)
    page = desk.page(f"/admin/e/{event.slug}/checkin/staff-cards?lang=en&entry={visitor.entry_code}")
    done = desk.submit(page.form("/staff-cards"))
    assert (done.status_code, is_staff(visitor)) == (303, True)
    shown = desk.page(done.location)
    assert "marked a stamp card as the team's" in shown.text
    assert [form for form in shown.forms if form.action.endswith("/unmark")] == []
    organizer = client_of(app, Role.ORGANIZER, event.slug)
    form = organizer.page(f"{done.location}?lang=en").form("/unmark")
    assert organizer.submit(form).status_code == 422
    assert organizer.submit(form, reason="A visitor's").status_code == 303
    assert not is_staff(visitor)
    assert "A visitor's" in organizer.page(done.location).text


def test_the_desk_and_the_auditor_take_nothing_back(app: Flask) -> None:
    event, visitor = fair()
    mark_card(ANN, event, visitor.entry_code)
    organizer = client_of(app, Role.ORGANIZER, event.slug)
    address = f"/admin/e/{event.slug}/checkin/staff-cards/{visitor.entry_code}"
    fields = organizer.page(address).form("/unmark").fields
    for role in (Role.DESK, Role.AUDITOR):
        member = client_of(app, role, event.slug)
        token = member.page("/admin/account").forms[0].fields["csrf_token"]
        sent = member.post(f"{address}/unmark", data={**fields, "csrf_token": token, "reason": "x"})
        assert sent.status_code == 403
    assert is_staff(visitor)


def test_a_wrong_code_is_said_at_its_field(app: Flask) -> None:
    event, _ = fair()
    desk = client_of(app, Role.DESK, event.slug)
    form = desk.page(f"/admin/e/{event.slug}/checkin/staff-cards?lang=en").form("/staff-cards")
    answer = desk.submit(form, entry="2222222222")
    assert answer.status_code == 422
    assert "entry-error" in answer.text


def test_the_list_is_of_its_own_event_and_goes_out_as_a_file(app: Flask) -> None:
    event, visitor = fair()
    _, foreign = fair()
    for one, card in ((event, visitor), (db.session.get_one(Event, foreign.event_id), foreign)):
        mark_card(ANN, one, card.entry_code)
    desk = client_of(app, Role.DESK, event.slug)
    address = f"/admin/e/{event.slug}/checkin/staff-cards"
    for text in (desk.page(address).text, desk.get(f"{address}.csv").text):
        assert visitor.entry_code in text
        assert foreign.entry_code not in text
    assert desk.get(f"{address}/{foreign.entry_code}").status_code == 404
    assert desk.page(f"{address}?q=nothing").all("div", class_="a-empty")


def test_who_scans_a_card_is_led_to_marking_it(app: Flask) -> None:
    event = make_event()
    make_rally(event, code_mode="staff_scan")
    place, visitor = make_checkpoint(event), make_pass(event)
    ring = app.extensions["keyring"]
    token = seal(ring, Purpose.CHECKPOINT, place.key)
    shown = f"/c/{token}.{seal(ring, Purpose.PASS_SHOWN, visitor.key)}?lang=en"
    desk = client_of(app, Role.DESK, event.slug)
    (way,) = (link for link in desk.page(shown).links if "staff-cards" in link)
    assert desk.submit(desk.page(way).form("/staff-cards")).status_code == 303
    assert is_staff(visitor)
    assert NO_DRAW in desk.page(shown).text
    lead = client_of(app, Role.ZONE_LEAD, event.slug, f"zone:{place.zone.code}")
    assert [link for link in lead.page(shown).links if "staff-cards" in link] == []
