"""Exhibitors from a spreadsheet: worked out as plain values, then taken by the team's pages."""

import io
from typing import Any

import openpyxl
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from eventsite.accounts.enums import Role
from eventsite.applications.core.imports import ExhibitorFacts, Places, Standing, plan_exhibitors
from eventsite.applications.enums import How, Status
from eventsite.applications.operations import assign_booth, reject_application
from eventsite.applications.queries import get_application, list_applications
from eventsite.audit.queries import history_of
from eventsite.events.queries import get_event
from eventsite.kernel.dryrun import DryRun, Move
from tests.support.factories import NOW, make_application, make_booth
from tests.support.factories_accounts import client_of
from tests.support.factories_market import ORGANIZER, make_fair
from tests.support.isolation import PageClient
from tests.support.page import Page
from tests.support.workbooks import book

DESK = "/admin/e/fair-a/applications"
PLACES = Places(zones={"A", "B"}, booths={"A-01", "A-02"}, delegations={"dl-dalian"})


def standing(ref: str, unit: str, **given: Any) -> Standing:
    usual: dict[str, Any] = {"version": 1, "status": Status.SUBMITTED, "by_link": False, "booths": ()}
    facts = ExhibitorFacts(unit_zh=unit, category="food", zone="A", power_kw=2.0)
    return Standing(ref=ref, facts=facts, **{**usual, **given})


def run(there: list[Standing], *rows: dict[str, Any]) -> DryRun:
    return plan_exhibitors(list(enumerate(rows, 2)), there, PLACES)


def faults(found: DryRun) -> list[tuple[int, str]]:
    return [(fault.row, fault.name) for fault in found.faults]


def test_rows_are_known_by_number_then_by_name() -> None:
    there = [standing("ap-1", "甲"), standing("ap-2", "乙")]
    found = run(
        there,
        {"ref": "ap-1", "unit_zh": "甲新", "power_kw": 2.0},
        {"unit_zh": "乙", "power_kw": 3.0},
        {"unit_zh": "丙", "zone": "B", "category": "folk"},
    )
    assert found.faults == ()
    assert [(step.key, step.move) for step in found.steps] == [
        ("ap-1", Move.CHANGED),
        ("ap-2", Move.CHANGED),
        ("丙", Move.NEW),
    ]
    assert found.steps[1].new == {"power_kw": 3.0}


def test_a_name_of_several_and_an_unknown_number_are_faults() -> None:
    there = [standing("ap-1", "甲"), standing("ap-2", "甲"), standing("ap-3", "乙", status=Status.REJECTED)]
    found = run(there, {"unit_zh": "甲"}, {"ref": "ap-9"}, {"unit_zh": "乙", "zone": "A", "category": "food"})
    assert (2, "ref") in faults(found)
    assert (3, "ref") in faults(found)
    assert found.steps[-1].move is Move.NEW


def test_what_an_applicant_wrote_and_what_is_decided_stays() -> None:
    there = [
        standing("ap-1", "甲", by_link=True, status=Status.APPROVED),
        standing("ap-2", "乙", status=Status.CONFIRMED),
    ]
    found = run(
        there, {"ref": "ap-1", "power_kw": 9.0, "booths": ("A-01",)}, {"ref": "ap-2", "insured": True}
    )
    assert faults(found) == [(2, "power_kw"), (3, "insured")]


def test_booths_go_to_who_is_accepted_and_to_one_alone() -> None:
    there = [
        standing("ap-1", "甲", status=Status.APPROVED, booths=("A-01",)),
        standing("ap-2", "乙", status=Status.APPROVED, booths=("A-02",)),
        standing("ap-3", "丙"),
    ]
    swap = run(there, {"ref": "ap-1", "booths": ("A-02",)}, {"ref": "ap-2", "booths": ("A-01",)})
    assert swap.faults == ()
    assert faults(run(there, {"ref": "ap-1", "booths": ("A-02",)})) == [(2, "booths")]
    assert faults(run(there, {"ref": "ap-1", "booths": ("A-01", "A-02")})) == [(2, "booths"), (2, "booths")]
    assert faults(run(there, {"ref": "ap-3", "booths": ("A-01",)})) == [(2, "booths"), (2, "booths")]
    assert faults(run(there, {"ref": "ap-1", "booths": ("Q-1",)})) == [(2, "booths")]
    assert run(there, {"ref": "ap-1", "booths": None}).steps[0].move is Move.SAME


@pytest.fixture
def organizer(app: Flask) -> PageClient:
    with app.app_context():
        here = make_fair(slug="fair-a")
        make_booth(zone=here.zone, code="A-01")
        make_booth(zone=here.zone, code="A-02", map_x=120)
        make_application(here.event, zone=here.zone, ref="ap-1", unit_zh="甲", status=Status.APPROVED)
        make_application(here.event, zone=here.zone, ref="ap-2", unit_zh="乙", status=Status.APPROVED)
        for ref, code in (("ap-1", "A-01"), ("ap-2", "A-02")):
            assign_booth(ORGANIZER, here.event, ref, [code], how=How.HAND)
        make_application(here.event, zone=here.zone, ref="ap-3", unit_zh="丙")
    return client_of(app, Role.ORGANIZER, "fair-a")


def heads(client: PageClient) -> dict[str, str]:
    made = client.get(f"{DESK}/import/template.xlsx").data
    cells = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(made)).worksheets[0][1]]
    names = ("ref", "unit", "unit_en", "category", "city", "zone", "booths")
    return dict(zip(names, map(str, cells), strict=False))


def upload(client: PageClient, data: bytes, name: str = "t.xlsx") -> TestResponse:
    form = client.page(f"{DESK}/import/upload").form("/upload")
    fields: dict[str, Any] = {**form.fields, "sheet": (io.BytesIO(data), name)}
    return client.post(form.action, data=fields, content_type="multipart/form-data")


def take(client: PageClient, page: Page) -> TestResponse:
    return client.submit(next(form for form in page.forms if "seen" in form.fields))


def test_a_sheet_adds_exhibitors_and_gives_booths(app: Flask, organizer: PageClient) -> None:
    head = heads(organizer)
    names = ("ref", "unit", "category", "city", "zone", "booths")
    sheet = book(
        [
            [head[name] for name in names],
            ["ap-1", "甲", "美食", None, "A", "A-02"],
            ["ap-2", "乙", "美食", None, "A", "A-01"],
            [None, "䶮㛃𬭎🎉食品", "美食", "大连", "玩得乐呵", None],
        ]
    )
    page = organizer.page(upload(organizer, sheet).location)
    assert "䶮㛃𬭎🎉食品" in page.text
    assert take(organizer, page).status_code == 303
    with app.app_context():
        event = get_event("fair-a")
        held = {row.ref: [one.booth.code for one in row.holdings] for row in list_applications(event)}
        assert (held["ap-1"], held["ap-2"]) == (["A-02"], ["A-01"])
        (new,) = (row for row in list_applications(event) if row.unit_zh == "䶮㛃𬭎🎉食品")
        assert (new.status, new.category, new.zone and new.zone.code) == (Status.SUBMITTED, "food", "A")
        assert new.delegation is not None
        assert history_of(event.id, f"application:{new.id}")[0].verb == "take in"
    assert "䶮㛃𬭎🎉食品" in organizer.page(f"{DESK}/").text


def test_what_goes_out_comes_back_unchanged(app: Flask, organizer: PageClient) -> None:
    out = organizer.get(f"{DESK}/applications.xlsx").data
    page = organizer.page(upload(organizer, out).location)
    assert not [form for form in page.forms if "seen" in form.fields]
    assert not page.all("del")


def test_a_sheet_is_not_taken_after_a_decision(app: Flask, organizer: PageClient) -> None:
    head = heads(organizer)
    sheet = book([[head["ref"], head["category"]], ["ap-3", "民俗"]])
    page = organizer.page(upload(organizer, sheet).location)
    with app.app_context():
        event = get_event("fair-a")
        row = get_application(event, "ap-3")
        reject_application(ORGANIZER, event, "ap-3", reason="x", version=row.version, now=NOW)
    assert take(organizer, page).status_code == 409
    with app.app_context():
        assert get_application(get_event("fair-a"), "ap-3").category == "food"


def test_reviewers_do_not_import(app: Flask, organizer: PageClient) -> None:
    reviewer = client_of(app, Role.REVIEWER, "fair-a", "matter:power")
    reviewer.page(f"{DESK}/import/upload", status=403)
    assert not [link for link in reviewer.page(f"{DESK}/").links if "import" in link]


def test_a_reviewer_takes_away_the_own_matter_alone(app: Flask, organizer: PageClient) -> None:
    reviewer = client_of(app, Role.REVIEWER, "fair-a", "matter:power")
    text = reviewer.get(f"{DESK}/applications.csv").data.decode("utf-8-sig").split("\r\n")[0]
    assert "kW" in text
    assert "明火" not in text
