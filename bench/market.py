"""What the market works out in the background: rows in seconds, against what its users were promised."""

from collections.abc import Callable, Iterator
from statistics import median

from bench.entries import Stage
from bench.figures import Row
from eventsite.kernel.boxes import Box
from eventsite.placement.core.values import Apart, Circuit, Place, Task, Unit
from eventsite.placement.solving import propose

ZONES = ("A", "B", "C", "D", "E", "F")
CATEGORIES = ("food", "heritage", "folk", "creative", "wellness", "service")
BOOTHS, EXHIBITORS = 75, 83  # in each zone: 450 booths for 498 exhibitors, and two more in the last
LOADS = (5, 10, 15, 20, 30)  # tenths of a kW
SECONDS = 8.0


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


ENTRIES: dict[str, Callable[[Stage], Iterator[Row]]] = {"placement": placement}
