"""The team's pages of a programme from a file: upload, what it would do, taking it, and what goes wrong."""

import io

import openpyxl
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from eventsite.accounts.enums import Role
from eventsite.audit.queries import history_of
from eventsite.events.queries import get_event
from eventsite.programme.queries import read_draft
from tests.support.factories import make_event, make_stage, make_zone
from tests.support.factories_accounts import client_of
from tests.support.factories_programme import make_acts, make_release
from tests.support.isolation import PageClient
from tests.support.page import read_page
from tests.support.schedules import v1, v1_event, xml, xml_event
from tests.support.uploads import multipart
from tests.support.workbooks import bomb

DESK = "/admin/e/fair-a/programme"
SECOND = {"guid": "b", "title": "皮影戏", "date": "2025-09-06T12:00:00+08:00", "language": "zh"}


@pytest.fixture
def organizer(app: Flask) -> PageClient:
    with app.app_context():
        for slug in ("fair-a", "fair-b"):
            event = make_event(slug=slug)
            stage = make_stage(event, zone=make_zone(event), code="S1", name_zh="主舞台", name_en="Main")
            make_acts(event, 2, stage=stage)
    return client_of(app, Role.ORGANIZER, "fair-a")


def upload(client: PageClient, data: bytes, name: str = "t.json") -> TestResponse:
    form = client.page(f"{DESK}/import/upload").form("/upload")
    sent: TestResponse = client.post(form.action, **multipart(form.fields, data, name, field="schedule"))
    return sent


def titles(app: Flask, slug: str = "fair-a") -> list[str]:
    with app.app_context():
        return [item.title_zh for item in read_draft(get_event(slug)).items]


def test_a_file_is_checked_shown_and_taken(app: Flask, organizer: PageClient) -> None:
    before = titles(app)
    checked = upload(organizer, v1(v1_event(), v1_event(**SECOND)))
    assert checked.status_code == 303
    page = organizer.page(checked.location)
    assert "Opening" in page.text
    assert "皮影戏" in page.text
    assert all(title in page.text for title in before)
    assert titles(app) == before

    taken = organizer.submit(page.form(checked.location))

    assert taken.status_code == 303
    assert sorted(titles(app)) == sorted([*before, "Opening", "皮影戏"])
    assert len(titles(app, "fair-b")) == 2
    with app.app_context():
        event = get_event("fair-a")
        (told,) = (one for one in history_of(event.id, f"event:{event.id}") if one.verb == "import programme")
        assert (told.detail["added"], len(told.detail["sha256"])) == (2, 64)


def test_rows_are_left_out_and_dropped_by_name(app: Flask, organizer: PageClient) -> None:
    with app.app_context():
        make_release(get_event("fair-a"))
    first, second = titles(app)
    where = upload(organizer, v1(v1_event(), v1_event(**SECOND))).location
    form = organizer.page(where).form(where)
    with app.app_context():
        ref = read_draft(get_event("fair-a")).items[0].ref
    taken = organizer.submit(form, out=["2"], drop=[ref])
    assert taken.status_code == 303
    with app.app_context():
        draft = read_draft(get_event("fair-a"))
        states = {item.title_zh: item.status for item in draft.items}
    assert states == {first: "cancelled", second: "scheduled", "Opening": "scheduled"}


def test_faults_are_shown_in_their_place_and_can_be_left_out(app: Flask, organizer: PageClient) -> None:
    file = xml(xml_event(), xml_event(guid="b", duration="-0:30"), xml_event(title="Twin"))
    where = upload(organizer, file, "fahrplan.xml").location
    page = organizer.page(where)
    assert "19" in page.text
    form = page.form(where)

    refused = organizer.submit(form)
    assert refused.status_code == 422
    assert titles(app)[2:] == []
    again = read_page(refused.text, where).form(where)
    assert organizer.submit(again, out=["2", "3"]).status_code == 303
    assert "Opening" in titles(app)


@pytest.mark.parametrize(("ending", "language"), [("csv", "zh"), ("csv", "en"), ("xlsx", "zh")])
def test_our_own_list_comes_back_unchanged(organizer: PageClient, ending: str, language: str) -> None:
    out = organizer.get(f"{DESK}/items.{ending}?lang={language}").data
    page = organizer.page(upload(organizer, out, f"x.{ending}").location)
    assert not page.all("del")
    assert not page.all("ins")
    assert not page.all("button", class_="a-btn--go")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template_is_filled_in_and_comes_back(app: Flask, organizer: PageClient, language: str) -> None:
    made = organizer.get(f"{DESK}/import/template.xlsx?lang={language}").data
    heads = [str(cell.value) for cell in openpyxl.load_workbook(io.BytesIO(made)).worksheets[0][1]]
    text = organizer.get(f"{DESK}/import/template.csv?lang={language}").data.decode("utf-8-sig")
    assert text == ",".join(f'"{head}"' for head in heads) + "\r\n"
    row = {0: "2025-09-06", 1: "15:00", 2: "15:30", 4: "S1", 6: "新节目"}
    filled = text + ",".join(row.get(place, "") for place in range(len(heads)))
    where = upload(organizer, filled.encode(), "t.csv").location
    assert organizer.submit(organizer.page(where).form(where)).status_code == 303
    assert "新节目" in titles(app)


def test_a_draft_changed_meanwhile_is_shown_again(app: Flask, organizer: PageClient) -> None:
    where = upload(organizer, v1(v1_event())).location
    form = organizer.page(where).form(where)
    with app.app_context():
        make_acts(get_event("fair-a"), 1)
    refused = organizer.submit(form)
    assert refused.status_code == 409
    assert "Opening" not in titles(app)
    again = read_page(refused.text, where).form(where)
    assert organizer.submit(again).status_code == 303
    assert "Opening" in titles(app)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "t.xml"),
        (b"<!DOCTYPE a><schedule/>", "t.xml"),
        (b"{", "t.json"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "t.xls"),
        (bomb(200), "t.xlsx"),
        (b"BEGIN:VCALENDAR", "t.ics"),
        (b"x" * (20 * 2**20 + 1), "t.csv"),
    ],
)
def test_what_cannot_be_read_is_refused_on_the_form(organizer: PageClient, data: bytes, name: str) -> None:
    refused = upload(organizer, data, name)
    assert refused.status_code == 422
    assert read_page(refused.text, "/").all("div", class_="a-note--bad")


def test_a_token_of_another_event_opens_nothing(app: Flask, organizer: PageClient) -> None:
    where = upload(organizer, v1(v1_event())).location
    stranger = client_of(app, Role.ORGANIZER, "fair-b")
    stranger.page(where, status=404)
    stranger.page(where.replace("fair-a", "fair-b"), status=404)
    organizer.page(where[:-3] + "xyz", status=404)


def test_others_do_not_import(app: Flask, organizer: PageClient) -> None:
    manager = client_of(app, Role.STAGE_MANAGER, "fair-a", "stage:S1")
    manager.page(f"{DESK}/import/upload", status=403)
    assert organizer.get(f"{DESK}/import").location.endswith("/import/upload")
