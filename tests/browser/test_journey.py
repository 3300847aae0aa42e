"""A fair in real browsers: a visitor's phone, the team's desks, the same story as in `tests/journeys/`."""

from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.site import LiveSite
from tests.browser.watching import ALL_RULES, BUT_CONTRAST, DESK, PHONE, Reader, reader
from tests.journeys.drawing import CONSOLE, DIGITS, DRAW, NONCES, fingerprint
from tests.support.clocks import set_clock
from tests.support.demo_fair import EVENT, address, password, tell

pytestmark = pytest.mark.browser
HOME = f"/e/{EVENT}"
CHECKPOINTS = f"/admin/e/{EVENT}/checkin/"


def test_fair_from_the_first_scan_to_the_prize(browser: Browser, fair: LiveSite) -> None:
    tell(fair.app, "demo", "crowd", EVENT, "--passes", "30")
    with ExitStack() as people:
        visitor = people.enter_context(reader(browser, fair.url, PHONE))
        team = {
            name: people.enter_context(reader(browser, fair.url, DESK, rules=BUT_CONTRAST))
            for name in ("organizer", "organizer2", "partner", "desk")
        }
        for name, person in team.items():
            person.sign_in(address(name), password(fair.app, name))
        organizer = team["organizer"]
        announce(organizer)
        collect_all_stamps(visitor, organizer)
        set_clock("2025-09-06T11:50+08:00")
        freeze(organizer, team["organizer2"], team["partner"])
        set_clock("2025-09-06T12:00+08:00")
        draw(organizer, team["partner"])
        assert_result_is_public(visitor)
        claim(visitor, team["desk"])


def announce(organizer: Reader) -> None:
    """Publish the rules as they are proposed, and open entries."""
    organizer.go(f"/admin/e/{EVENT}/draws/")
    organizer.go(f"{CONSOLE}/rules")
    organizer.send("")
    organizer.send("/publish-rules")
    organizer.send("/open")


def collect_all_stamps(visitor: Reader, organizer: Reader) -> None:
    """Look around, then scan the six signs, each with the digits that its page shows."""
    visitor.go(f"{HOME}/")
    organizer.go(CHECKPOINTS)
    places = organizer.page.locator(f'main a[href^="{CHECKPOINTS}"]').evaluate_all(
        "all => all.map(a => a.href)"
    )
    places = sorted({place for place in places if place.rpartition("/")[2].isdigit()})
    for minute, place in enumerate(places):
        set_clock(f"2025-09-06T10:{30 + 2 * minute}+08:00")
        visitor.rules, organizer.rules = (None, None) if minute else (ALL_RULES, BUT_CONTRAST)
        organizer.go(place)
        digits = organizer.page.locator(".sign-digits b").inner_text()
        sign = urlsplit(organizer.page.locator('a[href*="/c/"]').get_attribute("href") or "").path
        visitor.go(sign)
        visitor.send(sign, code=digits)
        assert f"{minute + 1}" in visitor.page.locator(".result").inner_text()
    visitor.rules, organizer.rules = ALL_RULES, BUT_CONTRAST
    visitor.go(f"{HOME}/passport")
    assert visitor.page.locator(".slot.is-in").count() == len(places) == 6


def freeze(organizer: Reader, second: Reader, partner: Reader) -> None:
    """Close entries, take the witnesses' hashes, freeze the list by two people."""
    organizer.go(CONSOLE)
    organizer.send("/close")
    organizer.send("/witnesses", kind="partner", organization="org-sd")
    organizer.send("/witnesses", kind="notary", name="济南市公证处")
    partner.go(CONSOLE)
    partner.send("/witnesses/1/commit", **{"w1-commitment": fingerprint(NONCES[0])})
    organizer.send("/witnesses/2/commit", **{"w2-commitment": fingerprint(NONCES[1])})
    organizer.send("/propose-freeze")
    second.go(CONSOLE)
    second.send("/confirm-freeze")


def draw(organizer: Reader, partner: Reader) -> None:
    """Reveal, type the digits in, draw, publish."""
    partner.go(CONSOLE)
    partner.send("/witnesses/1/reveal", **{"w1-nonce": NONCES[0]})
    organizer.go(CONSOLE)
    organizer.send("/witnesses/2/reveal", **{"w2-nonce": NONCES[1]})
    organizer.send("/digits", digits=DIGITS)
    organizer.send("/run")
    organizer.send("/publish")


def assert_result_is_public(visitor: Reader) -> None:
    """Find the visitor's own entry among the winners, and the three files to check them."""
    visitor.go(f"{HOME}/draws")
    visitor.go(f"{HOME}/draws/{DRAW}")
    assert visitor.page.locator("#h-mine").is_visible()
    assert visitor.page.locator(".n-ok").count() == 1
    files = visitor.page.locator("section .booths a").all_inner_texts()
    assert files == ["record.json", "entries.csv", "verify.py"]


def claim(visitor: Reader, desk: Reader) -> None:
    """Show the prize's code at the desk, which hands the prize over once."""
    visitor.go(f"{HOME}/passport")
    code = visitor.page.locator('img[src*="/r/"]')
    assert code.evaluate("image => image.complete && image.naturalWidth > 0")
    path = (code.get_attribute("src") or "").removesuffix("/code.svg")
    visitor.go(path)
    desk.go(path)
    desk.send(path)
    assert desk.page.locator(f'form[action="{path}"]').count() == 0
    visitor.go(f"{HOME}/passport")
    assert visitor.page.locator('img[src*="/r/"]').count() == 0
