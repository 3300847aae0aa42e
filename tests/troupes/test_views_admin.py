"""The team's pages of troupes: who sees and does what, and that a notice goes out once, as it was read."""

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from eventsite.accounts.enums import Role
from eventsite.accounts.models import OutboxMail
from eventsite.database import db
from eventsite.events.queries import get_event
from eventsite.programme.queries import get_troupe
from eventsite.troupes.operations import (
    draft_notices,
    issue_link,
    propose_time,
    report_problem,
    set_contact,
)
from tests.support.clocks import running_clock
from tests.support.factories import make_event, make_troupe
from tests.support.factories_accounts import client_of
from tests.support.factories_programme import ORGANIZER, a_slot, at
from tests.support.factories_troupes import a_sealer, make_stageful
from tests.support.isolation import PageClient
from tests.support.lists import ListPage
from tests.support.paper import codes_on, words_on

DESK = "/admin/e/fair-a/troupes"
LIST = ListPage("troupes", lambda event, word: make_troupe(event, name_zh=word), Role.ORGANIZER, Role.DESK)


@pytest.fixture
def fair(app: Flask) -> None:
    with app.app_context():
        made = make_stageful()
        sealer = a_sealer()
        issue_link(ORGANIZER, made.event, "tp-dalian", sealer=sealer, now=at("8:00"))
        set_contact(ORGANIZER, made.event, "tp-dalian", "tp@fair.example", sealer=sealer, now=at("8:00"))
        draft_notices(ORGANIZER, made.event, now=at("8:00"))


@pytest.fixture
def organizer(app: Flask, fair: None) -> PageClient:
    return client_of(app, Role.ORGANIZER, "fair-a")


def test_the_list_of_troupes(app: Flask) -> None:
    LIST.check(app)


def test_a_list_without_troupes_says_so(app: Flask) -> None:
    with app.app_context():
        make_event(slug="fair-a")
    client = client_of(app, Role.ORGANIZER, "fair-a")
    assert client.page(DESK).all("div", class_="a-empty")
    assert client.page(f"{DESK}/notices").all("div", class_="a-empty")


def test_a_lead_sees_and_looks_after_the_own_troupes_alone(app: Flask, fair: None) -> None:
    lead = client_of(app, Role.DELEGATION_LEAD, "fair-a", "delegation:dl-dalian")
    text = lead.page(DESK).text
    assert "大连市表演队" in text
    assert "本溪社火队" not in text
    own = lead.page(f"{DESK}/tp-dalian")
    assert "/t/" in own.text
    lead.page(f"{DESK}/tp-benxi", 403)
    lead.page(f"{DESK}/notices", 403)
    form = next(form for form in own.forms if form.action.endswith("/contact"))
    with running_clock("2025-09-06T10:20+08:00"):
        assert lead.submit(form, email="new@fair.example").status_code == 303
        assert lead.submit(form, email="nothing").status_code == 422


def test_a_stage_manager_answers_and_never_sees_links_or_addresses(app: Flask, fair: None) -> None:
    with app.app_context():
        event = get_event("fair-a")
        troupe = get_troupe(event, "tp-dalian")
        report_problem(ORGANIZER, event, troupe, item=None, text="通道太窄", now=at("9:00"))
    manager = client_of(app, Role.STAGE_MANAGER, "fair-a", "stage:S1")
    assert "通道太窄" in manager.page(DESK).text
    page = manager.page(f"{DESK}/tp-dalian")
    assert "/t/" not in page.text
    assert "tp@fair.example" not in page.text
    assert "t***@fair.example" in page.text
    form = next(form for form in page.forms if form.action.endswith("/answer"))
    name = next(name for name in form.fields if name.endswith("text"))
    assert manager.submit(form, **{name: "走北侧"}).status_code == 303
    assert "走北侧" in manager.page(f"{DESK}/tp-dalian").text
    assert manager.post(f"{DESK}/tp-dalian/link").status_code in (400, 403)


def test_proposed_times_are_decided_on_the_troupes_page(app: Flask, organizer: PageClient) -> None:
    with app.app_context():
        event = get_event("fair-a")
        slot = a_slot("17:00", "20:30")
        propose_time(ORGANIZER, event, get_troupe(event, "tp-dalian"), slot=slot, why="返程", now=at("9:00"))
    assert "17:00" in organizer.page(DESK).text
    page = organizer.page(f"{DESK}/tp-dalian")
    form = next(form for form in page.forms if form.action.endswith("/accept"))
    assert organizer.submit(form).status_code == 303
    assert "09:00—17:00" in organizer.page(f"{DESK}/tp-dalian").text


def test_notices_go_to_troupe_lead_and_stage_once(app: Flask, organizer: PageClient) -> None:
    client_of(app, Role.DELEGATION_LEAD, "fair-a", "delegation:dl-dalian")
    client_of(app, Role.STAGE_MANAGER, "fair-a", "stage:S1")
    client_of(app, Role.STAGE_MANAGER, "fair-a", "stage:S9")
    page = organizer.page(f"{DESK}/notices")
    assert "大连秧歌" in page.text
    words = next(form for form in page.forms if form.action.rpartition("/")[2].isdigit())
    name = next(name for name in words.fields if name.endswith("words"))
    assert organizer.submit(words, **{name: "请提前半小时到"}).status_code == 303
    page = organizer.page(f"{DESK}/notices")
    send = next(form for form in page.forms if form.action.endswith("/send"))
    ticked = [box.get("value") for box in page.all("input", type="checkbox")]
    assert organizer.submit(send, notice=ticked).status_code == 303
    assert organizer.submit(send, notice=ticked).status_code == 303  # pressed once more
    with app.app_context():
        mails = db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
        told = [mail for mail in mails if mail.attachment_name]
        assert len(told) == 3  # the troupe, its lead, the manager of its stage: one mail each
        mine = next(mail for mail in told if mail.recipient == "tp@fair.example")
        assert mine.secret
        assert "请提前半小时到" in mine.body
        assert "/t/" in mine.body
        assert "Dalian dance" in mine.body
        events = Calendar.from_ical(mine.attachment or b"").walk("VEVENT")
        assert [str(event["SUMMARY"]) for event in events] == ["大连秧歌", "大连鼓乐"]
        assert not any("/t/" in mail.body for mail in told if mail is not mine)
        assert all("/t/" not in (mail.attachment or b"").decode() for mail in told)
    text = organizer.page(f"{DESK}/notices").text
    assert "t***@fair.example" in text
    assert "第 1 版已全部通知" in text


def test_nothing_ticked_sends_nothing(app: Flask, organizer: PageClient) -> None:
    send = next(f for f in organizer.page(f"{DESK}/notices").forms if f.action.endswith("/send"))
    for notice in ([], ["x.y"], [f"{10**20}.1"], ["1"]):
        assert organizer.submit(send, notice=notice).status_code == 303
    with app.app_context():
        assert not db.session.scalars(select(OutboxMail).where(OutboxMail.attachment_name != "")).all()


def test_links_are_printed_for_those_who_look_after_them(app: Flask, organizer: PageClient) -> None:
    answer = organizer.get(f"{DESK}/links.pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    [[code]] = codes_on(answer.data)
    assert code.startswith(f"{app.config['BASE_URL']}/t/")
    assert "大连市表演队" in words_on(answer.data)
    manager = client_of(app, Role.STAGE_MANAGER, "fair-a", "stage:S1")
    assert manager.get(f"{DESK}/links.pdf").status_code == 302
