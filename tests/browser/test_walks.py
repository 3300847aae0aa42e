"""Every page that links lead to, judged as its readers meet it: narrow, large, in English, at a desk."""

from typing import Any

import pytest
from passlib.totp import TOTP
from playwright.sync_api import Browser

from eventsite.cli.prepare import furnish
from eventsite.events.queries import get_event
from tests.browser.pages import one_of_each
from tests.browser.site import LiveSite
from tests.browser.watching import ALL_RULES, BUT_CONTRAST, DESK, NARROW, PHONE, reader
from tests.journeys import drawing
from tests.journeys.people import checkpoint_pages, look_at, member, visitor
from tests.support.clocks import set_clock
from tests.support.demo_fair import EVENT, address, password, tell

pytestmark = pytest.mark.browser
HOME = f"/e/{EVENT}/"
TEAM = f"/admin/e/{EVENT}/"
PLAN = "/e/jinan-2025/map"
LIGHT = 50_000  # bytes of a first load, the floor plan aside


@pytest.fixture(scope="module")
def lively(fair: LiveSite) -> LiveSite:
    """Return the fair at noon: furnished, visitors on their way, the first draw done."""
    with fair.app.app_context():
        furnish(get_event(EVENT))
    tell(fair.app, "demo", "crowd", EVENT, "--passes", "30")
    drawing.whole_draw(fair.app)
    return fair


@pytest.fixture(scope="module")
def visitor_pages(lively: LiveSite) -> list[str]:
    """Return one address of each page for visitors."""
    found = one_of_each(lively, visitor(lively.app), HOME)
    assert len(found) > 15
    return ["/", f"{HOME}now", *found]


@pytest.fixture(scope="module")
def team_pages(lively: LiveSite) -> list[str]:
    """Return one address of each page for the organizers of a fair."""
    found = one_of_each(lively, member(lively.app, "organizer"), TEAM)
    assert len(found) > 30
    return ["/admin/account", *found]


def test_visitor_pages_on_a_narrow_phone(
    browser: Browser, lively: LiveSite, visitor_pages: list[str]
) -> None:
    with reader(browser, lively.url, NARROW) as person:
        for path in visitor_pages:
            person.go(path)
            assert path == PLAN or person.weight() <= LIGHT, f"{path}: {person.weight()} bytes"


def test_visitor_pages_in_the_elder_view(
    browser: Browser, lively: LiveSite, visitor_pages: list[str]
) -> None:
    with reader(browser, lively.url, PHONE, rules=None) as person:
        person.go(f"{HOME}?elder=1")
        for path in visitor_pages:
            person.go(path)
            assert person.page.locator("html.elder").count() == 1


def test_visitor_pages_in_english(browser: Browser, lively: LiveSite, visitor_pages: list[str]) -> None:
    with reader(browser, lively.url, PHONE, rules=BUT_CONTRAST) as person:
        person.go(f"{HOME}?lang=en")
        for path in visitor_pages:
            person.go(path)
            assert person.page.locator("html").get_attribute("lang") == "en"


def test_text_may_be_twice_as_large(browser: Browser, lively: LiveSite, visitor_pages: list[str]) -> None:
    with reader(browser, lively.url, NARROW) as person:
        for path in (*visitor_pages, f"{HOME}map?booth=B-03", f"{HOME}apply/late-places/food"):
            person.go(path)
            before = person.type_size()
            person.page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert person.type_size() == 2 * before
            person.judge_width()


@pytest.mark.parametrize(
    "rules",
    [BUT_CONTRAST, pytest.param(ALL_RULES, marks=pytest.mark.soak)],
    ids=["all but contrast", "contrast too"],
)
def test_team_pages_at_a_desk_and_on_a_phone(
    browser: Browser, lively: LiveSite, team_pages: list[str], rules: dict[str, Any]
) -> None:
    with reader(browser, lively.url, DESK, rules=rules) as person:
        person.sign_in(address("organizer"), password(lively.app, "organizer"))
        for path in team_pages:
            person.go(path)
            person.page.set_viewport_size(NARROW)
            person.judge_width()
            person.page.set_viewport_size(DESK)


def test_administrator_sets_up_a_phone_and_sees_the_people(browser: Browser, lively: LiveSite) -> None:
    with reader(browser, lively.url, DESK) as person:
        person.sign_in(address("administrator"), password(lively.app, "administrator"))
        person.go("/admin/second-factor")
        person.page.locator('form:has([name="setup"]) button[type=submit]').last.click()
        key = person.page.locator("span.a-code").first.inner_text()
        person.judge()
        phone = TOTP(key=key.replace("-", "").replace(" ", ""))
        person.page.locator('input[name="code"]').fill(phone.generate().token)
        person.page.locator('form:has([name="code"]) button[type=submit]').last.click()
        person.page.wait_for_load_state()
        person.judge()
        for path in ("/admin/people/", "/admin/people/new", "/admin/people/2", "/admin/outbox", "/admin/"):
            person.go(path)
            person.page.set_viewport_size(NARROW)
            person.judge_width()
            person.page.set_viewport_size(DESK)


def test_stamp_needs_no_script(browser: Browser, lively: LiveSite) -> None:
    organizer = member(lively.app, "organizer")
    set_clock("2025-09-06T12:30+08:00")
    sign = look_at(organizer, checkpoint_pages(organizer)[0])
    with reader(browser, lively.url, PHONE, scripts=False) as person:
        person.go(HOME)
        person.go(sign.path)
        person.send(sign.path, code=sign.digits)
        assert person.page.locator(".result").is_visible()
        person.go(f"{HOME}passport")
        assert person.page.locator(".slot.is-in").count() == 1
