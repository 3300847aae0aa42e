"""A troupe's own page: its times, its word, and nobody else's."""

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from eventsite.database import atomic, db
from eventsite.events.enums import EventStatus
from eventsite.events.queries import get_event
from eventsite.programme.models import ProgrammeItem
from eventsite.programme.operations.live import tell_troupe
from eventsite.programme.queries import get_troupe
from eventsite.troupes.operations import issue_link, revoke_link
from eventsite.troupes.queries import find_access, read_standing
from eventsite.troupes.views_public.doors import TOKEN_BYTES, link_of
from tests.support.factories_programme import ORGANIZER, at
from tests.support.factories_troupes import a_sealer, cancel, make_stageful, move, release
from tests.support.isolation import PageClient


@pytest.fixture
def page(app: Flask) -> str:
    """Return the address of the troupe's page."""
    with app.app_context():
        fair = make_stageful()
        issue_link(ORGANIZER, fair.event, "tp-dalian", sealer=a_sealer(), now=at("8:00"))
    return address_of(app, "tp-dalian")


def address_of(app: Flask, ref: str) -> str:
    with app.test_request_context():
        access = find_access(get_troupe(get_event("fair-a"), ref))
        return link_of(access).removeprefix(app.config["BASE_URL"])


def test_the_page_has_the_own_times_alone_and_is_kept_by_nobody(client: PageClient, page: str) -> None:
    answer = client.get(page)
    text = client.page(page).text
    assert "大连秧歌" in text
    assert "09:40" in text  # twenty minutes before it
    assert "红绸" in text
    assert "本溪社火" not in text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert client.page(f"{page}?lang=en").all("html")[0].get("lang") == "en"


def test_one_press_confirms_all_and_a_moved_item_is_asked_about_once_more(
    app: Flask, client: PageClient, page: str
) -> None:
    form = next(form for form in client.page(page).forms if form.action.endswith("/confirm"))
    assert client.submit(form).status_code == 303
    assert not [form for form in client.page(page).forms if form.action.endswith("/confirm")]
    with app.app_context():
        event = get_event("fair-a")
        standing = read_standing(event, get_troupe(event, "tp-dalian"))
        assert standing.number == 1
        items = [slot.item for slot in standing.slots]
    with app.app_context():
        event = get_event("fair-a")
        first, second = (_row(event.id, item.ref) for item in items)
        move(event, first, "10:05", "10:25")
        cancel(event, second)
        release(event)
    text = client.page(page).text
    assert "10:05" in text
    assert "您确认的是" in text
    assert "已知取消" in text
    assert client.submit(form).status_code == 409  # it names the version that was read


def test_a_form_has_to_come_from_the_page(client: PageClient, page: str) -> None:
    assert client.post(f"{page}/confirm", data={"item": "x", "seen": "1"}).status_code == 403
    assert client.post(f"{page}/problem", data={"text": "x"}).status_code == 403
    assert client.post(f"{page}/times", data={}).status_code == 403


def test_problems_and_times_are_written_and_refused_with_a_reason(client: PageClient, page: str) -> None:
    problem = next(form for form in client.page(page).forms if form.action.endswith("/problem"))
    assert client.submit(problem, text=" ").status_code == 422
    assert client.submit(problem, text="<b>候场</b>太窄").status_code == 303
    assert "<b>候场</b>太窄" in client.page(page).text
    times = next(form for form in client.page(page).forms if form.action.endswith("/times"))
    refused = client.submit(times, start="15:00", end="14:00")
    assert refused.status_code == 422
    assert "结束时间要晚于开始时间" in refused.text
    assert client.submit(times, start="25:00", end="26:00").status_code == 422
    assert client.submit(times, start="14:30pm", end="16:00").status_code == 422
    assert client.submit(times, start="14:30x", end="14:30x").status_code == 422
    assert client.submit(times, start="17:00", end="20:30", why="返程").status_code == 303
    assert "等待组委会处理" in client.page(page).text


def test_the_calendar_holds_the_own_items_in_the_venues_time(client: PageClient, page: str) -> None:
    answer = client.get(f"{page}/calendar.ics")
    assert answer.mimetype == "text/calendar"
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == ["大连秧歌", "大连鼓乐"]
    assert answer.data.count(b"DTSTART;TZID=Asia/Shanghai:") == 2


def test_the_stage_is_heard(app: Flask, client: PageClient, page: str) -> None:
    with app.app_context():
        event = get_event("fair-a")
        ref = read_standing(event, get_troupe(event, "tp-dalian")).slots[0].item.ref
        tell_troupe(ORGANIZER, event, stage="S1", item=ref, text="请到北侧候场", now=at("9:30"))
    assert "请到北侧候场" in client.page(page).text


def test_a_revoked_a_new_and_a_forged_link_open_nothing(app: Flask, client: PageClient, page: str) -> None:
    with app.app_context():
        issue_link(ORGANIZER, get_event("fair-a"), "tp-dalian", sealer=a_sealer(), now=at("8:30"))
    client.page(page, 404)
    fresh = address_of(app, "tp-dalian")
    client.page(fresh)
    client.page(f"{fresh[:-1]}{'A' if fresh[-1] != 'A' else 'B'}", 404)
    client.page(f"/t/{'A' * TOKEN_BYTES}", 404)
    with app.app_context():
        revoke_link(ORGANIZER, get_event("fair-a"), "tp-dalian")
    client.page(fresh, 404)


def test_the_typed_twin_leads_to_the_page(app: Flask, client: PageClient, page: str) -> None:
    with app.app_context():
        access = find_access(get_troupe(get_event("fair-a"), "tp-dalian"))
        code = access.typed_code if access else None
    answer = client.get(f"/x/{code}")
    assert (answer.status_code, answer.location) == (302, page)


def test_an_archived_fair_is_read_and_not_answered(app: Flask, client: PageClient, page: str) -> None:
    form = next(form for form in client.page(page).forms if form.action.endswith("/confirm"))
    with app.app_context(), atomic():
        get_event("fair-a").status = EventStatus.ARCHIVED
    client.page(page)
    assert client.submit(form).status_code == 410


def _row(event_id: int, ref: str) -> ProgrammeItem:
    return db.session.scalars(
        select(ProgrammeItem).where(ProgrammeItem.event_id == event_id, ProgrammeItem.ref == ref)
    ).one()
