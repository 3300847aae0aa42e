"""The console from the rules to the record, by two organizers and a partner, each with a browser."""

from datetime import timedelta

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from eventsite.draws import operations as acts
from eventsite.draws import queries
from eventsite.draws.enums import DrawStatus, WitnessKind
from eventsite.draws.models import Draw
from eventsite.events.models import Event
from eventsite.kernel.clock import now
from eventsite.kernel.fairdraw.hashing import text_hash
from tests.support.factories import make_draw, make_event, make_organization, make_raffle
from tests.support.factories_accounts import client_of
from tests.support.factories_draws import (
    ANN,
    DIGITS,
    MORE_DIGITS,
    freeze,
    make_draws,
    make_pass,
    nonce,
    publish,
    ready,
    reveal_all,
    run,
)
from tests.support.isolation import PageClient
from tests.support.page import Form, Page

pytestmark = pytest.mark.usefixtures("context")


def console(client: PageClient, event: Event, draw: Draw) -> Page:
    return client.page(f"/admin/e/{event.slug}/draws/{draw.ref}?lang=en")


def press(client: PageClient, event: Event, draw: Draw, act: str, **fields: object) -> int:
    (form,) = [form for form in posts(console(client, event, draw)) if form.action.endswith(f"/{act}")]
    return client.submit(form, **fields).status_code


def posts(page: Page) -> list[Form]:
    return [form for form in page.forms if form.method == "post" and "/draws/" in form.action]


def ahead(days: int) -> str:
    return (now() + timedelta(days=days)).strftime("%Y-%m-%d %H:%M")


def test_two_organizers_take_a_draw_from_its_rules_to_its_record(app: Flask) -> None:
    event, (draw,) = make_draws(people=8, prizes=3)
    ann, ben = client_of(app, Role.ORGANIZER, event.slug), client_of(app, Role.ORGANIZER, event.slug)

    rules = ann.page(f"/admin/e/{event.slug}/draws/{draw.ref}/rules").form("rules")
    assert rules.fields["who"] != [""]
    assert ann.submit(rules, draw_at=ahead(1), claim_until=ahead(2)).status_code == 303
    assert press(ann, event, draw, "publish-rules") == 303
    assert press(ann, event, draw, "open") == 303
    assert press(ann, event, draw, "close") == 303
    assert press(ann, event, draw, "witnesses", kind="notary", name="公证处") == 303
    assert press(ann, event, draw, "commit", **{"w1-commitment": text_hash(nonce(1))}) == 303
    assert press(ann, event, draw, "propose-freeze") == 303
    assert not [form for form in console(ann, event, draw).forms if "confirm-freeze" in form.action]
    assert press(ben, event, draw, "confirm-freeze") == 303
    assert press(ann, event, draw, "reveal", **{"w1-nonce": nonce(1)}) == 303
    assert press(ann, event, draw, "digits", digits=DIGITS) == 303
    assert press(ben, event, draw, "run") == 303
    slot = queries.list_awards(draw)[1].slot
    assert press(ann, event, draw, "absent", slots=[slot], reason="三次叫号未到") == 303
    assert press(ben, event, draw, "confirm-absent") == 303
    assert press(ann, event, draw, "digits", digits=MORE_DIGITS) == 303
    assert press(ann, event, draw, "run") == 303
    assert press(ann, event, draw, "publish") == 303
    assert queries.get_draw(event, draw.ref).status is DrawStatus.PUBLISHED
    assert "published the record" in console(ann, event, draw).text


def test_rules_that_lack_a_field_come_back_with_its_name(app: Flask) -> None:
    event = make_event()
    draw = make_draw(make_raffle(event))
    ann = client_of(app, Role.ORGANIZER, event.slug)
    form = console(ann, event, draw).form("publish-rules")
    response = ann.submit(form)
    assert response.status_code == 422
    assert "who may take part" in response.text


@pytest.mark.parametrize(
    "time", ["tomorrow at noon", "0001-01-01T00:00", "9999-12-31 23:59", "1969-12-31 23:59"]
)
def test_rules_refuse_what_is_no_time_of_a_fair(app: Flask, time: str) -> None:
    event, (draw,) = make_draws()
    ann = client_of(app, Role.ORGANIZER, event.slug)
    form = ann.page(f"/admin/e/{event.slug}/draws/{draw.ref}/rules").form("rules")
    response = ann.submit(form, draw_at=time)
    assert response.status_code == 422
    assert "2025-09-06 15:35" in response.text
    assert queries.get_draw(event, draw.ref).terms is None


def test_digits_too_few_come_back_with_the_reason(app: Flask) -> None:
    event, (draw,) = make_draws()
    reveal_all(event, draw)
    ann = client_of(app, Role.ORGANIZER, event.slug)
    form = console(ann, event, draw).form("/digits")
    response = ann.submit(form, digits="12345")
    assert response.status_code == 422
    assert 'value="12345"' in response.text
    assert not queries.get_draw(event, draw.ref).rounds[0].values


def test_digits_are_corrected_by_the_other_organizer(app: Flask) -> None:
    event, (draw,) = make_draws()
    reveal_all(event, draw)
    ann, ben = client_of(app, Role.ORGANIZER, event.slug), client_of(app, Role.ORGANIZER, event.slug)
    press(ann, event, draw, "digits", digits=MORE_DIGITS)
    assert not [form for form in console(ann, event, draw).forms if "correct" in form.action]
    assert press(ben, event, draw, "correct-digits", digits=DIGITS, reason="打错一位") == 303
    assert queries.get_draw(event, draw.ref).rounds[0].digits == DIGITS


def test_the_button_to_save_digits_is_not_the_one_that_enter_presses(app: Flask) -> None:
    event, (draw,) = make_draws()
    reveal_all(event, draw)
    page = console(client_of(app, Role.ORGANIZER, event.slug), event, draw)
    (form,) = [one for one in page.all("form") if (one.get("action") or "").endswith("/digits")]
    first = next(button for button in form.iter("button"))
    assert first.get("disabled") is not None


def test_partner_gives_its_own_witness_number_and_no_other(app: Flask) -> None:
    event, (draw,) = make_draws()
    make_organization(event, ref="org-sd", name_zh="山东省文旅厅")
    publish(event, draw)
    acts.close_draw(ANN, event, draw.ref)
    acts.add_witness(ANN, event, draw.ref, kind=WitnessKind.PARTNER, name="", organization="org-sd")
    acts.add_witness(ANN, event, draw.ref, kind=WitnessKind.NOTARY, name="公证处")
    partner = client_of(app, Role.PARTNER, event.slug, "organization:org-sd")
    page = console(partner, event, draw)
    assert [form.action.rsplit("/draws/", 1)[1] for form in posts(page)] == [f"{draw.ref}/witnesses/1/commit"]
    assert press(partner, event, draw, "commit", **{"w1-commitment": text_hash(nonce(1))}) == 303
    token = page.form("commit").fields["csrf_token"]
    foreign = partner.post(
        f"/admin/e/{event.slug}/draws/{draw.ref}/witnesses/2/commit",
        data={"csrf_token": token, "w2-commitment": text_hash(nonce(2))},
    )
    assert foreign.status_code == 403
    assert [witness.commitment for witness in queries.get_draw(event, draw.ref).witnesses] == [
        text_hash(nonce(1)),
        None,
    ]


def test_desk_sees_the_console_and_can_do_nothing_there(app: Flask) -> None:
    event, (draw,) = make_draws()
    run(event, draw)
    desk = client_of(app, Role.DESK, event.slug)
    page = console(desk, event, draw)
    assert posts(page) == []
    assert "····" in page.text


def test_console_never_shows_a_whole_entry_id(app: Flask) -> None:
    event, (draw,) = make_draws(people=8)
    awards = run(event, draw)
    text = console(client_of(app, Role.ORGANIZER, event.slug), event, draw).text
    assert not [award for award in awards if award.entry_code in text]


@pytest.mark.parametrize("state", [publish, ready, freeze, reveal_all, run])
def test_console_offers_one_next_act_in_each_state(app: Flask, state: object) -> None:
    event, (draw,) = make_draws(people=8)
    state(event, draw)  # type: ignore[operator]
    page = console(client_of(app, Role.ORGANIZER, event.slug), event, draw)
    assert len(page.all("button", class_="a-btn--go")) <= 1


def test_void_needs_the_other_organizer_and_shows_the_reason(app: Flask) -> None:
    event, (draw,) = make_draws()
    run(event, draw)
    ann, ben = client_of(app, Role.ORGANIZER, event.slug), client_of(app, Role.ORGANIZER, event.slug)
    assert press(ann, event, draw, "void", **{"void-reason": "名单漏了一个区"}) == 303
    assert press(ben, event, draw, "confirm-void") == 303
    assert "名单漏了一个区" in ann.page(f"/e/{event.slug}/draws/{draw.ref}").text


def test_instant_raffle_shows_its_prizes_and_no_acts(app: Flask) -> None:
    event = make_event()
    draw = make_draw(make_raffle(event, mode="instant"), at=None)
    ann = client_of(app, Role.ORGANIZER, event.slug)
    page = console(ann, event, draw)
    assert posts(page) == []


def test_list_shows_where_each_draw_stands(app: Flask) -> None:
    event, draws = make_draws(draws=2, people=6)
    make_pass(event)
    run(event, draws[0])
    page = client_of(app, Role.AUDITOR, event.slug).page(f"/admin/e/{event.slug}/draws/?lang=en")
    assert "drawn" in page.text
    assert "in preparation" in page.text
