"""What a spreadsheet would do to booths: plain values in, steps and faults out."""

from dataclasses import replace
from typing import Any

from eventsite.kernel.boxes import Box
from eventsite.kernel.dryrun import DryRun, Move
from eventsite.market.core import BoothFacts
from eventsite.market.core.imports import MOST_CHANGES, Ground, Standing, plan_booths
from tests.support.factories_market import booth_facts

GROUND = Ground(
    zones={"A": Box(x=20, y=20, w=380, h=260), "B": Box(x=410, y=20, w=380, h=260)},
    circuits={"P1"},
    delegations={"dl-dalian"},
)
THERE = {
    "A-01": Standing(ref="bt-1", version=3, facts=booth_facts()),
    "A-02": Standing(ref="bt-2", version=1, facts=booth_facts(code="A-02", map_x=130.0)),
}


def run(*rows: dict[str, Any], standing: dict[str, Standing] = THERE) -> DryRun:
    return plan_booths(list(enumerate(rows, 2)), standing, GROUND)


def new(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "zone": "A", "name_zh": "新", "name_en": "New", **more}


def faults(found: DryRun) -> list[tuple[int, str]]:
    return [(fault.row, fault.name) for fault in found.faults]


def test_only_what_differs_is_told_and_the_rest_stays() -> None:
    found = run({"code": "A-01", "power_kw": 9.0, "name_zh": None, "delegation": None}, {"code": "A-02"})
    assert found.faults == ()
    assert [(step.move, step.old, step.new) for step in found.steps] == [
        (Move.CHANGED, {"power_kw": 2.5}, {"power_kw": 9.0}),
        (Move.SAME, {}, {}),
    ]
    assert found.steps[0].version == 3


def test_an_empty_cell_empties_holder_appliances_and_note_alone() -> None:
    there = {
        "A-01": Standing(
            ref="b", version=1, facts=booth_facts(delegation="dl-dalian", note_zh="x", power_kw=4)
        )
    }
    found = run(
        {"code": "A-01", "delegation": None, "note_zh": None, "appliances_zh": None, "power_kw": None},
        standing=there,
    )
    assert found.steps[0].new == {"delegation": None, "note_zh": None, "appliances_zh": ()}


def test_places_are_metres_and_what_was_rounded_stays() -> None:
    there = {"A-01": Standing(ref="b", version=1, facts=booth_facts(map_x=31.3))}
    same = {"code": "A-01", "map_x": 1.57, "map_y": 3.7, "map_w": 4.0, "map_h": 7.0}
    assert run(same, standing=there).steps[0].move is Move.SAME
    moved = run({**same, "map_x": 2.0}, standing=there)
    assert moved.steps[0].new == {"map_x": 40.0}


def test_a_new_booth_gets_the_usual_and_free_ground() -> None:
    found = run(new("A-03"), new("A-04", size_m="2x4", needs_water=True))
    assert found.faults == ()
    facts = [BoothFacts(**step.new) for step in found.steps]
    assert (facts[0].status, facts[0].map_w, facts[1].map_w, facts[1].map_h) == ("planned", 60, 40, 80)
    boxes = [*(there.facts.box for there in THERE.values()), *(one.box for one in facts)]
    assert all(GROUND.zones["A"].contains(box) for box in boxes)
    assert not any(one.overlaps(other) for one in boxes for other in boxes if one is not other)


def test_a_full_zone_is_named() -> None:
    assert faults(run(new("A-03", size_m="30x30"))) == [(2, "map_x")]


def test_booths_may_change_places_with_each_other_but_not_share_one() -> None:
    swap = run({"code": "A-01", "map_x": 6.5}, {"code": "A-02", "map_x": 1.5})
    assert swap.faults == ()
    assert faults(run({"code": "A-01", "map_x": 6.5})) == [(2, "map_x")]
    assert faults(run({"code": "A-01", "zone": "B"})) == [(2, "map_x")]


def test_what_names_nothing_is_a_fault_of_its_row() -> None:
    assert faults(
        run(
            {"code": "A-01", "zone": "Z"},
            {"code": "A-02", "circuit": "P9", "delegation": "dl-x"},
            {"code": "a-02"},
            {"code": "no blanks"},
            {"code": "N-1", "name_zh": "新"},
            new("N-2", map_x=1.0),
        )
    ) == [
        (2, "zone"),
        (3, "circuit"),
        (3, "delegation"),
        (4, "code"),
        (4, "code"),
        (5, "code"),
        (6, "zone"),
        (6, "name_en"),
        (7, "map_y"),
    ]


def test_a_code_stands_once_in_a_sheet() -> None:
    assert faults(run({"code": "A-01"}, {"code": "A-01"})) == [(3, "code")]


def test_the_mark_changes_with_a_version_and_with_a_value() -> None:
    row = {"code": "A-01", "power_kw": 9.0}
    later = {**THERE, "A-01": replace(THERE["A-01"], version=4)}
    marks = {run(row).seen, run({**row, "power_kw": 8.0}).seen, run(row, standing=later).seen}
    assert len(marks) == 3
    assert run(row).seen == run(row).seen


def test_ten_thousand_rows_are_worked_out_and_too_many_changes_refused() -> None:
    there = {
        f"B-{n}": Standing(
            ref=f"b{n}", version=1, facts=booth_facts(code=f"B-{n}", zone="B", map_x=3.0 * n, map_w=2.0)
        )
        for n in range(10_000)
    }
    rows = [{"code": code, "power_kw": 2.5} for code in there]
    assert run(*rows, standing=there).counts == {Move.SAME: 10_000}
    wide = run(*({**row, "power_kw": 1.0} for row in rows), standing=there)
    assert faults(wide) == [(MOST_CHANGES + 2, "")]
