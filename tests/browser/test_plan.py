"""The floor plan's editor in a real browser: by mouse, by keys, on a phone, and by two people at once."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from eventsite.events.queries import get_event
from eventsite.market.queries import get_booth
from tests.browser.site import LiveSite
from tests.browser.watching import DESK, NARROW, Reader, reader
from tests.market.plan_cases import for_the_script, raw
from tests.support.demo_fair import EVENT, address, password

pytestmark = pytest.mark.browser
PLAN = f"/admin/e/{EVENT}/market/plan"
UNSAVED = re.compile("is-open")
JUDGE = """async (cases) => {
  const { warnings } = await import("/static/js/plan/rules.js");
  return cases.map(({ things, ground }) => warnings(things, ground));
}"""


@contextmanager
def editor(browser: Browser, fair: LiveSite, who: str = "organizer", size: Any = DESK) -> Iterator[Reader]:
    """Open the plan for somebody."""
    with reader(browser, fair.url, size) as person:
        person.sign_in(address(who), password(fair.app, who))
        person.go(PLAN)
        expect(person.page.locator(".pl-booth").first).to_be_visible()
        yield person


def booth(person: Reader, code: str) -> Locator:
    return person.page.locator(f'.pl-booth[data-code="{code}"]')


def drag(person: Reader, code: str, across: int, down: int, *, drop: bool = True) -> None:
    """Pull a booth by some pixels with the mouse."""
    box = booth(person, code).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = person.page.mouse
    mouse.move(x, y)
    mouse.down()
    for step in range(1, 6):
        mouse.move(x + across * step / 5, y + down * step / 5)
    if drop:
        mouse.up()


def state(person: Reader) -> Locator:
    return person.page.locator("[data-saved]")


def save(person: Reader) -> None:
    with person.page.expect_response("**/plan/changes"):
        person.page.keyboard.press("Control+s")
    person.page.locator("[data-saved]:not(.is-open)").wait_for()


def place(fair: LiveSite, code: str) -> tuple[float, float, float, float]:
    """Return where a booth stands in the database."""
    with fair.app.app_context():
        box = get_booth(get_event(EVENT), code).box
        return box.x, box.y, box.w, box.h


def test_script_judges_every_case_as_the_server_does(browser: Browser, fair: LiveSite) -> None:
    with editor(browser, fair) as person:
        found = person.page.evaluate(JUDGE, for_the_script())
    for case, breaches in zip(raw(), found, strict=True):
        told = [{name: one[name] for name in ("rule", "of", "values")} for one in breaches]
        assert told == case["breaches"], case["name"]


def test_booth_is_dragged_warned_of_undone_and_saved(browser: Browser, fair: LiveSite) -> None:
    before = place(fair, "B-08")
    with editor(browser, fair) as person:
        page = person.page
        warnings = page.locator("[data-warns] li")
        count = warnings.count()
        drag(person, "B-08", 60, 0, drop=False)
        expect(warnings.filter(has_text="C-05")).not_to_have_count(0)
        expect(booth(person, "B-08")).to_have_class(re.compile("has-warn"))
        page.keyboard.press("Escape")
        expect(warnings).to_have_count(count)
        page.mouse.up()
        drag(person, "B-08", 0, 12)
        expect(state(person)).to_have_class(UNSAVED)
        person.judge()
        page.keyboard.press("Control+z")
        expect(page.locator('[data-act="save"]')).to_be_disabled()
        page.keyboard.press("Control+Shift+z")
        save(person)
    after = place(fair, "B-08")
    assert (after[0], after[2:]) == (before[0], before[2:])
    assert after[1] > before[1]


def test_everything_goes_by_keys(browser: Browser, fair: LiveSite) -> None:
    x, y, w, h = place(fair, "F-05")
    with editor(browser, fair) as person:
        page = person.page
        booth(person, "F-05").focus()
        for key in ("ArrowLeft", "Shift+ArrowDown", "Alt+ArrowRight"):
            page.keyboard.press(key)
        save(person)
        assert place(fair, "F-05") == (x - 10, y + 1, w + 10, h)
        page.keyboard.press("Delete")
        expect(booth(person, "F-05")).to_have_count(0)
        page.keyboard.press("Control+z")
        expect(booth(person, "F-05")).to_have_count(1)
        booth(person, "F-05").focus()
        page.keyboard.press("Enter")
        expect(page.locator('[data-f="code"]')).to_be_focused()
        page.locator('.pl-zone[data-code="E"]').focus()
        page.keyboard.press("b")
        expect(page.locator("[data-title]")).to_contain_text("E-05")
        expect(booth(person, "E-05")).to_be_focused()
        page.keyboard.press("Delete")
        booth(person, "E-01").focus()
        page.keyboard.press(" ")
        page.keyboard.press("Tab")
        page.keyboard.press(" ")
        expect(page.locator(".pl-booth.is-sel")).to_have_count(2)
        page.keyboard.press("Escape")
        expect(page.locator(".is-sel")).to_have_count(0)
        page.keyboard.press("?")
        expect(page.locator("dialog[data-help]")).to_be_visible()
        person.judge()


def test_frame_and_lines_and_numbers(browser: Browser, fair: LiveSite) -> None:
    with editor(browser, fair) as person:
        page = person.page
        first, last = booth(person, "E-01").bounding_box(), booth(person, "E-04").bounding_box()
        assert first
        assert last
        page.mouse.move(first["x"] - 3, first["y"] - 3)
        page.mouse.down()
        page.mouse.move(last["x"] + last["width"] / 2, last["y"] + last["height"] / 2, steps=4)
        page.mouse.up()
        expect(page.locator(".pl-booth.is-sel")).to_have_count(4)
        page.locator("[data-menu] summary").click()
        page.locator('[data-align="left"]').click()
        expect(state(person)).to_have_class(UNSAVED)
        page.keyboard.press("Control+z")
        page.locator('[data-list] [data-go^="zone"]').nth(4).click()
        page.locator('[data-act="number"]').click()
        page.locator('[data-tool="measure"]').click()
        page.mouse.move(first["x"], first["y"])
        page.mouse.down()
        page.mouse.move(first["x"] + 100, first["y"], steps=3)
        expect(page.locator(".pl-disttx")).to_be_visible()
        page.mouse.up()


def test_second_editor_chooses_for_each_thing(browser: Browser, fair: LiveSite) -> None:
    with editor(browser, fair) as first, editor(browser, fair, "organizer2") as second:
        booth(first, "D-01").focus()
        first.page.keyboard.press("ArrowRight")
        booth(first, "D-02").focus()
        first.page.keyboard.press("ArrowRight")
        save(first)
        theirs = place(fair, "D-01")
        for code in ("D-01", "D-02", "D-03"):
            booth(second, code).focus()
            second.page.keyboard.press("ArrowUp")
        second.expected = {409}
        second.page.keyboard.press("Control+s")
        dialog = second.page.locator("dialog[data-conflict]")
        expect(dialog).to_be_visible()
        second.judge()
        sides = dialog.locator("fieldset")
        expect(sides).to_have_count(2)
        untouched = place(fair, "D-03")
        sides.nth(0).locator('[value="theirs"]').check()
        expect(dialog.locator('[data-act="resolve"]')).to_be_disabled()
        sides.nth(1).locator('[value="mine"]').check()
        with second.page.expect_response("**/plan/changes"):
            dialog.locator('[data-act="resolve"]').click()
        second.page.locator("[data-saved]:not(.is-open)").wait_for()
        assert place(fair, "D-01") == theirs
        x, y, w, h = untouched
        assert place(fair, "D-03") == (x, y - 10, w, h)
        # mine moved up, and kept what the other had moved to the right
        assert place(fair, "D-02")[1] == y - 10


def test_what_was_not_saved_is_offered_again(browser: Browser, fair: LiveSite) -> None:
    before = place(fair, "A-02")
    with editor(browser, fair) as person:
        booth(person, "A-02").focus()
        person.page.keyboard.press("ArrowDown")
        person.page.once("dialog", lambda dialog: dialog.accept())
        person.go(PLAN)
        expect(person.page.locator("[data-kept]")).to_be_visible()
        person.judge()
        person.page.locator('[data-act="restore"]').click()
        save(person)
    assert place(fair, "A-02") == (before[0], before[1] + 10, *before[2:])


def test_list_and_form_serve_on_a_phone(browser: Browser, fair: LiveSite) -> None:
    x, y, w, h = place(fair, "C-08")
    with editor(browser, fair, size=NARROW) as person:
        page = person.page
        page.locator("[data-find]").fill("C-08")
        page.locator("[data-list] button").click()
        field = page.locator('[data-f="x"]')
        field.fill(str(x / 20 - 0.5))
        field.blur()
        page.locator('[data-f="power_kw"]').fill("a lot")
        page.locator('[data-f="power_kw"]').blur()
        expect(page.locator('[data-f="power_kw"]')).to_have_attribute("aria-invalid", "true")
        person.judge()
        page.locator('[data-act="save"]').click()
        page.locator("[data-saved]:not(.is-open)").wait_for()
    assert place(fair, "C-08") == (x - 10, y, w, h)


def test_delegation_lead_sees_the_plan_and_moves_nothing(browser: Browser, fair: LiveSite) -> None:
    before = place(fair, "B-01")
    with editor(browser, fair, "delegation_lead") as person:
        booth(person, "B-01").focus()
        person.page.keyboard.press("ArrowDown")
        drag(person, "B-01", 30, 30)
        expect(person.page.locator('[data-act="save"]')).to_have_count(0)
        expect(person.page.locator("[data-fields]")).to_have_attribute("disabled", "")
        expect(state(person)).not_to_have_class(UNSAVED)
    assert place(fair, "B-01") == before


def test_forms_are_offered_where_no_script_runs(browser: Browser, fair: LiveSite) -> None:
    with reader(browser, fair.url, NARROW, scripts=False) as person:
        person.sign_in(address("organizer"), password(fair.app, "organizer"))
        person.go(PLAN)
        assert person.page.locator("[data-off]").is_visible()
        assert not person.page.locator(".p-work").is_visible()
