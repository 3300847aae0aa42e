"""Placing as arithmetic: grounds, what breaks, what it is worth, reasons, choosing in order."""

from dataclasses import replace

from eventsite.kernel.boxes import Box
from eventsite.placement.core.choosing import choose_in_order
from eventsite.placement.core.grounds import survey
from eventsite.placement.core.judging import broken, overloads, worth
from eventsite.placement.core.parts import parts_of
from eventsite.placement.core.reasons import Because, Reason, reasons
from eventsite.placement.core.starting import first_fit
from eventsite.placement.core.values import Apart, Broken, Circuit, Demand, Place, Task, Unit


def place(code: str, *, x: float, y: float = 0, category: str = "food", circuit: str | None = None) -> Place:
    return Place(code=code, zone=code[0], category=category, box=Box(x=x, y=y, w=60, h=60), circuit=circuit)


ROW = tuple(place(f"B-{n}", x=70 * n) for n in range(1, 5))


def task(*units: Unit, places: tuple[Place, ...] = ROW, **more: object) -> Task:
    return Task(units=units, places=places, **more)  # type: ignore[arg-type]


def unit(ref: str, **more: object) -> Unit:
    return Unit(**{"ref": ref, "name": ref, "category": "food"} | more)  # type: ignore[arg-type]


def test_places_of_one_zone_touch_where_they_are_close() -> None:
    far, other_zone = place("B-9", x=600), place("C-1", x=345)
    ground = survey(task(places=(*ROW, far, other_zone)))
    assert ground.touching == {("B-1", "B-2"), ("B-2", "B-3"), ("B-3", "B-4")}
    assert len({ground.rows[p.code] for p in ROW}) == 1
    assert len(set(ground.rows.values())) == 3


def test_a_double_booth_takes_two_that_touch() -> None:
    double = unit("d", places=2)
    assert survey(task(double)).spots_for(double) == [("B-1", "B-2"), ("B-2", "B-3"), ("B-3", "B-4")]


def test_worth_counts_wishes_neighbours_and_rows() -> None:
    first = unit("a", wishes=("B-1", "B-2"), near="b", delegation="dl")
    second = unit("b", wishes=("B-1",), delegation="dl")
    asked = task(first, second)
    ground = survey(asked)
    assert worth(asked, ground, {"a": ("B-2",), "b": ("B-1",)}) == 32 + 40 + 10 - 6
    assert worth(asked, ground, {"a": ("B-3",)}) == 0 - 6


def test_every_broken_demand_is_named() -> None:
    places = (
        *ROW,
        place("C-1", x=350, category="heritage", circuit="c"),
    )
    asked = task(
        unit("rival-1", trade="tea"),
        unit("rival-2", trade="tea"),
        unit("flame", flame=True, zone="B"),
        unit("paper", category="heritage", load=30),
        unit("late"),
        places=places,
        circuits=(Circuit(code="c", room=20),),
        apart=(Apart(one="flame", other="heritage", gap=60),),
    )
    spots = {"rival-1": ("B-1",), "rival-2": ("B-2",), "flame": ("B-4",), "paper": ("C-1",)}
    assert set(broken(asked, survey(asked), spots)) == {
        Broken(demand=Demand.RIVALS, unit="rival-1", other="rival-2"),
        Broken(demand=Demand.APART, unit="flame", other="paper"),
        Broken(demand=Demand.POWER, circuit="c", by=10),
        Broken(demand=Demand.PLACE, unit="late"),
    }


def test_a_zone_carries_no_more_than_its_limit() -> None:
    asked = task(
        unit("old", load=10, fixed=("B-1",)),
        unit("new", load=15),
        places=(*ROW, place("C-1", x=900, circuit="B")),
        circuits=(Circuit(code="B", room=20, of_zone=True), Circuit(code="B", room=100)),
    )
    ground = survey(asked)
    (new,) = (one for one in asked.units if one.ref == "new")
    there = {"old": ("B-1",), "new": ("B-3",)}
    assert broken(asked, ground, there) == (Broken(demand=Demand.POWER, zone="B", by=5),)
    assert broken(asked, ground, there | {"new": ("C-1",)}) == ()
    assert (overloads(new, "B-3", asked, ground), overloads(new, "C-1", asked, ground)) == (True, False)
    assert first_fit(asked, ground) == {"old": ("B-1",), "new": ("C-1",)}
    said = Because(reason=Reason.ZONE_POWER, place="B", room=-5)
    assert said in reasons(new, asked, ground, there)


def test_only_power_that_could_run_out_binds_units_together() -> None:
    places = (place("B-1", x=0), place("B-2", x=500, category="folk"))
    units = (unit("a", load=10), unit("b", load=10, category="folk"))
    sizes = {}
    for room in (20, 19):
        asked = task(*units, places=places, circuits=(Circuit(code="B", room=room, of_zone=True),))
        sizes[room] = [len(part.units) for part in parts_of(asked, survey(asked))]
    assert sizes == {20: [1, 1], 19: [2]}


def test_what_stood_there_before_breaks_nothing_by_itself() -> None:
    asked = task(unit("a", category="folk", fixed=("B-1",)), unit("b", fixed=("B-2",), trade="x"))
    assert broken(asked, survey(asked), {"a": ("B-1",), "b": ("B-2",)}) == ()


def test_parts_have_no_row_circuit_or_distance_in_common() -> None:
    places = (*ROW, place("C-1", x=350, category="heritage"), place("D-1", x=2000, category="folk"))
    units = (unit("a", flame=True), unit("b", category="heritage"), unit("c", category="folk"))
    apart = (Apart(one="flame", other="heritage", gap=60),)
    alone = task(*units, places=places)
    near = replace(alone, apart=apart)
    assert [len(part.units) for part in parts_of(alone, survey(alone))] == [1, 1, 1]
    assert sorted(len(part.units) for part in parts_of(near, survey(near))) == [1, 2]


def test_the_first_fit_breaks_nothing() -> None:
    asked = task(
        *(unit(f"u{n}", trade="tea", wishes=("B-1",)) for n in range(4)), unit("d", places=2, load=5)
    )
    ground = survey(asked)
    spots = first_fit(asked, ground)
    left_out = {found.unit for found in broken(asked, ground, spots)}
    assert all(found.demand is Demand.PLACE for found in broken(asked, ground, spots))
    assert left_out | set(spots) == {one.ref for one in asked.units}


def test_reasons_say_who_has_the_wished_booth() -> None:
    first, second = unit("a", wishes=("B-1",)), unit("b", wishes=("B-1", "B-9", "B-2"))
    asked = task(first, second, circuits=(Circuit(code="c", room=50),))
    ground = survey(asked)
    spots = {"a": ("B-1",), "b": ("B-2",)}
    assert reasons(second, asked, ground, spots) == (
        Because(reason=Reason.WISH, place="B-2", rank=3),
        Because(reason=Reason.WISH_TAKEN, place="B-1", other="a", rank=1),
        Because(reason=Reason.WISH_OFF, place="B-9", rank=2),
        Because(reason=Reason.CATEGORY, place="B-2"),
    )


def test_in_a_lot_each_chooses_in_turn() -> None:
    asked = task(
        unit("a", wishes=("B-3",)), unit("b", wishes=("B-3", "B-4")), unit("c"), unit("d", fixed=("B-1",))
    )
    assert choose_in_order(asked, ["b", "a", "c"]) == {
        "d": ("B-1",),
        "b": ("B-3",),
        "a": ("B-2",),
        "c": ("B-4",),
    }
