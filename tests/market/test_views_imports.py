"""Booths from a spreadsheet, by the team's pages: template, dry run, taking, and what goes wrong."""

import io
from typing import Any

import openpyxl
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from eventsite.accounts.enums import Role
from eventsite.audit.queries import history_of
from eventsite.events.queries import get_event
from eventsite.market.operations import edit_booth
from eventsite.market.queries import get_booth, list_booths
from tests.support.factories import make_booth
from tests.support.factories_accounts import client_of
from tests.support.factories_market import ORGANIZER, make_fair
from tests.support.isolation import PageClient
from tests.support.page import read_page
from tests.support.workbooks import bomb, book

DESK = "/admin/e/fair-a/market"
RARE = "䶮㛃𬭎🎉"


@pytest.fixture
def organizer(app: Flask) -> PageClient:
    with app.app_context():
        here, there = make_fair(slug="fair-a"), make_fair(slug="fair-b")
        make_booth(zone=here.zone, code="A-01", name_zh="特色鸡架", name_en="Chicken", power_kw=6)
        make_booth(zone=there.zone, code="A-01", name_zh="别处")
    return client_of(app, Role.ORGANIZER, "fair-a")


def upload(client: PageClient, data: bytes, name: str = "t.xlsx") -> TestResponse:
    form = client.page(f"{DESK}/import-booths/upload").form("/upload")
    fields: dict[str, Any] = {**form.fields, "sheet": (io.BytesIO(data), name)}
    return client.post(form.action, data=fields, content_type="multipart/form-data")


def heads(client: PageClient) -> list[str]:
    made = client.get(f"{DESK}/import-booths/template.xlsx").data
    return [str(cell.value) for cell in openpyxl.load_workbook(io.BytesIO(made)).worksheets[0][1]]


def test_a_sheet_is_checked_shown_and_taken(app: Flask, organizer: PageClient) -> None:
    code, zone, name, english, holder, *_ = heads(organizer)
    rows: list[list[Any]] = [
        [code, zone, name, english, holder],
        ["A-01", "A", RARE, "Chicken", "大连"],
        ["A-02", "玩得乐呵", "新展位", "New", None],
    ]
    checked = upload(organizer, book(rows))
    assert checked.status_code == 303
    page = organizer.page(checked.location)
    assert RARE in page.text
    assert "A-02" in page.text
    with app.app_context():
        assert get_booth(get_event("fair-a"), "A-01").name_zh == "特色鸡架"
    taken = organizer.submit(page.form(checked.location))
    assert taken.status_code == 303
    with app.app_context():
        event = get_event("fair-a")
        booth = get_booth(event, "A-01")
        assert (booth.name_zh, booth.delegation and booth.delegation.ref, booth.power_kw) == (
            RARE,
            "dl-dalian",
            6,
        )
        assert [one.code for one in list_booths(event)] == ["A-01", "A-02"]
        assert [one.name_zh for one in list_booths(get_event("fair-b"))] == ["别处"]
        (told,) = (one for one in history_of(event.id, f"event:{event.id}") if one.verb == "import booths")
        assert (told.detail["new"], told.detail["changed"]) == (1, 1)
        assert history_of(event.id, f"booth:{booth.id}")[0].verb == "edit"


def test_what_goes_out_comes_back_unchanged(organizer: PageClient) -> None:
    for ending in ("xlsx", "csv"):
        out = organizer.get(f"{DESK}/booths.{ending}").data
        page = organizer.page(upload(organizer, out, f"booths.{ending}").location)
        assert not [form for form in page.forms if form.fields.get("seen")]
        assert not page.all("del")


def test_every_fault_is_shown_by_row_and_column_and_nothing_can_be_taken(organizer: PageClient) -> None:
    code, zone, name, english, *_ = heads(organizer)
    sheet = book([[code, zone, name, english], ["A-01", "Z", "x", "=1+1"], ["A 7", "A", "y", "y"]])
    page = organizer.page(upload(organizer, sheet).location)
    assert "2" in page.text
    assert "“Z”" in page.text
    assert not [form for form in page.forms if "seen" in form.fields]


def test_a_sheet_is_not_taken_after_somebody_changed_its_booths(app: Flask, organizer: PageClient) -> None:
    code = heads(organizer)[0]
    power = next(head for head in heads(organizer) if "kW" in str(head))
    where = upload(organizer, f"{code},{power}\nA-01,9\n".encode(), "t.csv").location
    form = organizer.page(where).form(where)
    with app.app_context():
        event = get_event("fair-a")
        booth = get_booth(event, "A-01")
        facts = booth.facts
        edit_booth(ORGANIZER, event, "A-01", type(facts)(**{**vars(facts), "power_kw": 7.0}), version=1)
    refused = organizer.submit(form)
    assert refused.status_code == 409
    again = read_page(refused.text, where).form(where)
    assert organizer.submit(again).status_code == 303
    with app.app_context():
        assert get_booth(get_event("fair-a"), "A-01").power_kw == 9


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "t.csv"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "t.xls"),
        (bomb(200), "t.xlsx"),
        (b"%PDF-1.7", "t.xlsx"),
        (book([["a"], ["b"]]), "t.xlsx"),
    ],
)
def test_what_is_no_table_is_refused_on_the_form(organizer: PageClient, data: bytes, name: str) -> None:
    refused = upload(organizer, data, name)
    assert refused.status_code == 422
    assert read_page(refused.text, "/").all("div", class_="a-note--bad")


def test_a_token_of_another_event_opens_nothing(app: Flask, organizer: PageClient) -> None:
    where = upload(organizer, organizer.get(f"{DESK}/booths.csv").data, "t.csv").location
    stranger = client_of(app, Role.ORGANIZER, "fair-b")
    stranger.page(where, status=404)
    stranger.page(where.replace("fair-a", "fair-b"), status=404)
    organizer.page(where[:-3] + "xyz", status=404)


def test_others_do_not_import(app: Flask, organizer: PageClient) -> None:
    lead = client_of(app, Role.ZONE_LEAD, "fair-a", "zone:A")
    lead.page(f"{DESK}/import-booths/upload", status=403)
    assert not [link for link in lead.page(f"{DESK}/booths").links if "import" in link]
