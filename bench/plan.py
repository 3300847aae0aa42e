"""The plan's editor in a real Chromium: what its page weighs on the wire, how smoothly a booth is dragged."""

import asyncio
import json
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from importlib.util import find_spec
from itertools import pairwise
from statistics import quantiles
from typing import Any

from flask_security import hash_password

from bench.entries import Stage
from bench.figures import Miscounted, Row, Skipped
from bench.product import Fair, site
from eventsite.accounts.core import system
from eventsite.admin.people.operations import DemoAccount, make_demo_accounts
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.events.operations.zones import create_zone
from eventsite.events.queries import find_venue, get_event, list_zones
from eventsite.kernel.clock import machine_now
from eventsite.market.core import Change, Kind, Op
from eventsite.market.core.facts import FACTS
from eventsite.market.operations import save_plan
from eventsite.market.queries import list_booths

BOOTHS, ACROSS = 500, 40
GROUND = (3200.0, 2600.0)
HALL = (0.0, 900.0, 3200.0, 1700.0)
DRAGGED = "Z-180"
STEPS, EVERY = 300, 1 / 60  # of the mouse in one drag; seconds from one to the next
CLOSER = 3  # presses of the button that makes the plan larger
TRACED = ["disabled-by-default-devtools.timeline.frame", "devtools.timeline", "cc"]


def plan(stage: Stage) -> Iterator[Row]:
    """Open the plan of 500 booths, drag one about, and read the frames from Chromium's own trace."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None or find_spec("playwright") is None:
        raise Skipped("needs Chromium and the wheel playwright")
    fair, _server = stage.site("plan")
    weight, frames = asyncio.run(measured(program, fair, crowd(fair), runs=3 if stage.pairs > 5 else 1))
    name = f"plan page of {BOOTHS} booths, KB on the wire"
    yield Row(name=name, ratios=[weight], must=150, aim=120, at_most=True)
    for place, runs in frames.items():
        slow = [quantiles(run, n=20)[-1] for run in runs]
        name = f"dragging one of {BOOTHS} booths, {place}, ms a frame at p95"
        yield Row(name=name, ratios=slow, must=33, aim=20, at_most=True)


async def measured(
    program: str, fair: Fair, organizer: DemoAccount, *, runs: int
) -> tuple[float, dict[str, list[list[float]]]]:
    """Return the kilobytes of the page, and the frames of drags over the whole plan and near by."""
    from playwright.async_api import async_playwright  # noqa: PLC0415  absent without the test wheels

    origin = f"http://127.0.0.1:{fair.port}"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        page = await browser.new_page(viewport={"width": 1440, "height": 900})
        await sign_in(page, origin, organizer)
        weight = await load(page, f"{origin}/admin/e/{fair.slug}/market/plan")
        frames = {"the whole in sight": [await drag(browser, page) for _ in range(runs)]}
        for _ in range(CLOSER):
            await page.click('[data-act="larger"]')
        frames["near by"] = [await drag(browser, page) for _ in range(runs)]
        await browser.close()
    return weight, frames


def crowd(fair: Fair) -> DemoAccount:
    """Bring the fair to 500 booths by one save of the plan, and return somebody who organizes it."""
    with site(fair.settings):
        event = get_event(fair.slug)
        with atomic():
            venue = find_venue(event)
            if venue:
                venue.map_w, venue.map_h = GROUND
        x, y, w, h = HALL
        model = list_zones(event)[0].facts
        hall = replace(model, code="Z", order=9, map_x=x, map_y=y, map_w=w, map_h=h)
        create_zone(system("bench"), event, hall)
        save_plan(system("bench"), event, list(more_booths(event)))
        if len(list_booths(event)) != BOOTHS:
            raise Miscounted(f"{len(list_booths(event))} booths")
        made = make_demo_accounts(system("bench"), event, now=machine_now(), hash_password=hash_password)
        return next(account for account in made if account.email.startswith("organizer@"))


def more_booths(event: Event) -> Iterator[Change]:
    """Yield booths in rows across the hall: food, heritage, folk arts, and some with flames."""
    there = list_booths(event)
    told = asdict(there[0].facts)
    model = {name: told[name] for name in FACTS[Kind.BOOTH]}
    for nth in range(BOOTHS - len(there)):
        category = "food" if nth % 3 == 0 else "heritage" if nth % 5 == 0 else "folk"
        own = {
            "code": f"Z-{nth + 1:03}",
            "zone": "Z",
            "circuit": None,
            "category": category,
            "open_flame": nth % 50 == 0,
            "map_x": 20.0 + nth % ACROSS * 78,
            "map_y": 960.0 + nth // ACROSS * 120,
            "map_w": 62.0,
            "map_h": 90.0,
        }
        key = f"bt-{secrets.token_hex(8)}"
        yield Change(kind=Kind.BOOTH, op=Op.CREATE, key=key, version=0, facts={**model, **own})


async def sign_in(page: Any, origin: str, organizer: DemoAccount) -> None:
    """Sign in by the form, as a person does."""
    await page.goto(f"{origin}/admin/login")
    await page.fill('input[name="email"]', organizer.email)
    await page.fill('input[name="password"]', organizer.password)
    async with page.expect_navigation():
        await page.click('form[action$="/admin/login"] button[type=submit]')


async def load(page: Any, address: str) -> float:
    """Open the plan with nothing kept, and return the kilobytes of all answers as they came over the wire."""
    wire = await page.context.new_cdp_session(page)
    await wire.send("Network.enable")
    await wire.send("Network.clearBrowserCache")
    received: list[float] = []
    wire.on("Network.loadingFinished", lambda told: received.append(told["encodedDataLength"]))
    await page.goto(address)
    await page.locator(".pl-booth").nth(BOOTHS - 1).wait_for()
    await page.wait_for_load_state("networkidle")
    await wire.detach()
    return sum(received) / 1000


async def drag(browser: Any, page: Any) -> list[float]:
    """Drag a booth through its neighbours, and return how many ms there were from frame to frame.

    The mouse moves by the clock, whether or not the page keeps up.
    """
    box = await page.locator(f'.pl-booth[data-code="{DRAGGED}"]').bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 10, y)
    await browser.start_tracing(page=page, categories=TRACED)
    moves = []
    for step in range(STEPS):
        moves.append(asyncio.ensure_future(page.mouse.move(x + 10 + step % 120, y + step % 60)))
        await asyncio.sleep(EVERY)
    await asyncio.gather(*moves)
    told = json.loads(await browser.stop_tracing())
    await page.keyboard.press("Escape")
    await page.mouse.up()
    drawn = sorted(one["ts"] for one in told["traceEvents"] if one["name"] == "DrawFrame")
    if len(drawn) < STEPS / 4:
        raise Miscounted(f"{len(drawn)} frames for {STEPS} steps of the mouse")
    return [(later - earlier) / 1000 for earlier, later in pairwise(drawn)]


ENTRIES: dict[str, Callable[[Stage], Iterator[Row]]] = {"plan": plan}
