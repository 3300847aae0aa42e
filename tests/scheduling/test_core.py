"""The arithmetic of timetables, without a database or a solver."""

from typing import Any

from eventsite.scheduling.core.blocks import Ground, blocks_of
from eventsite.scheduling.core.bounds import least_left
from eventsite.scheduling.core.judging import Tally, offenders, tally
from eventsite.scheduling.core.packing import (
    pack_outcome,
    pack_request,
    pack_task,
    unpack_outcome,
    unpack_request,
    unpack_task,
)
from eventsite.scheduling.core.ranges import holes, merged, shrunk
from eventsite.scheduling.core.relaxing import ways_out
from eventsite.scheduling.core.starting import all_starts, first_fit, improved, spots_of_acts
from eventsite.scheduling.core.values import (
    Act,
    Left,
    Outcome,
    Relax,
    Request,
    Rule,
    Spot,
    Task,
    Way,
    Wishes,
)

NINE, TEN, NOON = 540, 600, 720
MORNING = ((NINE, TEN),)


def an_act(ref: str, minutes: int = 20, **given: Any) -> Act:
    return Act(ref=ref, minutes=minutes, **given)


def a_task(*acts: Act, **given: Any) -> Task:
    """Return a task of one stage that is open from nine to ten."""
    defaults: dict[str, Any] = {"days": MORNING, "stages": ("S1",), "wishes": Wishes(rest=0)}
    return Task(acts=acts, **{**defaults, **given})


def standing(ref: str, start: int, minutes: int = 20, *, stage: str = "S1", **given: Any) -> Act:
    return an_act(ref, minutes, at=Spot(stage=stage, start=start), free=False, **given)


def starts(task: Task, stage: str = "S1") -> list[int]:
    return Ground(task).free_starts(blocks_of(task)[0], stage)


def ways(task: Task) -> tuple[Way, ...]:
    """Return what the one act needs that finds no place by itself."""
    ground, blocks = Ground(task), blocks_of(task)
    spots = first_fit(ground, blocks, all_starts(ground, blocks))
    (left,) = ways_out(ground, blocks, spots, [block for block in blocks if block.key not in spots])
    return left.ways


def test_ranges_are_summed() -> None:
    assert merged([(5, 9), (1, 3), (3, 4), (8, 12)]) == [(1, 4), (5, 12)]
    assert holes([(0, 10), (20, 30)], [(2, 4), (8, 22), (30, 40), (6, 6)]) == [(0, 2), (4, 8), (22, 30)]
    assert shrunk([(0, 10), (20, 23)], -2, 3) == [(2, 8)]


def test_starts_keep_to_the_hours_and_to_what_stands_with_set_up_and_tear_down() -> None:
    task = a_task(an_act("a", setup=5, teardown=5), standing("b", NINE + 30, 5, setup=5))
    assert starts(task) == [NINE, NINE + 40]
    assert starts(a_task(an_act("a", 60))) == [NINE]
    assert starts(a_task(an_act("a", 61))) == []


def test_starts_lie_within_the_times_of_the_troupe() -> None:
    task = a_task(an_act("a", troupe="t", setup=5), windows={"t": ((NINE + 10, NINE + 40),)})
    assert starts(task) == [NINE + 15, NINE + 20]


def test_a_troupe_needs_its_way_and_its_rest_between_stages() -> None:
    other = standing("b", NINE, 10, stage="S2", troupe="t", walk=15)
    assert starts(a_task(an_act("a", troupe="t"), other))[0] == NINE + 25
    rested = a_task(an_act("a", troupe="t"), other, wishes=Wishes(rest=30))
    assert starts(rested) == [NINE + 40]


def test_a_shared_thing_is_there_once() -> None:
    other = standing("b", NINE, 30, stage="S2", uses=(("drum", 1),))
    task = a_task(an_act("a", uses=(("drum", 1),)), other, things={"drum": 1})
    assert starts(task) == [NINE + 30, NINE + 35, NINE + 40]
    assert len(starts(a_task(*task.acts, things={"drum": 2}))) == 9


def test_a_night_past_midnight_is_one_evening() -> None:
    assert starts(a_task(an_act("a", 60), days=((1380, 1500),)))[-1] == 1440


def test_parts_of_a_unit_are_one_block_in_their_order() -> None:
    task = a_task(an_act("a", 18, unit="u"), an_act("b", 10, unit="u", setup=4))
    (block,) = blocks_of(task)
    assert block.refs == ("a", "b")
    assert block.spots("S1", NINE) == {
        "a": Spot(stage="S1", start=NINE),
        "b": Spot(stage="S1", start=NINE + 25),
    }


def test_a_part_whose_partner_stands_comes_right_beside_it() -> None:
    task = a_task(
        an_act("a", 10, unit="u"),
        standing("b", NINE + 20, 10, unit="u", stage="S2"),
        stages=("S1", "S2"),
    )
    assert blocks_of(task)[0].stages == ("S2",)
    assert starts(task, "S2") == [NINE + 10, NINE + 30]


def test_a_timetable_is_judged_by_what_people_would_see() -> None:
    task = a_task(
        an_act("a", city="dl", genre="dance"),
        an_act("b", city="dl", genre="song"),
        an_act("c", city="sy", genre="song"),
        an_act("d", at=Spot(stage="S1", start=NINE)),
        days=((NINE, NOON),),
        stages=("S1", "S2"),
        wishes=Wishes(rest=0),
    )
    spots = {
        "a": Spot(stage="S1", start=NINE),
        "b": Spot(stage="S1", start=NINE + 20),
        "c": Spot(stage="S1", start=NINE + 55),
    }
    assert tally(task, spots) == Tally(left=1, moved=0, cities=1, genres=0, crowded=1, full=1 + 1)
    assert offenders(task, spots)[:2] == ["a", "b"]


def test_parts_of_a_unit_follow_each_other_by_right() -> None:
    task = a_task(an_act("a", city="dl", unit="u"), an_act("b", city="dl", unit="u"))
    (block,) = blocks_of(task)
    assert tally(task, block.spots("S1", NINE)).cities == 0


def test_the_first_fit_keeps_cities_apart() -> None:
    acts = [an_act(f"{city}{n}", 10, city=city) for n in range(4) for city in ("dl", "sy")]
    task = a_task(*acts, days=((NINE, NOON),))
    ground, blocks = Ground(task), blocks_of(task)
    free = all_starts(ground, blocks)
    spots = improved(ground, blocks, free, first_fit(ground, blocks, free))
    assert tally(task, spots_of_acts(blocks, spots)).cities == 0


def test_what_cannot_fit_is_counted() -> None:
    task = a_task(an_act("a", 30), an_act("b", 20), an_act("c", 20), an_act("long", 90))
    ground, blocks = Ground(task), blocks_of(task)
    assert least_left(ground, blocks, all_starts(ground, blocks)) == 2


def test_the_troupe_would_have_to_be_there_longer() -> None:
    task = a_task(an_act("a", 30, troupe="t"), windows={"t": ((NINE, NINE + 20),)})
    assert ways(task)[0] == Way(
        spot=Spot(stage="S1", start=NINE),
        relaxes=(Relax(rule=Rule.AVAILABILITY, minutes=10, what="t", until=NINE + 30),),
    )


def test_the_stage_would_have_to_be_open_longer() -> None:
    task = a_task(an_act("a", 50), standing("b", NINE, 30))
    assert Way(
        spot=Spot(stage="S1", start=NINE + 30),
        relaxes=(Relax(rule=Rule.HOURS, minutes=20, what="S1", until=TEN + 20),),
    ) in ways(task)


def test_the_stage_would_have_to_be_free_longer() -> None:
    task = a_task(an_act("a", 20), standing("b", NINE + 15, 45))
    assert (Relax(rule=Rule.STAGE, minutes=5, what="S1"),) in [way.relaxes for way in ways(task)]


def test_the_troupe_would_have_to_rest_less() -> None:
    other = standing("b", NINE, 20, stage="S2", troupe="t")
    task = a_task(an_act("a", 30, troupe="t"), other, wishes=Wishes(rest=30))
    assert Way(
        spot=Spot(stage="S1", start=NINE + 30),
        relaxes=(Relax(rule=Rule.REST, minutes=20, what="t"),),
    ) in ways(task)


def test_there_would_have_to_be_one_more_of_a_thing() -> None:
    other = standing("b", NINE, 60, stage="S2", uses=(("drum", 1),))
    task = a_task(an_act("a", 60, uses=(("drum", 1),)), other, things={"drum": 1})
    assert ways(task)[0].relaxes == (Relax(rule=Rule.THING, minutes=1, what="drum"),)


def test_a_troupe_is_never_in_two_places() -> None:
    other = standing("b", NINE - 200, 600, stage="S2", troupe="t")
    assert ways(a_task(an_act("a", troupe="t"), other)) == ()


def test_what_is_packed_is_unpacked_alike() -> None:
    task = a_task(
        an_act("a", troupe="t", uses=(("drum", 1),), stages=("S1",)),
        standing("b", NINE),
        windows={"t": ((NINE, TEN),)},
        things={"drum": 2},
    )
    assert unpack_task(pack_task(task)) == task
    way = Way(spot=Spot(stage="S1", start=NINE), relaxes=(Relax(rule=Rule.REST, minutes=5, what="t"),))
    outcome = Outcome(
        spots={"a": Spot(stage="S1", start=NINE)},
        left=(Left(refs=("c",), ways=(way,)),),
        cost=4,
        least_left=1,
        least_cost=2,
    )
    assert unpack_outcome(pack_outcome(outcome)) == outcome
    assert outcome.gap == 0.5
    request = Request(wishes=Wishes(rest=10), stages=("S1", "S2"), replace=True)
    assert unpack_request(pack_request(request)) == request
