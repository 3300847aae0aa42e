"""The programme's editor in a real browser: by mouse, keys and form, offline, and by two at once."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from eventsite.events.queries import get_event
from eventsite.programme.queries import get_item, read_draft
from tests.browser.site import LiveSite
from tests.browser.watching import ALL_RULES, BUT_CONTRAST, DESK, NARROW, Reader, reader
from tests.support.demo_fair import EVENT, address, password

pytestmark = pytest.mark.browser
EDITOR = f"/admin/e/{EVENT}/programme/editor"
UNSAVED = re.compile("is-open")
SUGAR, STILTS, SIGNING = "李氏糖人", "高跷", "框架协议"


@contextmanager
def editor(
    browser: Browser, fair: LiveSite, who: str = "organizer", size: Any = DESK, rules: Any = None
) -> Iterator[Reader]:
    """Open the editor for somebody."""
    with reader(browser, fair.url, size, rules=rules) as person:
        person.sign_in(address(who), password(fair.app, who))
        person.go(EDITOR)
        expect(person.page.locator(".g-it").first).to_be_visible()
        yield person


def number(fair: LiveSite, title: str) -> int:
    """Return the number of the first item whose title has these words."""
    with fair.app.app_context():
        items = read_draft(get_event(EVENT)).items
        return next(item.number for item in items if title in item.title_zh)


def box(person: Reader, key: int) -> Locator:
    return person.page.locator(f'.g-it[data-id="{key}"] .g-it__box')


def saved(person: Reader) -> None:
    expect(person.page.locator("[data-saved]")).to_have_text(re.compile(r"\d\d:\d\d"))
    expect(person.page.locator(".is-unsaved")).to_have_count(0)


def pull(person: Reader, key: int, across: int, down: int, *, edge: bool = False, drop: bool = True) -> None:
    """Pull an item, or its lower edge, by some pixels."""
    shown = person.page.locator(f'.g-it[data-id="{key}"]')
    shown.scroll_into_view_if_needed()
    place = shown.bounding_box()
    assert place
    x, y = place["x"] + 40, place["y"] + (place["height"] - 1 if edge else 12)
    mouse = person.page.mouse
    mouse.move(x, y)
    mouse.down()
    for step in range(1, 5):
        mouse.move(x + across * step / 4, y + down * step / 4)
    if drop:
        mouse.up()


def start(fair: LiveSite, title: str) -> str:
    """Return where an item is in the database: stage, start and minutes."""
    key = KEYS[title]
    with fair.app.app_context():
        found = get_item(get_event(EVENT), key)
        stage = found.stage.code if found.stage else None
        return f"{stage} {found.starts_at:%H:%M} {found.minutes}" if found.starts_at else f"{stage}"


def settles(fair: LiveSite, title: str, wanted: str) -> None:
    """Wait until an item is where it was put: a change of three fields is three moves, one by one."""
    last = time.monotonic() + PATIENCE
    while start(fair, title) != wanted and time.monotonic() < last:
        time.sleep(0.05)
    assert start(fair, title) == wanted


PATIENCE = 5.0  # seconds
KEYS: dict[str, int] = {}


@pytest.fixture(autouse=True)
def _keys(fair: LiveSite) -> None:
    for title in (SUGAR, STILTS, SIGNING):
        KEYS.setdefault(title, number(fair, title))


def test_item_is_dragged_stretched_undone_and_saved_each_time(browser: Browser, fair: LiveSite) -> None:
    key, before = KEYS[SUGAR], start(fair, SUGAR)
    with editor(browser, fair, rules=ALL_RULES) as person:
        page = person.page
        pull(person, key, 0, 66, drop=False)
        page.keyboard.press("Escape")
        page.mouse.up()
        settles(fair, SUGAR, before)
        pull(person, key, 0, 66)
        saved(person)
        settles(fair, SUGAR, "S2 03:00 50")
        pull(person, key, 0, 22, edge=True)
        saved(person)
        settles(fair, SUGAR, "S2 03:00 60")
        pull(person, KEYS[SIGNING], 0, 44)
        expect(page.locator("[data-toast]")).to_be_visible()
        settles(fair, SIGNING, "S1 02:55 20")
        page.keyboard.press("Control+z")
        page.keyboard.press("Control+z")
        saved(person)
        expect(page.locator('[data-act="undo"]')).to_be_disabled()
        settles(fair, SUGAR, before)
        page.keyboard.press("Control+Shift+z")
        saved(person)
        settles(fair, SUGAR, "S2 03:00 50")
        page.keyboard.press("Control+z")
        saved(person)
        person.judge()


def test_everything_goes_by_keys_and_a_clash_is_solved(browser: Browser, fair: LiveSite) -> None:
    key, before = KEYS[SUGAR], start(fair, SUGAR)
    with editor(browser, fair) as person:
        page = person.page
        box(person, key).focus()
        for press in ("ArrowLeft", "ArrowDown", "ArrowDown", "Shift+ArrowUp"):
            page.keyboard.press(press)
        saved(person)
        settles(fair, SUGAR, "S1 02:40 45")
        expect(box(person, key)).to_be_focused()
        expect(page.locator(".g-over")).not_to_have_count(0)
        expect(page.locator("[data-blocks]")).to_have_class(re.compile("bad"))
        person.judge()
        page.keyboard.press("Delete")
        saved(person)
        settles(fair, SUGAR, "None")
        expect(page.locator(f'.g-chip[data-id="{key}"]')).to_be_focused()
        page.keyboard.press("Enter")
        saved(person)
        expect(box(person, key)).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator('[name="start"]')).to_be_focused()
        page.locator('[name="stage"]').select_option("S2")
        page.locator('[name="start"]').fill("10:30")
        page.locator('[name="minutes"]').fill("50")
        page.keyboard.press("Enter")
        saved(person)
        settles(fair, SUGAR, before)
        page.keyboard.press("Escape")
        page.locator(".g-it__box").first.focus()
        page.keyboard.press("?")
        expect(page.locator("dialog[data-help]")).to_be_visible()


def test_second_mover_sees_both_places_and_chooses(browser: Browser, fair: LiveSite) -> None:
    key, before = KEYS[STILTS], start(fair, STILTS)
    with editor(browser, fair) as first, editor(browser, fair, "organizer2", rules=BUT_CONTRAST) as second:
        box(first, key).focus()
        first.page.keyboard.press("ArrowDown")
        saved(first)
        theirs = start(fair, STILTS)
        second.expected = {409}
        box(second, key).focus()
        second.page.keyboard.press("ArrowUp")
        dialog = second.page.locator("dialog[data-conflict]")
        expect(dialog).to_be_visible()
        second.judge()
        settles(fair, STILTS, theirs)
        dialog.locator('[value="mine"]').check()
        dialog.locator("[data-resolve]").click()
        saved(second)
        assert start(fair, STILTS) not in (theirs, before)
        told = box(second, key).get_attribute("aria-label") or ""
        first.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(box(first, key)).to_have_attribute("aria-label", told)
        box(first, key).focus()
        first.page.keyboard.press("ArrowDown")
        saved(first)
        settles(fair, STILTS, before)


def test_what_cannot_be_sent_waits_and_is_not_called_saved(browser: Browser, fair: LiveSite) -> None:
    before = start(fair, SUGAR)
    with editor(browser, fair) as person:
        person.context.set_offline(True)
        box(person, KEYS[SUGAR]).focus()
        person.page.keyboard.press("ArrowDown")
        expect(person.page.locator("[data-saved]")).to_have_class(UNSAVED)
        expect(person.page.locator(".is-unsaved")).to_have_count(1)
        person.page.wait_for_timeout(900)
        expect(person.page.locator("[data-saved]")).to_have_class(UNSAVED)
        settles(fair, SUGAR, before)
        person.faults.clear()
        person.context.set_offline(False)
        saved(person)
        assert start(fair, SUGAR) != before
        person.page.keyboard.press("Control+z")
        saved(person)
    settles(fair, SUGAR, before)


def test_stage_manager_moves_what_is_on_the_own_stage_alone(browser: Browser, fair: LiveSite) -> None:
    before = start(fair, SUGAR)
    with editor(browser, fair, "stage_manager", NARROW) as person:
        own = person.page.locator(".g-it.is-mine:not(.is-fixed)").first
        own.locator(".g-it__box").focus()
        expect(person.page.locator("[data-fields]")).to_be_enabled()
        box(person, KEYS[SUGAR]).focus()
        person.page.keyboard.press("ArrowDown")
        expect(person.page.locator("[data-toast]")).to_be_visible()
        person.judge_width()
    settles(fair, SUGAR, before)


def test_list_serves_where_no_script_runs(browser: Browser, fair: LiveSite) -> None:
    with reader(browser, fair.url, NARROW, scripts=False) as person:
        person.sign_in(address("organizer"), password(fair.app, "organizer"))
        person.go(EDITOR)
        assert person.page.locator(".g-list a").count() > 20
        assert not person.page.locator(".g-work").is_visible()
