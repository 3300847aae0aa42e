"""Pages as pictures into `docs/screenshots/`: the demo fair at noon, made by the acts of its people.

`make screenshots` runs this. The pictures are in few colours, so that the folder stays small. They show a
fair whose visitors and draw come out anew each time: passes and entries are random, as they have to be.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser, FilePayload, ViewportSize, expect

from eventsite.cli.exhibitors import LATE_CALL
from tests.browser import staging
from tests.browser.pictures import FOLDER, PRINTER, keep_page, keep_paper, keep_screen, keep_side_by_side
from tests.browser.site import LiveSite, live_site
from tests.browser.watching import DESK, PHONE, PROGRAM, Reader, chromium, fill, reader
from tests.journeys import drawing
from tests.journeys.exhibiting import number_in
from tests.journeys.people import Person, checkpoint_pages, look_at, member
from tests.support.clocks import running_clock, set_clock
from tests.support.demo_fair import EVENT, address, password
from tests.support.uploads import pdf

NAME = "fair.example"
HOME = f"/e/{EVENT}/"
TEAM = staging.TEAM
SIDE_BY_SIDE = {
    "cover": ("home-phone", "map-phone", "passport-phone"),
    "exhibitors": ("calls-phone", "form-power-phone", "application-returned-phone"),
    "exhibitors-en": ("calls-en-phone", "form-en-phone", "application-en-phone"),
    "on-site": ("admin-walk-phone", "admin-walk-booth-phone", "gate-phone"),
    "on-site-en": ("admin-walk-en-phone", "admin-walk-booth-en-phone", "gate-en-phone"),
}
LARGEST = 6_000_000
SCREENS: dict[str, ViewportSize] = {"phone": PHONE, "desktop": DESK}


@dataclass(frozen=True)
class Shot:
    """A picture to take: its name, its page, the language of the reader, and on which screens."""

    name: str
    path: str
    language: str = "zh"
    screens: Sequence[str] = ("phone", "desktop")


class Stage(NamedTuple):
    """What all who take pictures need."""

    site: LiveSite
    browser: Browser
    organizer: Person


ON_PHONE, AT_DESK = ("phone",), ("desktop",)
PUBLIC = (
    Shot("home", HOME),
    Shot("map", f"{HOME}map"),
    Shot("zone", f"{HOME}zones/B", screens=ON_PHONE),
    Shot("booth", f"{HOME}booths/C-08", screens=ON_PHONE),
    Shot("city", f"{HOME}cities/dl-dalian", screens=ON_PHONE),
    Shot("programme", f"{HOME}programme", screens=ON_PHONE),
    Shot("passport", f"{HOME}passport", screens=ON_PHONE),
    Shot("draw", f"{HOME}draws/{drawing.DRAW}"),
    Shot("agreement", f"{HOME}agreements/ag-luliao", screens=ON_PHONE),
    Shot("help", f"{HOME}help", screens=ON_PHONE),
    Shot("calls", f"{HOME}apply", screens=ON_PHONE),
    Shot("home-en", HOME, "en"),
    Shot("map-en", f"{HOME}map", "en", ON_PHONE),
    Shot("booth-en", f"{HOME}booths/C-08", "en", ON_PHONE),
    Shot("city-en", f"{HOME}cities/dl-dalian", "en", ON_PHONE),
    Shot("calls-en", f"{HOME}apply", "en", ON_PHONE),
)
ADMIN = (
    Shot("admin-dashboard", TEAM),
    Shot("admin-booths", f"{TEAM}market/booths"),
    Shot("admin-booth", f"{TEAM}market/booths/B-01"),
    Shot("admin-applications", f"{TEAM}applications/"),
    Shot("admin-readiness", f"{TEAM}readiness/"),
    Shot("admin-readiness-booth", f"{TEAM}readiness/booths/B-07"),
    Shot("admin-walk", f"{TEAM}readiness/zones/C", screens=ON_PHONE),
    Shot("admin-walk-en", f"{TEAM}readiness/zones/C", "en", ON_PHONE),
    Shot("admin-walk-booth", f"{TEAM}readiness/zones/C/C-05", screens=ON_PHONE),
    Shot("admin-walk-booth-en", f"{TEAM}readiness/zones/C/C-05", "en", ON_PHONE),
    Shot("admin-milestones", f"{TEAM}readiness/milestones", screens=AT_DESK),
    Shot("admin-delegation-pack", f"{TEAM}delegations/dl-dalian/pack"),
    Shot("admin-delegation-pack-en", f"{TEAM}delegations/dl-dalian/pack", "en", AT_DESK),
    Shot("admin-signs", f"{TEAM}signs?paper=booth-signs&zone=C", screens=AT_DESK),
    Shot("admin-programme", f"{TEAM}programme/"),
    Shot("admin-checkpoint", f"{TEAM}checkin/1"),
    Shot("admin-draw", drawing.CONSOLE),
    Shot("admin-people", f"{TEAM}people/"),
    Shot("admin-history", f"{TEAM}history"),
    Shot("admin-dashboard-en", TEAM, "en"),
    Shot("admin-applications-en", f"{TEAM}applications/", "en", AT_DESK),
    Shot("admin-readiness-en", f"{TEAM}readiness/", "en", AT_DESK),
)
PAPERS = {
    "paper-booth-sign": f"{TEAM}signs.pdf?paper=booth-signs&codes=C-08",
    "paper-zone-board": f"{TEAM}signs.pdf?paper=zone-boards&zone=C",
    "paper-booth-codes": f"{TEAM}signs.pdf?paper=booth-codes&zone=C&a_page=8",
}
FORM = {
    "unit_zh": "辽河饺子铺（演示）",
    "unit_en": "Liaohe Dumplings (demo)",
    "contact_post_zh": "参展联系人",
    "phone": "13800138000",
    "delegation": "dl-shenyang",
    "zone": "B",
    "wishes": "B-09 B-10",
    "trade": "饺子",
    "product_name_0": "煸馅蒸饺",
    "product_price_0": "28",
    "product_name_1": "三鲜冰花煎饺",
    "product_price_1": "32",
    "appliance_name_0": "电蒸柜",
    "appliance_kw_0": "6",
    "appliance_number_0": "1",
    "appliance_name_1": "冷藏展示柜",
    "appliance_kw_1": "0.8",
    "appliance_number_1": "2",
}
TICKED = ("needs_water", "insured", "commitment_signed", "consented")
FILES = {
    "business": "营业执照",
    "food": "食品经营许可证",
    "health": "健康证明",
    "insurance": "公众责任险保单",
}
PARTS = {"unit": 0, "power": 3, "files": 6, "consent": 8}


def main() -> None:
    """Make the fair, take all pictures, say how large they are."""
    if PROGRAM is None or PRINTER is None:
        sys.exit("No Chromium or no pdftoppm on this machine: install Debian's chromium and poppler-utils.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    began = time.time()
    with tempfile.TemporaryDirectory(prefix="eventsite-") as instance:
        os.environ["EVENTSITE_INSTANCE_DIR"] = instance
        with running_clock(), live_site(NAME) as site:
            led = f"--host-resolver-rules=MAP {NAME}:80 127.0.0.1:{site.port}"
            trusted = f"--unsafely-treat-insecure-origin-as-secure={site.url}"
            with chromium(led, trusted) as browser:
                staging.open_for_pictures(site.app)
                _take_all(Stage(site, browser, member(site.app, "organizer")))
    for name, each in SIDE_BY_SIDE.items():
        keep_side_by_side(each, name, width=PHONE["width"], height=PHONE["height"])
    taken = [picture for picture in FOLDER.glob("*.png") if not _is_older(picture, began)]
    size = sum(picture.stat().st_size for picture in taken)
    sys.stdout.write(f"{len(taken)} pictures, {size / 1e6:.2f} MB, in {FOLDER}\n")
    if size > LARGEST:
        sys.exit(f"That is more than {LARGEST / 1e6:.0f} MB.")


def _is_older(picture: Path, began: float) -> bool:
    """Tell whether a picture is of an earlier run and not taken any more; then it goes."""
    older = picture.stat().st_mtime < began
    if older:
        picture.unlink()
    return older


def _take_all(stage: Stage) -> None:
    accepted = staging.accept_exhibitor(stage.site.app, stage.organizer)
    for width in SCREENS:
        _take_public(stage, width)
    _take_application(stage)
    vehicle = staging.vehicle_pass(stage.organizer, "B-02")
    sheet = staging.check_sheet(stage.organizer)
    _take_shots(stage, Shot("pass", vehicle, screens=ON_PHONE))
    _take_team(
        stage,
        *ADMIN,
        Shot("admin-application", staging.half_read(stage.organizer), screens=AT_DESK),
        Shot("admin-import", sheet, screens=AT_DESK),
        Shot("admin-import-en", sheet, "en", AT_DESK),
        Shot("gate", vehicle, screens=ON_PHONE),
        Shot("gate-en", vehicle, "en", ON_PHONE),
    )
    for language in ("zh", "en"):
        _take_plan(stage, language)
    for name, path in PAPERS.items():
        keep_paper(stage.organizer.fetch(path), name)
    _take_placement(stage, accepted.link)


def _take_placement(stage: Stage, link: str) -> None:
    """Take the proposal, then what it led to: an exhibitor's page and pack."""
    proposal = staging.propose_booths(stage.site.app, stage.organizer)
    _take_team(
        stage,
        Shot("admin-placement", f"{TEAM}placement/", screens=AT_DESK),
        Shot("admin-proposal", proposal, screens=AT_DESK),
        Shot("admin-proposal-en", proposal, "en", AT_DESK),
    )
    staging.give_out_booths(stage.organizer, proposal)
    _take_shots(
        stage,
        Shot("application", link, screens=ON_PHONE),
        Shot("application-en", link, "en", ON_PHONE),
        Shot("exhibitor-pack", f"{link}/pack", screens=ON_PHONE),
    )


def _take_public(stage: Stage, width: str) -> None:
    """Take the visitor's pages with three stamps on the card."""
    with _somebody(stage, width) as person:
        for minute, place in enumerate(checkpoint_pages(stage.organizer)[:3]):
            set_clock(f"2025-09-06T13:{40 + 2 * minute}+08:00")
            sign = look_at(stage.organizer, place)
            person.go(sign.path)
            person.send(sign.path, code=sign.digits)
        keep_page(person.page, f"stamped-{width}")
        _take_each(person, PUBLIC, width)


def _take_application(stage: Stage) -> None:
    """Fill in the exhibitor's form on a phone, part by part; hand it in; read what has to be put right."""
    form = f"{HOME}apply/{LATE_CALL}/food"
    with _somebody(stage, "phone") as person:
        page = person.go(form)
        for name, value in FORM.items():
            fill(page.locator(f'[name="{name}"]'), value)
        page.locator('select[name^="q"]').first.select_option(index=1)
        for name in TICKED:
            page.locator(f'[name="{name}"]').check()
        for slot, words in FILES.items():
            file = FilePayload(name=f"{words}（演示）.pdf", mimeType="application/pdf", buffer=pdf())
            page.locator(f'[name="file_{slot}"]').set_input_files(file)
        for part, number in PARTS.items():
            page.locator(".ap-sec").nth(number).evaluate("part => part.scrollIntoView()")
            keep_screen(page, f"form-{part}-phone")
        with page.expect_navigation():
            page.locator('button[value="submit"]').click()
        keep_page(page, "application-submitted-phone")
        own = urlsplit(page.url).path
        staging.return_once(stage.organizer, number_in(page.inner_text("main")))
        keep_page(person.go(own), "application-returned-phone")
        keep_screen(person.go(f"{form}?lang=en"), "form-en-phone")


def _take_plan(stage: Stage, language: str) -> None:
    """Take the plan with a booth that was pulled too near to others, chosen and warned of, and not saved."""
    with _member(stage, "desktop") as person:
        page = person.go(f"{TEAM}market/plan?lang={language}")
        booth = page.locator('.pl-booth[data-code="B-08"]')
        box = booth.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] / 2 + 60, box["y"] + box["height"] / 2, steps=5)
        page.mouse.up()
        expect(page.locator("[data-warns] li").filter(has_text="C-05")).not_to_have_count(0)
        keep_screen(page, f"admin-plan{'-en' if language == 'en' else ''}-desktop")


def _take_shots(stage: Stage, *shots: Shot) -> None:
    """Take pages as somebody whom nobody knows."""
    for width in SCREENS:
        with _somebody(stage, width) as person:
            _take_each(person, shots, width)


def _take_team(stage: Stage, *shots: Shot) -> None:
    """Take pages as an organizer."""
    for width in SCREENS:
        with _member(stage, width) as person:
            _take_each(person, shots, width)


def _take_each(person: Reader, shots: Sequence[Shot], width: str) -> None:
    for shot in shots:
        if width in shot.screens:
            path = urlsplit(shot.path)
            query = "&".join(filter(None, (path.query, f"lang={shot.language}")))
            person.go(f"{path.path}?{query}")
            keep_page(person.page, f"{shot.name}-{width}")


@contextmanager
def _somebody(stage: Stage, width: str) -> Iterator[Reader]:
    """Give somebody a browser; the walks of the tests judge the pages, so here only their width is."""
    with reader(stage.browser, stage.site.url, SCREENS[width], rules=None) as person:
        yield person


@contextmanager
def _member(stage: Stage, width: str) -> Iterator[Reader]:
    with _somebody(stage, width) as person:
        person.sign_in(address("organizer"), password(stage.site.app, "organizer"))
        yield person


if __name__ == "__main__":
    main()
