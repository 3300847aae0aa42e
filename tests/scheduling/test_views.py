"""The pages of timetable proposals: empty, worked out, taken, taken back; and who may see and press what."""

from typing import Any

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from eventsite.events.queries import get_event
from eventsite.jobs.waiting import schedule_waiting
from eventsite.programme.queries import list_waiting
from tests.support.factories import make_event, make_item, make_stage, make_troupe, make_zone
from tests.support.factories_accounts import client_of
from tests.support.factories_programme import at
from tests.support.factories_scheduling import make_waiting, make_window
from tests.support.isolation import PageClient

DESK = "/admin/e/fair-a/scheduling"


@pytest.fixture
def fair(app: Flask) -> None:
    """Make a fair with one stage, an item that stands and three that wait, one of which cannot come."""
    with app.app_context():
        event = make_event(slug="fair-a")
        make_event(slug="fair-b")
        stage = make_stage(event, zone=make_zone(event), code="S1")
        make_item(event, stage=stage, ref="stands", title_zh="开幕演出")
        for ref in ("a", "b"):
            make_waiting(event, ref, title_zh=f"节目{ref}")
        troupe = make_troupe(event, name_zh="短时团")
        make_window(troupe, at("18:00"), at("18:20"))
        make_waiting(event, "c", title_zh="节目c", troupe_id=troupe.id)
        make_waiting(event, "sign", title_zh="签约", kind="signing")


@pytest.fixture
def organizer(app: Flask, fair: None) -> PageClient:
    return client_of(app, Role.ORGANIZER, "fair-a")


def push(client: PageClient, path: str, action: str, **fields: Any) -> str:
    """Press the button or send the form of a page, and return where it leads."""
    response = client.submit(client.page(path).form(action), **fields)
    assert response.status_code == 303, response.text
    return str(response.location)


def worked_out(app: Flask, organizer: PageClient) -> str:
    """Ask for a proposal, let the job process work it out, and return its page."""
    where = push(organizer, f"{DESK}/", f"{DESK}/propose", seconds="5")
    with app.app_context():
        assert schedule_waiting()
        assert not schedule_waiting()
    return where


def waiting(app: Flask) -> list[str]:
    with app.app_context():
        return sorted(item.ref for item in list_waiting(get_event("fair-a")))


def test_an_empty_fair_says_what_will_stand_there(app: Flask, fair: None) -> None:
    page = client_of(app, Role.ORGANIZER, "fair-b").page("/admin/e/fair-b/scheduling/")
    assert "没有待排的节目" in page.text


def test_a_proposal_is_asked_for_looked_at_taken_and_taken_back(app: Flask, organizer: PageClient) -> None:
    where = push(organizer, f"{DESK}/", f"{DESK}/propose", seconds="5")
    assert "正在计算" in organizer.page(where).text
    with app.app_context():
        assert schedule_waiting()
    page = organizer.page(where)
    assert "最优" in page.text
    assert "短时团" in page.text
    assert "10" in page.text
    push(organizer, where, f"{where}/take", whole="1")
    assert waiting(app) == ["c", "sign"]
    push(organizer, where, f"{where}/undo")
    assert waiting(app) == ["a", "b", "c", "sign"]
    assert "已撤回" in organizer.page(where).text


def test_what_would_help_an_item_without_a_place_is_told(app: Flask, organizer: PageClient) -> None:
    text = organizer.page(worked_out(app, organizer)).text
    assert "短时团的时间延到 18:30（多 10 分钟）" in text


def test_ticked_items_go_alone(app: Flask, organizer: PageClient) -> None:
    where = worked_out(app, organizer)
    form = organizer.page(where).form(f"{where}/take")
    none = organizer.submit(form, whole="")
    assert none.status_code == 409
    assert "至少选择一个节目" in none.text
    push(organizer, where, f"{where}/take", whole="", items=["b"])
    assert waiting(app) == ["a", "c", "sign"]


def test_a_proposal_is_called_off_and_another_put_away(app: Flask, organizer: PageClient) -> None:
    where = push(organizer, f"{DESK}/", f"{DESK}/propose", seconds="5")
    push(organizer, where, f"{where}/cancel")
    assert "已取消计算" in organizer.page(where).text
    with app.app_context():
        assert not schedule_waiting()
    other = worked_out(app, organizer)
    push(organizer, other, f"{other}/discard")
    assert f"{other}/take" not in [form.action for form in organizer.page(other).forms]


def test_a_form_without_stages_or_with_wild_numbers_comes_back(app: Flask, organizer: PageClient) -> None:
    form = organizer.page(f"{DESK}/").form(f"{DESK}/propose")
    wild: list[dict[str, Any]] = [{"stages": []}, {"rest": "-5"}, {"seconds": "9999"}, {"step": "7"}]
    for fields in wild:
        assert organizer.submit(form, **fields).status_code == 422
    with app.app_context():
        assert not schedule_waiting()


def test_an_auditor_sees_and_changes_nothing(app: Flask, organizer: PageClient) -> None:
    where = worked_out(app, organizer)
    auditor = client_of(app, Role.AUDITOR, "fair-a")
    for page in (auditor.page(f"{DESK}/"), auditor.page(where)):
        assert [form.action for form in page.forms if DESK in form.action] == []
    token = auditor.page(where).forms[0].fields["csrf_token"]
    refused = auditor.post(f"{where}/take", data={"csrf_token": token, "whole": "1"})
    assert refused.status_code == 403


def test_a_stage_manager_and_a_stranger_stay_out(app: Flask, fair: None) -> None:
    manager = client_of(app, Role.STAGE_MANAGER, "fair-a", scope="stage:S1")
    assert manager.get(f"{DESK}/").status_code == 403
    stranger = client_of(app, Role.ORGANIZER, "fair-b")
    assert stranger.get(f"{DESK}/").status_code == 404


def test_what_broke_is_said_on_the_page(app: Flask, organizer: PageClient) -> None:
    where = worked_out(app, organizer)
    page = organizer.page(f"{DESK}/")
    assert where in page.links
    assert "签约" in page.text
