"""Pages as pictures into `docs/screenshots/`: the demo fair at noon, made by the acts of its people.

`make screenshots` runs this. The pictures are in few colours, so that the folder stays small. They show a
fair whose visitors and draw come out anew each time: passes and entries are random, as they have to be.
"""

import io
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PIL import Image
from playwright.sync_api import Browser, ViewportSize

from tests.browser.site import LiveSite, live_site
from tests.browser.watching import DESK, PHONE, PROGRAM, Reader, chromium, reader
from tests.journeys import drawing
from tests.journeys.people import checkpoint_pages, look_at, member
from tests.support.clocks import running_clock, set_clock
from tests.support.demo_fair import EVENT, address, open_fair, password, tell

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
HOME = f"/e/{EVENT}/"
TEAM = f"/admin/e/{EVENT}/"
TALLEST = 2400
COVER = ("home-phone", "map-phone", "passport-phone")
GAP = 24
COLOURS = 256
LARGEST = 3_000_000


@dataclass(frozen=True)
class Shot:
    """A picture to take: its name, its page, and the language of the reader."""

    name: str
    path: str
    language: str = "zh"


PUBLIC = (
    Shot("home", HOME),
    Shot("map", f"{HOME}map"),
    Shot("zone", f"{HOME}zones/B"),
    Shot("programme", f"{HOME}programme"),
    Shot("passport", f"{HOME}passport"),
    Shot("draw", f"{HOME}draws/{drawing.DRAW}"),
    Shot("agreement", f"{HOME}agreements/ag-luliao"),
    Shot("help", f"{HOME}help"),
    Shot("home-en", HOME, "en"),
)
ADMIN = (
    Shot("admin-dashboard", TEAM),
    Shot("admin-booths", f"{TEAM}market/booths"),
    Shot("admin-booth", f"{TEAM}market/booths/B-01"),
    Shot("admin-programme", f"{TEAM}programme/"),
    Shot("admin-checkpoint", f"{TEAM}checkin/1"),
    Shot("admin-draw", drawing.CONSOLE),
    Shot("admin-people", f"{TEAM}people/"),
    Shot("admin-history", f"{TEAM}history"),
    Shot("admin-dashboard-en", TEAM, "en"),
)


def main() -> None:
    """Make the fair, take all pictures, say how large they are."""
    if PROGRAM is None:
        sys.exit("No Chromium on this machine: install Debian's chromium package.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="eventsite-") as instance:
        os.environ["EVENTSITE_INSTANCE_DIR"] = instance
        with running_clock(), live_site() as site, chromium() as browser:
            _make_fair(site)
            _take_all(browser, site)
    _compose_cover()
    taken = sorted(FOLDER.glob("*.png"))
    size = sum(picture.stat().st_size for picture in taken)
    sys.stdout.write(f"{len(taken)} pictures, {size / 1e6:.2f} MB, in {FOLDER}\n")
    if size > LARGEST:
        sys.exit(f"That is more than {LARGEST / 1e6:.0f} MB.")


def _make_fair(site: LiveSite) -> None:
    open_fair(site.app)
    tell(site.app, "demo", "crowd", EVENT, "--passes", "200")
    drawing.whole_draw(site.app)
    set_clock("2025-09-06T13:40+08:00")
    tell(site.app, "demo", "crowd", EVENT, "--passes", "400")


def _take_all(browser: Browser, site: LiveSite) -> None:
    for width, screen in (("phone", PHONE), ("desktop", DESK)):
        _take_public(browser, site, width, screen)
        with reader(browser, site.url, screen) as organizer:
            organizer.sign_in(address("organizer"), password(site.app, "organizer"))
            for shot in ADMIN:
                _take(organizer, shot, width)


def _take_public(browser: Browser, site: LiveSite, width: str, screen: ViewportSize) -> None:
    """Take the visitor's pages with three stamps on the card."""
    team = member(site.app, "organizer")
    with reader(browser, site.url, screen) as person:
        for minute, place in enumerate(checkpoint_pages(team)[:3]):
            set_clock(f"2025-09-06T13:{40 + 2 * minute}+08:00")
            sign = look_at(team, place)
            person.go(sign.path)
            person.send(sign.path, code=sign.digits)
        _keep(person, f"stamped-{width}")
        for shot in PUBLIC:
            _take(person, shot, width)


def _take(person: Reader, shot: Shot, width: str) -> None:
    person.go(f"{shot.path}?lang={shot.language}")
    _keep(person, f"{shot.name}-{width}")


def _keep(person: Reader, name: str) -> None:
    """Write what the page shows, down to a height, in few colours."""
    screen = person.page.viewport_size
    assert screen is not None
    height = person.page.evaluate("document.documentElement.scrollHeight")
    person.page.set_viewport_size({"width": screen["width"], "height": min(height, TALLEST)})
    data = person.page.screenshot(animations="disabled")
    person.page.set_viewport_size(screen)
    with Image.open(io.BytesIO(data)) as picture:
        few_colours(picture.convert("RGB")).save(FOLDER / f"{name}.png", optimize=True)


def _compose_cover() -> None:
    """Put the first screens of a few pages side by side, for the readme."""
    width, height = PHONE["width"], PHONE["height"]
    cover = Image.new("RGB", (len(COVER) * (width + GAP) - GAP, height), "white")
    for place, name in enumerate(COVER):
        with Image.open(FOLDER / f"{name}.png") as picture:
            cover.paste(picture.convert("RGB").crop((0, 0, width, height)), (place * (width + GAP), 0))
    few_colours(cover).save(FOLDER / "cover.png", optimize=True)


def few_colours(picture: Image.Image) -> Image.Image:
    """Return the picture in its own commonest colours; the rest, mostly edges of letters, take the next."""
    seen = sorted(picture.getcolors(picture.width * picture.height) or [], reverse=True)
    palette = Image.new("P", (1, 1))
    palette.putpalette(
        [part for _, colour in seen[:COLOURS] for part in cast("tuple[int, int, int]", colour)]
    )
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main()
