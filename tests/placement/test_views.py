"""The pages of placement: empty, with a proposal, with a lot; and what strangers see of a lot."""

from typing import Any

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from eventsite.applications.enums import Status
from eventsite.applications.queries import list_holdings
from eventsite.events.queries import get_event
from eventsite.jobs.waiting import solve_waiting
from tests.support.factories import make_application, make_booth, make_event, make_zone
from tests.support.factories_accounts import client_of
from tests.support.isolation import PageClient

DESK = "/admin/e/fair-a/placement"
DIGITS = "3141 5926 5358 9793 2384"


@pytest.fixture
def fair(app: Flask) -> None:
    """Make a fair with two booths in a row and three accepted exhibitors, and an empty fair beside it."""
    with app.app_context():
        event = make_event(slug="fair-a")
        make_event(slug="fair-b")
        zone = make_zone(event, code="B", name_zh="香得迷糊")
        for number in (1, 2):
            make_booth(
                event,
                zone=zone,
                code=f"B-{number}",
                status="planned",
                map_x=30 + 70 * number,
                map_w=60,
                map_h=60,
            )
        for ref, wishes in (("ap-1", ["B-2"]), ("ap-2", ["B-2", "B-1"]), ("ap-3", [])):
            make_application(
                event, zone=zone, ref=ref, unit_zh=f"单位{ref}", status=Status.APPROVED, wishes=wishes
            )


@pytest.fixture
def organizer(app: Flask, fair: None) -> PageClient:
    return client_of(app, Role.ORGANIZER, "fair-a")


def holders(app: Flask) -> dict[str, str]:
    with app.app_context():
        return {one.booth.code: one.application.ref for one in list_holdings(get_event("fair-a"))}


def push(client: PageClient, path: str, action: str, **fields: Any) -> str:
    """Press the button or send the form of a page, and return where it leads."""
    response = client.submit(client.page(path).form(action), **fields)
    assert response.status_code == 303, response.text
    return str(response.location)


def test_an_empty_fair_says_what_will_stand_there(app: Flask, fair: None) -> None:
    page = client_of(app, Role.ORGANIZER, "fair-b").page("/admin/e/fair-b/placement/")
    assert "没有等待展位的参展单位" in page.text
    assert "还没有分配展位" in page.text


def test_a_proposal_is_asked_for_looked_at_and_applied(app: Flask, organizer: PageClient) -> None:
    where = push(organizer, f"{DESK}/", f"{DESK}/propose", seconds="5")
    assert "正在计算" in organizer.page(where).text
    with app.app_context():
        assert solve_waiting()
    page = organizer.page(where)
    assert "最优" in page.text
    assert "单位ap-3没有展位可用。" in page.text
    assert "第 1 志愿" in page.text
    push(organizer, where, f"{where}/apply")
    assert holders(app) == {"B-1": "ap-2", "B-2": "ap-1"}
    assert f"{where}/apply" not in [form.action for form in organizer.page(where).forms]


def test_a_booth_is_given_and_taken_back_by_hand(app: Flask, organizer: PageClient) -> None:
    page = f"{DESK}/exhibitors/ap-3"
    refused = organizer.submit(organizer.page(page).form(page), booths=[])
    assert refused.status_code == 422
    push(organizer, page, page, booths=["B-1"])
    assert holders(app) == {"B-1": "ap-3"}
    push(organizer, f"{DESK}/", f"{page}/release")
    assert holders(app) == {}


def test_a_lot_from_its_list_to_the_booths(app: Flask, organizer: PageClient) -> None:
    made = push(
        organizer, f"{DESK}/lots/new", "/lots/new", code="L1", title_zh="食品区抽签", title_en="Food lot"
    )
    push(organizer, made, f"{made}/propose-freeze")
    visitor = app.test_client()
    assert visitor.get("/e/fair-a/lots/L1").status_code == 404
    second = client_of(app, Role.ORGANIZER, "fair-a")
    push(second, made, f"{made}/confirm-freeze")
    assert "参加单位" in organizer.page("/e/fair-a/lots/L1").text
    few = organizer.submit(organizer.page(made).form(f"{made}/draw"), digits="123")
    assert few.status_code == 422
    push(organizer, made, f"{made}/draw", digits=DIGITS)
    push(organizer, made, f"{made}/apply")
    assert set(holders(app)) == {"B-1", "B-2"}
    shown = organizer.page("/e/fair-a/lots/L1")
    assert DIGITS.replace(" ", "") in shown.text
    assert "已无展位" in shown.text
    assert "食品区抽签" in organizer.page("/e/fair-a/lots").text
    for name in ("record.json", "entries.csv", "task.json", "verify.py"):
        assert visitor.get(f"/e/fair-a/lots/L1/{name}").status_code == 200
    assert visitor.get("/e/fair-b/lots/L1").status_code == 404


def test_the_first_person_cannot_confirm(organizer: PageClient) -> None:
    made = push(organizer, f"{DESK}/lots/new", "/lots/new", code="L1", title_zh="抽签", title_en="Lot")
    form = organizer.page(made).form(f"{made}/propose-freeze")
    organizer.submit(form)
    assert f"{made}/confirm-freeze" not in organizer.page(made).text
    refused = organizer.post(f"{made}/confirm-freeze", data={"csrf_token": form.fields["csrf_token"]})
    assert refused.status_code == 403


def test_a_void_lot_gives_its_reason(organizer: PageClient, app: Flask) -> None:
    made = push(organizer, f"{DESK}/lots/new", "/lots/new", code="L1", title_zh="抽签", title_en="Lot")
    push(organizer, made, f"{made}/void", reason="名单有误")
    assert "名单有误" in organizer.page(made).text
    assert "/e/fair-a/lots/L1" not in organizer.page("/e/fair-a/lots").links  # nothing was ever frozen
    assert app.test_client().get("/e/fair-a/lots/L1").status_code == 404


def test_an_auditor_sees_and_changes_nothing(app: Flask, fair: None) -> None:
    auditor = client_of(app, Role.AUDITOR, "fair-a")
    page = auditor.page(f"{DESK}/")
    assert [form.action for form in page.forms if DESK in form.action] == []
    assert auditor.get(f"{DESK}/exhibitors/ap-1").status_code == 403
    data = {"csrf_token": page.forms[0].fields["csrf_token"], "seconds": "5"}
    assert auditor.post(f"{DESK}/propose", data=data).status_code == 403
