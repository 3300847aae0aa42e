"""Papers: what stands on them, that the same gives the same, and who may print which."""

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.events.queries import get_event
from eventsite.programme.enums import ActKind, ResourceKind
from eventsite.programme.models import ItemResource, ProgrammeItem, Resource
from eventsite.programme.operations.live import Seen, Wish, act
from eventsite.programme.queries import current_release
from tests.support.factories import make_event, make_faq, make_item, make_organization
from tests.support.factories_accounts import client_of
from tests.support.factories_programme import ORGANIZER, at
from tests.support.factories_troupes import Stageful, make_stageful, release
from tests.support.isolation import PageClient
from tests.support.lists import words_of_book, words_of_text
from tests.support.paper import words_on

DESK = "/admin/e/fair-a/programme/papers"


@pytest.fixture
def fair(app: Flask) -> None:
    """Make two items at one time that share a set of three, a fixed point, and something in the open."""
    with app.app_context():
        made = make_stageful()
        make_organization(made.event)
        make_faq(made.event, question_zh="收费吗？", answer_zh="免费入场。")
        beside = make_item(
            made.event,
            stage=made.side,
            kind="signing",
            title_zh="框架协议签署",
            starts_at=at("10:10"),
            ends_at=at("10:40"),
            setup_minutes=5,
            note_zh="席卡按副本次序",
        )
        _share(made, beside)
        release(made.event)


def _share(made: Stageful, beside: ProgrammeItem) -> None:
    with atomic() as session:
        shared = Resource(
            event_id=made.event.id,
            ref="rs-mic",
            kind=ResourceKind.MICROPHONES,
            name_zh="头戴话筒",
            name_en="Headsets",
            quantity=3,
        )
        session.add(shared)
        session.flush()
        for item in (made.items[0], beside):
            session.add(
                ItemResource(event_id=made.event.id, item_id=item.id, resource_id=shared.id, amount=2)
            )


@pytest.fixture
def organizer(app: Flask, fair: None) -> PageClient:
    return client_of(app, Role.ORGANIZER, "fair-a")


def delay(app: Flask, minutes: int) -> None:
    with app.app_context():
        event: Event = get_event("fair-a")
        view = current_release(event)
        assert view is not None
        item = view.programme.items[0]
        wish = Wish(stage="S1", kind=ActKind.DELAY, items=(item.ref,), minutes=minutes)
        seen = Seen(release=view.number, revision=view.live_revision)
        act(ORGANIZER, event, wish, seen=seen, now=at("9:30"))


def flat(words: str) -> str:
    """Return the words of a paper without where its lines and cells break."""
    return "".join(words.split())


def test_the_run_sheet_has_what_a_stage_manager_needs(organizer: PageClient) -> None:
    words = words_on(organizer.get(f"{DESK}/S1/run-sheet.pdf").data)
    for said in ("大连秧歌", "10:00—10:20", "09:40", "红绸", "U盘WAV"):
        assert said in words, said
    assert "头戴话筒1–2号" in flat(words)
    assert "第 2 版" in words
    side = words_on(organizer.get(f"{DESK}/S9/run-sheet.pdf").data)
    for said in ("◆", "框架协议签署", "5/0", "席卡按副本次序"):
        assert said in flat(side), said


def test_the_microphone_plan_names_who_goes_without(organizer: PageClient) -> None:
    words = words_on(organizer.get(f"{DESK}/microphones.pdf").data)
    assert "头戴话筒" in words
    assert "共 3 支" in words
    assert "高峰 4 支（10:05 起）" in words
    assert "缺1支" in flat(words)


def test_the_hosts_read_what_comes_next(organizer: PageClient) -> None:
    words = words_on(organizer.get(f"{DESK}/S1/mc-order.pdf").data)
    assert "当天最后一个节目" in words
    assert "Dalian dance" in words


def test_the_handbook_has_agenda_delegations_stages_rules_and_version(organizer: PageClient) -> None:
    words = words_on(organizer.get(f"{DESK}/handbook.pdf").data)
    for said in ("秩序册", "主办单位", "大连市展团", "主舞台", "收费吗", "第 2 版"):
        assert said.replace(" ", "") in flat(words), said
    english = words_on(organizer.get(f"{DESK}/handbook.pdf?lang=en").data)
    assert "Handbook" in english
    assert "Dalian delegation" in english


def test_the_same_is_the_same_and_is_not_sent_twice(app: Flask, organizer: PageClient) -> None:
    first = organizer.get(f"{DESK}/S1/run-sheet.pdf?v=2")
    app.extensions["shelf"] = type(app.extensions["shelf"])()  # as after a restart
    again = organizer.get(f"{DESK}/S1/run-sheet.pdf?v=2")
    assert first.data == again.data
    known = {"If-None-Match": first.headers["ETag"]}
    assert organizer.get(f"{DESK}/S1/run-sheet.pdf?v=2", headers=known).status_code == 304
    assert first.headers["Cache-Control"] == "private, no-cache"


def test_papers_follow_the_live_clock_and_a_version_alone_does_not(app: Flask, organizer: PageClient) -> None:
    delay(app, 7)
    live = words_on(organizer.get(f"{DESK}/S1/run-sheet.pdf").data)
    assert "10:07—10:27" in live
    assert "原定 10:00" in live
    assert "按现场第 1 次调整" in live
    assert "10:07" not in words_on(organizer.get(f"{DESK}/S1/run-sheet.pdf?v=2").data)
    assert "框架协议签署" not in words_on(organizer.get(f"{DESK}/run-sheet.pdf?v=1").data)


def test_the_run_sheet_goes_out_as_a_list(organizer: PageClient) -> None:
    page = organizer.page(f"{DESK}/S1/run-sheet?day=2025-09-06")
    assert "大连秧歌" in page.text
    assert "大连秧歌" in words_of_book(organizer.get(f"{DESK}/S1/run-sheet.xlsx").data)
    assert "头戴话筒" in words_of_text(organizer.get(f"{DESK}/S1/run-sheet.csv?v=2").data)
    assert organizer.page(f"{DESK}/S1/run-sheet?day=2025-09-09").all("div", class_="a-empty")


@pytest.mark.parametrize("path", ["/S7/run-sheet", "/S1/run-sheet?v=9", "/S1/run-sheet.pdf?v=x", "?v=9"])
def test_what_is_not_there_is_not_found(organizer: PageClient, path: str) -> None:
    organizer.page(f"{DESK}{path}", 404)
    organizer.page(f"{DESK}/S1/run-sheet?day=x", 404)


def test_a_stage_manager_prints_the_own_stage_and_the_handbook(app: Flask, fair: None) -> None:
    manager = client_of(app, Role.STAGE_MANAGER, "fair-a", "stage:S9")
    page = manager.page(DESK)
    assert "/S1/" not in " ".join(page.links)
    assert manager.get(f"{DESK}/handbook.pdf").status_code == 200
    for closed in ("/S1/run-sheet.pdf", "/S1/run-sheet", "/S1/run-sheet.xlsx", "/microphones.pdf"):
        manager.page(f"{DESK}{closed}", 403)
    own = client_of(app, Role.STAGE_MANAGER, "fair-a", "stage:S1")
    assert own.get(f"{DESK}/S1/mc-order.pdf").status_code == 200


def test_before_the_first_version_the_page_says_what_to_do(app: Flask) -> None:
    with app.app_context():
        make_event(slug="fair-a")
    client = client_of(app, Role.ORGANIZER, "fair-a")
    assert client.page(DESK).all("div", class_="a-empty")
    assert client.get(f"{DESK}/handbook.pdf").status_code == 302


def test_a_day_without_items_has_an_empty_sheet(organizer: PageClient) -> None:
    assert "这里没有节目" in words_on(organizer.get(f"{DESK}/S9/run-sheet.pdf?day=2025-09-08").data)
