"""What scheduling works out in the background: a programme of 300 items, in seconds."""

import random
from collections.abc import Callable, Iterator
from statistics import median

from bench.entries import Stage
from bench.figures import Miscounted, Row
from eventsite.scheduling.core.values import Act, Task
from eventsite.scheduling.solving import propose

ITEMS, STAGES, CITIES, TROUPES = 300, 8, 14, 90
SECONDS = 7.5
GENRES = ("dance", "opera", "song", "shadow_play", "acrobatics", "folk_music", "martial_arts")
HOUR = 60


def schedule(stage: Stage) -> Iterator[Row]:
    """Propose a programme of 300 items on 8 stages in 2 days; the gap of the last run stands in the name."""
    task = full()
    runs = [propose(task, seconds=SECONDS) for _ in range(3 if stage.pairs > 5 else 1)]
    last = runs[-1]
    if any(run.left for run in runs):
        raise Miscounted(f"{last.left_out} items found no place")
    proof = "optimal" if last.is_optimal else f"cost {last.cost}, bound {last.least_cost}, gap {last.gap:.0%}"
    name = f"timetable of {ITEMS} items on {STAGES} stages in 2 days, seconds ({proof})"
    yield Row(name=name, ratios=[median(run.seconds for run in runs)], must=10, aim=8, at_most=True)


def full() -> Task:
    """Return two days that are nearly full: troupes with their times, units, shared things, set-up, ways."""
    rng = random.Random(7)
    troupes = [f"t{n}" for n in range(TROUPES)]
    days = ((9 * HOUR, 19 * HOUR), (39 * HOUR, 50 * HOUR))  # the second one runs to two in the morning
    windows = {
        troupe: (((9 + rng.randrange(4)) * HOUR, 19 * HOUR), (39 * HOUR, (45 + rng.randrange(6)) * HOUR))
        for troupe in troupes[::3]
    }
    acts = tuple(_act(number, rng) for number in range(ITEMS))
    stages = tuple(f"S{n}" for n in range(1, STAGES + 1))
    things = {"drum": 2, "mics": 6}
    return Task(acts=acts, days=days, stages=stages, windows=windows, things=things)


def _act(number: int, rng: random.Random) -> Act:
    troupe = rng.randrange(TROUPES)
    return Act(
        ref=f"i{number:03}",
        minutes=rng.choice((10, 15, 20, 25, 30, 40)),
        setup=rng.choice((0, 5, 5, 10)),
        teardown=rng.choice((0, 5)),
        walk=rng.choice((0, 10, 15)),
        troupe=f"t{troupe}",
        city=f"c{troupe % CITIES}",
        genre=GENRES[troupe % len(GENRES)],
        unit=f"u{number // 2}" if number < 40 else "",
        uses=(("drum", 1),) if number % 9 == 0 else (("mics", 2),) if number % 5 == 0 else (),
    )


ENTRIES: dict[str, Callable[[Stage], Iterator[Row]]] = {"schedule": schedule}
