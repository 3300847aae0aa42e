"""The solver against what a person can check by trying all arrangements."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventsite.placement.core.grounds import survey
from eventsite.placement.core.judging import broken, worth
from eventsite.placement.core.values import Apart, Circuit, Demand, Task
from eventsite.placement.solving import propose
from tests.placement.test_core import ROW, place, task, unit


def worths_by_trying(asked: Task) -> list[int]:
    """Return what the arrangements are worth that place everybody and break nothing."""
    ground = survey(asked)
    found = []
    for codes in permutations(ground.places, len(asked.units)):
        spots = {one.ref: (code,) for one, code in zip(asked.units, codes, strict=True)}
        if not broken(asked, ground, spots):
            found.append(worth(asked, ground, spots))
    return found


def best_by_trying(asked: Task) -> int:
    return max(worths_by_trying(asked))


@pytest.mark.parametrize("seed", range(6))
def test_the_optimum_is_what_trying_everything_finds(seed: int) -> None:
    wishes = [ROW[(seed * step + step) % 4].code for step in (1, 2, 3)]
    asked = task(
        unit("a", wishes=tuple(wishes[:2]), trade="tea", near="b"),
        unit("b", wishes=tuple(wishes[1:]), trade="tea" if seed % 2 else "", delegation="dl"),
        unit("c", wishes=(wishes[2],), delegation="dl", load=20),
        places=(
            *(place(p.code, x=p.box.x, circuit="c" if p.code < "B-3" else None) for p in ROW),
            place("B-5", x=900),
        ),
        circuits=(Circuit(code="c", room=20),),
    )
    outcome = propose(asked, seconds=5)
    assert (outcome.broken, outcome.worth) == ((), best_by_trying(asked))
    assert outcome.is_optimal
    assert outcome.best_worth == outcome.worth


@settings(max_examples=25, deadline=None)
@given(
    loads=st.lists(st.integers(0, 30), min_size=1, max_size=4),
    zones=st.tuples(st.integers(-5, 60), st.integers(0, 60)),
    circuit=st.integers(0, 60),
    wishes=st.permutations(["B-1", "B-2", "C-1", "C-2"]),
)
def test_limits_of_circuits_and_zones_hold_at_once(
    loads: list[int], zones: tuple[int, int], circuit: int, wishes: list[str]
) -> None:
    asked = task(
        *(unit(f"u{n}", load=load, wishes=tuple(wishes[n:])) for n, load in enumerate(loads)),
        places=(
            place("B-1", x=0, circuit="q"),
            place("B-2", x=70, circuit="q"),
            place("C-1", x=500, circuit="q"),
            place("C-2", x=570),
        ),
        circuits=(
            Circuit(code="q", room=circuit),
            *(Circuit(code=code, room=room, of_zone=True) for code, room in zip("BC", zones, strict=True)),
        ),
    )

    outcome = propose(asked, seconds=5)

    assert {found.demand for found in outcome.broken} <= {Demand.PLACE}
    assert outcome.is_optimal
    everybody = worths_by_trying(asked)
    assert bool(everybody) == (not outcome.broken)
    if everybody:
        assert outcome.worth == max(everybody)


def test_a_zone_over_its_limit_is_named_when_demands_are_relaxed() -> None:
    asked = task(unit("a", load=15), unit("b", load=15), circuits=(Circuit(code="B", room=20, of_zone=True),))
    relaxed = propose(asked, seconds=5, relax=True)
    assert [(found.demand, found.zone, found.by) for found in relaxed.broken] == [(Demand.POWER, "B", 10)]


def test_who_finds_no_place_is_named_and_proved() -> None:
    outcome = propose(task(*(unit(f"u{n}") for n in range(6))), seconds=5)
    assert [found.demand for found in outcome.broken] == [Demand.PLACE, Demand.PLACE]
    assert outcome.least_broken == 2
    assert outcome.is_optimal


def test_relaxing_breaks_as_little_as_possible() -> None:
    places = (*ROW[:2], place("C-1", x=400, category="heritage"))
    asked = task(unit("a", load=30), unit("b", load=5), unit("c", load=5), places=places)
    kept = propose(asked, seconds=5)
    assert [found.demand for found in kept.broken] == [Demand.PLACE]
    relaxed = propose(asked, seconds=5, relax=True)
    assert len(relaxed.spots) == 3
    assert [found.demand for found in relaxed.broken] == [Demand.CATEGORY]
    assert relaxed.is_optimal


def test_a_flame_keeps_its_distance_from_paper() -> None:
    places = (place("B-1", x=0), place("B-2", x=500), place("C-1", x=110, category="heritage"))
    asked = task(
        unit("flame", flame=True, wishes=("B-1",)),
        unit("paper", category="heritage"),
        places=places,
        apart=(Apart(one="flame", other="heritage", gap=60),),
    )
    outcome = propose(asked, seconds=5)
    assert outcome.spots == {"flame": ("B-2",), "paper": ("C-1",)}


def test_doubles_and_what_stands_already_share_the_ground() -> None:
    asked = task(unit("d", places=2), unit("old", fixed=("B-2",)), unit("new"))
    outcome = propose(asked, seconds=5)
    assert outcome.spots["old"] == ("B-2",)
    assert outcome.spots["d"] == ("B-3", "B-4")
    assert outcome.spots["new"] == ("B-1",)


def test_who_stands_already_stays_also_where_too_much_is_drawn_or_a_rival_is_near() -> None:
    places = tuple(place(one.code, x=one.box.x, circuit="c") for one in ROW)
    asked = task(
        unit("one", fixed=("B-1",), load=15, trade="tea"),
        unit("two", fixed=("B-2",), load=15, trade="tea"),
        unit("light", load=0),
        unit("heavy", load=5),
        places=places,
        circuits=(Circuit(code="c", room=20),),
    )
    outcome = propose(asked, seconds=5)
    assert (outcome.spots["one"], outcome.spots["two"]) == (("B-1",), ("B-2",))
    assert [(found.demand, found.unit) for found in outcome.broken] == [(Demand.PLACE, "heavy")]
    assert outcome.is_optimal
    relaxed = propose(asked, seconds=5, relax=True)
    assert [(found.demand, found.circuit, found.by) for found in relaxed.broken] == [(Demand.POWER, "c", 5)]


def test_nobody_to_place_is_an_answer() -> None:
    assert propose(task(), seconds=1).spots == {}
