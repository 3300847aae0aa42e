"""What the market works out in the background: rows in seconds, against what its users were promised."""

import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from bench.entries import Stage
from bench.figures import Row
from eventsite.kernel.boxes import Box
from eventsite.placement.core.values import Apart, Circuit, Place, Task, Unit
from eventsite.placement.solving import propose
from eventsite.printing.codes import Code
from eventsite.printing.typesetting import compile_pdf

ZONES = ("A", "B", "C", "D", "E", "F")
CATEGORIES = ("food", "heritage", "folk", "creative", "wellness", "service")
BOOTHS, EXHIBITORS = 75, 83  # in each zone: 450 booths for 498 exhibitors, and two more in the last
LOADS = (5, 10, 15, 20, 30)  # tenths of a kW
SECONDS = 8.0
SIGNS = 500


def placement(stage: Stage) -> Iterator[Row]:
    """Propose a placement of 500 exhibitors on 450 booths; the gap of the last run stands in the name."""
    task = crowded()
    runs = [propose(task, seconds=SECONDS) for _ in range(3 if stage.pairs > 5 else 1)]
    last = runs[-1]
    proof = "optimal" if last.is_optimal else f"gap {last.gap:.1%}"
    name = f"placement of 500 on 450 booths, seconds ({len(last.spots)} placed, {proof})"
    yield Row(name=name, ratios=[median(run.seconds for run in runs)], must=10, aim=5, at_most=True)


def crowded() -> Task:
    """Return more exhibitors than booths, with wishes, rivals, delegations, flames and circuits."""
    numbers = iter(range(500))
    units = [_unit(number, zone) for zone in range(len(ZONES)) for number in _take(numbers, zone)]
    places = [_place(zone, number) for zone in range(len(ZONES)) for number in range(BOOTHS)]
    circuits = sorted({str(place.circuit) for place in places})
    return Task(
        units=tuple(units),
        places=tuple(places),
        circuits=tuple(Circuit(code=code, room=350) for code in circuits),
        apart=(Apart(one="flame", other="heritage", gap=60),),
    )


def _take(numbers: Iterator[int], zone: int) -> list[int]:
    count = EXHIBITORS + (2 if zone == len(ZONES) - 1 else 0)
    return [number for number, _ in zip(numbers, range(count), strict=False)]


def _unit(number: int, zone: int) -> Unit:
    step = (number * 7919) % 104_729  # a scatter that is the same on every machine
    return Unit(
        ref=f"ap-{number}",
        name=f"Exhibitor {number}",
        category=CATEGORIES[zone],
        wishes=tuple(f"{ZONES[zone]}-{(step * prime) % BOOTHS:03}" for prime in (3, 5, 7)),
        delegation=f"dl-{step % 14}",
        trade=f"{zone}-{step % 30}",
        load=LOADS[step % len(LOADS)],
        flame=zone == 0 and step % 5 == 0,
    )


def _place(zone: int, number: int) -> Place:
    box = Box(x=zone * 2000 + number % 10 * 70, y=number // 10 * 140, w=60, h=60)
    return Place(
        code=f"{ZONES[zone]}-{number:03}",
        zone=ZONES[zone],
        category=CATEGORIES[zone],
        box=box,
        circuit=f"{ZONES[zone]}{number // 15}",
    )


def signs(stage: Stage) -> Iterator[Row]:
    """Print 500 booth signs, each with its own code, as one PDF."""
    mark = {"code": "A", "zh": "玩得乐呵", "en": "Merry Play", "color": "#C8102E"}
    shared = {"zone": mark, "demo": True}
    fair = {"zh": "辽宁文旅市集", "en": "Liaoning market"}
    words = {"booth": {"zh": "扫码了解本展位", "en": "Scan for more about this booth"}}
    records = [{**shared, **_sign(number)} for number in range(SIGNS)]
    data = {"title": "signs", "fair": fair, "signs": records, "words": words}
    runs = []
    for _ in range(3 if stage.pairs > 5 else 1):
        began = time.monotonic()
        compile_pdf("booths", data)
        runs.append(time.monotonic() - began)
    name = f"{SIGNS} booth signs as one PDF, seconds"
    yield Row(name=name, ratios=[median(runs)], must=15, aim=8, at_most=True)


def _sign(number: int) -> dict[str, Any]:
    path = f"shanhai.example/e/jinan-2025/booths/A-{number:03}"
    return {
        "code": f"A-{number:03}",
        "zh": f"沈阳特色鸡架派送点{number}",
        "en": f"Signature chicken-frame giveaway {number}",
        "holder": {"zh": "沈阳", "en": "Shenyang"},
        "category": {"zh": "美食", "en": "Food"},
        "drawing": Code(f"https://{path}"),
        "address": path,
    }


ENTRIES: dict[str, Callable[[Stage], Iterator[Row]]] = {"placement": placement, "signs": signs}
