"""The solver against what a person can check, and its timetables against the rules of the programme."""

import random
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

import pytest

from eventsite.kernel.ranges import TimeRange
from eventsite.programme.core.clashes import Rules, find_clashes
from eventsite.programme.core.values import Act as Troupe
from eventsite.programme.core.values import Item, Programme, Use, lasting_uuid
from eventsite.programme.enums import ResourceKind
from eventsite.scheduling.core.judging import placed, worth
from eventsite.scheduling.core.values import Act, Outcome, Spot, Task, Wishes
from eventsite.scheduling.solving import propose
from tests.scheduling.test_core import NINE, TEN, a_task, an_act, standing
from tests.support.factories_programme import MIDNIGHT, a_day, a_place, a_programme, an_item

HOUR = 60


def as_programme(task: Task, outcome: Outcome) -> Programme:
    """Return a timetable as the programme that it would become."""
    return a_programme(
        *(_item(one.act, one.spot, task) for one in placed(task, outcome.spots)),
        days=tuple(
            a_day(number, hours=TimeRange(_at(begin), _at(end)))
            for number, (begin, end) in enumerate(task.days)
        ),
        stages=tuple(a_place(code) for code in task.stages),
    )


def _item(act: Act, spot: Spot, task: Task) -> Item:
    troupe = Troupe(ref=act.troupe, uuid=lasting_uuid("x", "troupe", act.troupe), name_zh="团", name_en="T")
    return an_item(
        act.ref,
        stage=spot.stage,
        slot=TimeRange(_at(spot.start), _at(spot.start + act.minutes)),
        troupe=troupe if act.troupe else None,
        setup=act.setup,
        teardown=act.teardown,
        walk=act.walk,
        unit=act.unit or None,
        uses=tuple(
            Use(
                ref=ref,
                kind=ResourceKind.PROP,
                name_zh=ref,
                name_en=ref,
                amount=amount,
                quantity=task.things[ref],
            )
            for ref, amount in act.uses
        ),
    )


def _at(minute: int) -> datetime:
    return MIDNIGHT + timedelta(minutes=minute)


def clashes(task: Task, outcome: Outcome) -> list[tuple[str, tuple[str, ...]]]:
    windows = {
        ref: [TimeRange(_at(begin), _at(end)) for begin, end in ranges]
        for ref, ranges in task.windows.items()
    }
    found = find_clashes(as_programme(task, outcome), Rules(windows=windows))
    return [(clash.rule.value, clash.refs) for clash in found]


def a_fair(seed: int, items: int = 24) -> Task:
    """Return a small fair that is a little too full: units, troupes with times, things, a fixed point."""
    rng = random.Random(seed)
    acts = [
        Act(
            ref=f"i{number}",
            minutes=rng.choice((10, 15, 18, 30)),
            setup=rng.choice((0, 5, 7)),
            teardown=rng.choice((0, 5)),
            walk=rng.choice((0, 10)),
            troupe=f"t{number % 7}",
            city=f"c{number % 4}",
            genre=f"g{number % 3}",
            unit=f"u{number // 2}" if number < 6 else "",
            uses=(("drum", 1),) if number % 4 == 0 else (),
        )
        for number in range(items)
    ]
    acts += [standing("fixed", 11 * HOUR, 40, stage="S2"), standing("break", 12 * HOUR, 30)]
    return Task(
        acts=tuple(acts),
        days=((9 * HOUR, 13 * HOUR), (46 * HOUR, 49 * HOUR)),
        stages=("S1", "S2"),
        windows={"t1": ((9 * HOUR, 11 * HOUR),), "t2": ((47 * HOUR, 49 * HOUR),)},
        things={"drum": 1},
        wishes=Wishes(rest=20),
    )


@pytest.mark.parametrize("seed", range(4))
def test_no_timetable_has_a_clash_of_any_rule(seed: int) -> None:
    task = a_fair(seed)
    outcome = propose(task, seconds=1)
    assert clashes(task, outcome) == []
    assert all(spot.start % 5 == 0 for spot in outcome.spots.values())
    assert len(outcome.spots) + outcome.left_out == 24
    assert outcome.least_left <= outcome.left_out
    assert outcome.least_cost <= outcome.cost


def test_troupes_rest_between_their_items() -> None:
    task = a_fair(1)
    by_troupe: dict[str, list[tuple[int, int, str]]] = {}
    for one in placed(task, propose(task, seconds=1).spots):
        by_troupe.setdefault(one.act.troupe or one.act.ref, []).append((*one.taken, one.act.unit))
    pauses = [
        after[0] - one[1]
        for own in by_troupe.values()
        for one, after in zip(sorted(own), sorted(own)[1:], strict=False)
        if not (one[2] and one[2] == after[2])
    ]
    assert min(pauses) >= 20


def test_the_same_task_gives_the_same_timetable() -> None:
    task = a_fair(2, items=16)
    once, again = propose(task, seconds=20), propose(task, seconds=20)
    assert once.again
    assert once == again


@pytest.mark.parametrize("seed", range(3))
def test_the_optimum_is_what_trying_everything_finds(seed: int) -> None:
    rng = random.Random(seed)
    acts = [
        an_act(f"a{n}", 20, city=rng.choice(("dl", "sy")), genre=rng.choice(("song", "dance")))
        for n in range(4)
    ]
    task = a_task(*acts, stages=("S1", "S2"), wishes=Wishes(rest=0, step=20))
    spots = [Spot(stage=stage, start=start) for stage in task.stages for start in range(NINE, TEN, 20)]
    best = min(
        worth(task, dict(zip([act.ref for act in acts], chosen, strict=True)))
        for chosen in product(spots, repeat=4)
        if len(set(chosen)) == 4
    )
    outcome = propose(task, seconds=10)
    assert (outcome.left_out, outcome.cost) == best
    assert outcome.is_optimal


def test_who_finds_no_place_is_named_with_what_would_help_and_proved() -> None:
    task = a_task(an_act("a", 40), an_act("b", 40), wishes=Wishes(rest=0))
    outcome = propose(task, seconds=5)
    assert outcome.left_out == outcome.least_left == 1
    assert outcome.left[0].ways[0].minutes == 20


def test_what_has_a_place_stays_unless_moving_helps() -> None:
    was = Spot(stage="S1", start=NINE + 20)
    task = a_task(an_act("a", at=was), an_act("b"), days=((NINE, TEN + 60),))
    assert propose(task, seconds=5).spots["a"] == was


def test_nobody_to_place_is_an_answer() -> None:
    outcome = propose(a_task(standing("a", NINE)), seconds=1)
    assert (outcome.spots, outcome.left, outcome.is_optimal) == ({}, (), True)


def test_a_proposal_that_nobody_wants_any_more_stops() -> None:
    task = replace(a_fair(3), wishes=Wishes(rest=20))
    assert propose(task, seconds=30, wanted=lambda: False).seconds < 5
