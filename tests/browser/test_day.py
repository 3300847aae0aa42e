"""A day on the stages in real browsers: draft, release, delay, plan B, the end; three open pages agree."""

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from eventsite.accounts.core import system
from eventsite.events.models import Event
from eventsite.events.queries import get_event
from eventsite.programme.core.plans import PlanFacts, PlanPlace
from eventsite.programme.operations import create_plan, place_in_plan
from eventsite.programme.queries import current_release
from tests.browser.site import LiveSite
from tests.browser.watching import BUT_CONTRAST, DESK, PHONE, Reader, reader
from tests.support.clocks import set_clock
from tests.support.demo_fair import EVENT, address, password
from tests.support.factories_programme import a_slot

pytestmark = pytest.mark.browser
ME = system("cli")
DESK_PAGE = f"/admin/e/{EVENT}/stage/S1"
YANGGE, STILTS, FIRE = (f"{name}（演示节目）" for name in ("抚顺地秧歌", "海城高跷", "本溪社火"))
POLL = 11  # seconds after which every page has asked again


@pytest.fixture
def people(browser: Browser, fair: LiveSite) -> Iterator[dict[str, Reader]]:
    """Give a visitor's phone, a board and a stage manager's phone their browsers; timers are in our hands."""
    with ExitStack() as stack:
        found = {
            name: stack.enter_context(reader(browser, fair.url, size, rules=BUT_CONTRAST))
            for name, size in (("visitor", PHONE), ("board", DESK), ("desk", PHONE))
        }
        for person in found.values():
            person.context.clock.install()
        yield found


def test_the_day_is_played_through_with_three_pages_open(fair: LiveSite, people: dict[str, Reader]) -> None:
    visitor, board, desk = people.values()
    set_clock("2025-09-06T14:18+08:00")
    desk.sign_in(address("organizer"), password(fair.app, "organizer"))
    plan_and_release(fair, desk)
    visitor.go(f"/e/{EVENT}/programme?stage=S1")
    board.go(f"/e/{EVENT}/screen/S1")
    desk.go(DESK_PAGE)
    all_say(people, STILTS, "14:50")

    set_clock("2025-09-06T14:20+08:00")
    desk.go(DESK_PAGE)
    press(desk, "start")
    desk.page.get_by_role("button", name="10 分").click()
    expect(desk.page.locator(".s-ask")).to_contain_text(f"从“{YANGGE}")
    press(desk, "delay")
    all_say(people, YANGGE, "14:20", "14:50")
    press(desk, "undo")
    desk.page.goto(f"{desk.url}{DESK_PAGE}?plus=25")
    expect(desk.page.locator(".s-ask")).to_contain_text("会压到固定点")
    press(desk, "delay")
    all_say(people, STILTS, "15:05")
    expect(visitor.page.locator("li.item", has_text=STILTS)).to_contain_text("晚 15 分")

    switch_to_rain(desk)
    all_say(people, FIRE, "")
    expect(visitor.page.locator("main")).to_contain_text("下雨")
    assert_board_survives_a_dead_network(board)

    set_clock("2025-09-06T23:00+08:00")
    for person in people.values():
        pass_time(person, POLL)
    expect(board.page.locator("main")).to_contain_text("本舞台")
    expect(desk.page.locator("#desk")).to_contain_text("今天已经结束")


def plan_and_release(fair: LiveSite, organizer: Reader) -> None:
    """Move an item in the editor, prepare a plan for rain, and release the draft on its page."""
    with fair.app.app_context():
        event = get_event(EVENT)
        stilts = number_of(event, STILTS)
        rain = PlanFacts(
            name_zh="雨天", name_en="Rain", why_zh="下雨，节目移到室内", why_en="Rain: moved indoors"
        )
        create_plan(ME, event, rain)
        place_in_plan(
            ME, event, "B", number_of(event, FIRE), PlanPlace(stage="S2", slot=a_slot("17:00", "17:20"))
        )
    organizer.go(f"/admin/e/{EVENT}/programme/editor")
    item = organizer.page.locator(f'.g-it[data-id="{stilts}"]')
    item.locator(".g-it__box").focus()
    organizer.page.keyboard.press("ArrowDown")
    expect(item).to_contain_text("14:50")
    pass_time(organizer, POLL)
    expect(organizer.page.locator("[data-saved]")).to_have_text(re.compile(r"\d\d:\d\d"))
    organizer.go(f"/admin/e/{EVENT}/programme/release")
    organizer.page.locator("[name=confirmed]").check()
    organizer.send("", note="高跷改到 14:50")


def number_of(event: Event, title: str) -> int:
    """Return the number that an item has in the draft, by the beginning of its title."""
    view = current_release(event)
    assert view is not None
    return next(item.number for item in view.alone.items if item.title_zh.startswith(title))


def press(desk: Reader, kind: str) -> None:
    """Press the button of an act."""
    form = desk.page.locator(f'form[action$="/act"]:has(input[name=kind][value={kind}])')
    with desk.page.expect_navigation():
        form.locator("button").first.click()


def all_say(people: dict[str, Reader], title: str, *clocks: str) -> None:
    """Let every page ask again, and see all of them show the item with these times; "" means not there."""
    for name, person in people.items():
        pass_time(person, POLL)
        row = row_of(name, person.page, title)
        for clock in clocks:
            if clock:
                expect(row).to_contain_text(clock)
            else:
                expect(row).to_have_count(0)


def row_of(name: str, page: Page, title: str) -> Locator:
    """Return where a page shows an item."""
    places = {
        "visitor": "li.item",
        "board": ".b-solo__now, .b-solo__next li",
        "desk": ".s-now, .s-next > li",
    }
    return page.locator(places[name]).filter(has_text=title)


def switch_to_rain(organizer: Reader) -> None:
    """Read plan B, read it once more, put it in force, and go back to the desk."""
    page = organizer.go(f"/admin/e/{EVENT}/stagedesk/plans/B")
    for step in ("read", "go"):
        with page.expect_navigation():
            page.locator(f"button[name=step][value={step}]").click()
    organizer.go(DESK_PAGE)


def assert_board_survives_a_dead_network(board: Reader) -> None:
    """Cut the network for more than a minute: the board keeps what it shows and says how old it is."""
    board.context.set_offline(True)
    pass_time(board, 75)
    expect(board.page.locator("#fresh")).to_contain_text("网络中断")
    expect(board.page.locator(".b-solo__now h2")).to_contain_text(YANGGE)
    board.context.set_offline(False)
    board.faults.clear()  # the requests that found no network
    pass_time(board, 20)
    expect(board.page.locator("#fresh")).to_contain_text("更新")


def pass_time(person: Reader, seconds: int) -> None:
    """Let a page's timers run, second by second, with a moment for answers to come."""
    for _second in range(seconds):
        person.page.clock.run_for(1000)
        person.page.wait_for_timeout(20)
