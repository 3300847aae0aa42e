"""The plan is saved whole: all changes or none, by what comes out, and never over somebody else's work."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from threading import Barrier
from typing import Any

import pytest
from flask import Flask

from eventsite.audit.queries import history_of
from eventsite.events.queries import get_event, list_facilities, list_stages, list_zones
from eventsite.kernel.boxes import Box
from eventsite.kernel.errors import Conflict, DomainError, NotFound
from eventsite.market.core import Change, CircuitFacts, Kind, Op, StalePlan
from eventsite.market.core.facts import FACTS
from eventsite.market.enums import LiveState
from eventsite.market.models import Booth
from eventsite.market.operations import (
    connect_booths,
    copy_plan,
    create_booth,
    create_circuit,
    create_shape,
    remove_circuit,
    save_plan,
    say_live,
)
from eventsite.market.queries import find_booth, get_booth, get_circuit, list_booths, list_shapes
from tests.market.test_changes import NOW, shape
from tests.support.factories import make_booth, make_clearance, make_facility, make_stage
from tests.support.factories_market import ORGANIZER, Fair, booth_facts, make_fair

pytestmark = [pytest.mark.both_databases]


def edit(row: Any, kind: Kind = Kind.BOOTH, version: int | None = None, /, **facts: Any) -> Change:
    read = row.version if version is None else version
    return Change(kind=kind, op=Op.EDIT, key=row.ref, version=read, facts=facts)


def create(key: str, kind: Kind = Kind.BOOTH, /, **facts: Any) -> Change:
    return Change(kind=kind, op=Op.CREATE, key=key, version=0, facts=facts)


def remove(row: Any, kind: Kind = Kind.BOOTH) -> Change:
    return Change(kind=kind, op=Op.REMOVE, key=row.ref, version=row.version, facts={})


def new_booth(**given: Any) -> dict[str, Any]:
    facts = asdict(booth_facts(**given))
    return {name: facts[name] for name in FACTS[Kind.BOOTH]}


@pytest.fixture
def fair(context: None) -> Fair:
    return make_fair()


@pytest.fixture
def two(fair: Fair) -> tuple[Booth, Booth]:
    first = create_booth(ORGANIZER, fair.event, booth_facts())
    return first, create_booth(ORGANIZER, fair.event, booth_facts(code="A-02", map_x=120.0))


def test_moved_booths_are_logged_each_with_what_changed(fair: Fair, two: tuple[Booth, Booth]) -> None:
    first, second = two
    saved = save_plan(ORGANIZER, fair.event, [edit(first, map_x=40.0), edit(second, map_y=80.0)])
    assert [version for _change, version in saved] == [2, 2]
    for booth, field, values in ((first, "map_x", ("30.0", "40.0")), (second, "map_y", ("74.0", "80.0"))):
        entry = history_of(fair.event.id, f"booth:{booth.id}")[0]
        assert (entry.verb, entry.actor) == ("edit", "account:1")
        assert {change.field: (change.before, change.after) for change in entry.changes} == {field: values}


def test_two_booths_change_places_and_codes_with_each_other(fair: Fair, two: tuple[Booth, Booth]) -> None:
    first, second = two
    save_plan(
        ORGANIZER,
        fair.event,
        [edit(first, map_x=120.0, code="A-02"), edit(second, map_x=30.0, code="A-01")],
    )
    assert get_booth(fair.event, "A-01").id == second.id
    assert (get_booth(fair.event, "A-02").map_x, get_booth(fair.event, "A-01").map_x) == (120, 30)


def test_code_of_a_removed_booth_is_free_in_the_same_save(fair: Fair, two: tuple[Booth, Booth]) -> None:
    first, second = two
    save_plan(
        ORGANIZER,
        fair.event,
        [create("bt-new", **new_booth(code="A-02")), edit(second, code="A-01"), remove(first)],
    )
    assert [(booth.code, booth.ref) for booth in list_booths(fair.event)] == [
        ("A-01", second.ref),
        ("A-02", "bt-new"),
    ]


def test_plan_may_pass_through_bad_states_but_not_through_one_code_twice(
    fair: Fair, two: tuple[Booth, Booth]
) -> None:
    first, second = two
    save_plan(ORGANIZER, fair.event, [edit(first, map_x=110.0)])
    with pytest.raises(Conflict, match="Another booth has the code A-02"):
        save_plan(ORGANIZER, fair.event, [edit(second, map_x=300.0), edit(first, code="A-02")])
    assert get_booth(fair.event, "A-02").map_x == 120


def test_one_refused_change_undoes_all_others(fair: Fair, two: tuple[Booth, Booth]) -> None:
    first, second = two
    with pytest.raises(NotFound):
        save_plan(ORGANIZER, fair.event, [edit(first, map_x=200.0), edit(second, zone="Z")])
    assert get_booth(fair.event, "A-01").map_x == 30
    assert len(history_of(fair.event.id, f"booth:{first.id}")) == 1


def test_second_editor_gets_everything_that_is_stale_and_writes_nothing(
    fair: Fair, two: tuple[Booth, Booth]
) -> None:
    first, second = two
    save_plan(ORGANIZER, fair.event, [edit(first, map_x=40.0), edit(second, map_x=130.0)])
    mine = [edit(first, Kind.BOOTH, 1, map_x=50.0), edit(second, Kind.BOOTH, 1, name_en="Mine")]
    with pytest.raises(StalePlan) as refusal:
        save_plan(ORGANIZER, fair.event, mine)
    told = [(one.key, one.version, one.theirs and one.theirs["map_x"]) for one in refusal.value.stale]
    assert told == [(first.ref, 2, 40.0), (second.ref, 2, 130.0)]
    assert get_booth(fair.event, "A-02").name_en != "Mine"


def test_thing_that_somebody_removed_is_told_as_gone(fair: Fair, two: tuple[Booth, Booth]) -> None:
    first, _second = two
    change = edit(first, map_x=40.0)
    save_plan(ORGANIZER, fair.event, [remove(first)])
    with pytest.raises(StalePlan) as refusal:
        save_plan(ORGANIZER, fair.event, [change])
    assert [(one.theirs, one.version) for one in refusal.value.stale] == [(None, 0)]


def test_save_that_was_sent_twice_is_one(fair: Fair, two: tuple[Booth, Booth]) -> None:
    first, second = two
    batch = [
        edit(first, map_x=40.0),
        remove(second),
        create("bt-new", **new_booth(code="A-03", map_x=210.0)),
        create("fc-new", Kind.FACILITY, kind="gate", name_zh="门", name_en="Gate", x=1.0, y=2.0),
    ]
    once = save_plan(ORGANIZER, fair.event, batch)
    assert save_plan(ORGANIZER, fair.event, batch) == once
    assert len(list_booths(fair.event)) == 2
    assert len(list_facilities(fair.event)) == 1
    assert len(history_of(fair.event.id, f"booth:{first.id}")) == 2


def test_new_thing_under_a_key_in_use_is_stale_whatever_version_it_names(
    fair: Fair, two: tuple[Booth, Booth]
) -> None:
    taken = Change(
        kind=Kind.BOOTH, op=Op.CREATE, key=two[0].ref, version=two[0].version, facts=new_booth(code="A-77")
    )
    with pytest.raises(StalePlan):
        save_plan(ORGANIZER, fair.event, [taken])


def test_booth_of_another_fair_is_not_there(fair: Fair, two: tuple[Booth, Booth]) -> None:
    elsewhere = make_fair()
    with pytest.raises(StalePlan):
        save_plan(ORGANIZER, elsewhere.event, [edit(two[0], map_x=40.0)])
    assert get_booth(fair.event, "A-01").map_x == 30


def test_new_zone_comes_before_the_booths_in_it(fair: Fair) -> None:
    box = {"map_x": 20.0, "map_y": 400.0, "map_w": 380.0, "map_h": 360.0}
    zone = {"code": "C", "name_zh": "新展区", "name_en": "New zone", "kind": "food", "color": "#1f7a4d"}
    save_plan(
        ORGANIZER,
        fair.event,
        [
            create("bt-new", **new_booth(code="C-01", zone="C", map_y=450.0)),
            create("zone-new", Kind.ZONE, **zone, limit_kw=32.0, **box),
        ],
    )
    assert get_booth(fair.event, "C-01").zone.limit_kw == 32
    assert [(one.code, one.ref) for one in list_zones(fair.event)][-1] == ("C", "zone-new")


def test_zone_goes_with_all_that_lies_in_it_or_not_at_all(fair: Fair, two: tuple[Booth, Booth]) -> None:
    with pytest.raises(Conflict, match="still holds booths"):
        save_plan(ORGANIZER, fair.event, [remove(fair.zone, Kind.ZONE)])
    save_plan(ORGANIZER, fair.event, [remove(fair.zone, Kind.ZONE), *(remove(booth) for booth in two)])
    assert [zone.code for zone in list_zones(fair.event)] == ["B"]
    assert list_booths(fair.event) == []


def test_stages_facilities_and_shapes_move_and_keep_what_the_plan_does_not_say(fair: Fair) -> None:
    stage = make_stage(zone=fair.zone, code="S1")
    gate = make_facility(fair.event)
    lane = create_shape(ORGANIZER, fair.event, shape())
    place = {"map_x": 40.0, "map_y": 60.0, "map_w": 80.0, "map_h": 60.0}
    save_plan(
        ORGANIZER,
        fair.event,
        [
            edit(stage, Kind.STAGE, **place),
            edit(gate, Kind.FACILITY, x=5.0),
            edit(lane, Kind.SHAPE, map_h=80.0),
        ],
    )
    (now,) = list_stages(fair.event)
    assert now.box
    assert (now.box.x, now.audience_capacity) == (40.0, stage.audience_capacity)
    assert [place.x for place in list_facilities(fair.event)] == [5.0]
    assert [one.map_h for one in list_shapes(fair.event)] == [80.0]


@pytest.mark.parametrize("kind", [Kind.ZONE, Kind.SHAPE])
def test_what_a_thing_keeps_for_good_stays(fair: Fair, kind: Kind) -> None:
    row: Any = fair.zone if kind is Kind.ZONE else create_shape(ORGANIZER, fair.event, shape())
    facts = {"code": "X"} if kind is Kind.ZONE else {"kind": "water"}
    with pytest.raises(DomainError, match="stay"):
        save_plan(ORGANIZER, fair.event, [edit(row, kind, **facts)])


def test_circuits_feed_booths_and_go_when_none_hangs_on_them(fair: Fair, two: tuple[Booth, Booth]) -> None:
    event = fair.event
    create_circuit(ORGANIZER, event, CircuitFacts(code="A-1", zone="A", limit_kw=16.0))
    with pytest.raises(Conflict, match="Another circuit"):
        create_circuit(ORGANIZER, event, CircuitFacts(code="A-1", zone="B", limit_kw=16.0))
    assert connect_booths(ORGANIZER, event, "A-1", {"A-01", "A-02"}) == 2
    assert connect_booths(ORGANIZER, event, "A-1", {"A-02"}) == 1
    assert (get_booth(event, "A-01").circuit, get_booth(event, "A-02").facts.circuit) == (None, "A-1")
    version = get_circuit(event, "A-1").version
    with pytest.raises(Conflict, match="Booths still hang"):
        remove_circuit(ORGANIZER, event, "A-1", version=version)
    connect_booths(ORGANIZER, event, "A-1", set())
    remove_circuit(ORGANIZER, event, "A-1", version=version)
    with pytest.raises(NotFound):
        get_circuit(event, "A-1")


def test_word_of_how_a_booth_does_is_logged_once_and_leaves_open_forms_valid(
    fair: Fair, two: tuple[Booth, Booth]
) -> None:
    first, _second = two
    make_clearance(first)
    for _press in range(2):
        say_live(ORGANIZER, fair.event, "A-01", LiveState.BUSY, now=NOW)
    now = get_booth(fair.event, "A-01")
    assert (now.live_state, now.live_at, now.version) == (LiveState.BUSY, NOW, 1)
    verbs = [entry.verb for entry in history_of(fair.event.id, f"booth:{first.id}")]
    assert verbs == ["say how it does", "create"]


@pytest.mark.parametrize("state", [LiveState.OPEN, LiveState.BUSY, LiveState.SOLD_OUT])
def test_booth_that_was_never_opened_is_closed_whatever_road_says_otherwise(
    fair: Fair, two: tuple[Booth, Booth], state: LiveState
) -> None:
    with pytest.raises(Conflict, match="was not opened yet"):
        say_live(ORGANIZER, fair.event, "A-01", state, now=NOW)
    say_live(ORGANIZER, fair.event, "A-01", LiveState.CLOSED, now=NOW)
    assert get_booth(fair.event, "A-01").live_state is LiveState.CLOSED


def test_cancelled_booth_is_not_said_to_be_open(fair: Fair, two: tuple[Booth, Booth]) -> None:
    first, _second = two
    make_clearance(first)
    save_plan(ORGANIZER, fair.event, [edit(first, status="cancelled")])
    with pytest.raises(Conflict, match="is cancelled"):
        say_live(ORGANIZER, fair.event, "A-01", LiveState.OPEN, now=NOW)
    assert get_booth(fair.event, "A-01").live_at is None


def test_next_fair_takes_over_what_no_file_says(fair: Fair, two: tuple[Booth, Booth]) -> None:
    event = fair.event
    stage = make_stage(zone=fair.zone, code="S1")
    save_plan(
        ORGANIZER,
        event,
        [
            edit(stage, Kind.STAGE, map_x=40.0, map_y=60.0, map_w=80.0, map_h=60.0),
            edit(fair.zone, Kind.ZONE, limit_kw=20.0),
        ],
    )
    create_circuit(ORGANIZER, event, CircuitFacts(code="A-1", zone="A", limit_kw=16.0))
    connect_booths(ORGANIZER, event, "A-1", {"A-02"})
    create_shape(ORGANIZER, event, shape())
    make_clearance(get_booth(event, "A-01"))
    say_live(ORGANIZER, event, "A-01", LiveState.BUSY, now=NOW)
    following = make_fair()
    make_stage(zone=following.zone, code="S1")
    for code in ("A-01", "A-02"):
        make_booth(zone=following.zone, code=code)

    copy_plan(ORGANIZER, event, following.event)

    assert {booth.code: booth.facts.circuit for booth in list_booths(following.event)} == {
        "A-01": None,
        "A-02": "A-1",
    }
    assert [one.facts for one in list_shapes(following.event)] == [shape()]
    assert [one.box for one in list_stages(following.event)] == [Box(x=40, y=60, w=80, h=60)]
    assert {zone.code: zone.limit_kw for zone in list_zones(following.event)} == {"A": 20.0, "B": None}
    assert get_booth(following.event, "A-01").live_at is None


def outcomes(app: Flask, act: Callable[[int], object], people: int = 4) -> list[str]:
    """Let some people save at once and return what each was told."""
    start = Barrier(people)

    def one(number: int) -> str:
        start.wait()
        with app.app_context():
            try:
                act(number)
            except StalePlan:
                return "stale"
            return "done"

    with ThreadPoolExecutor(people) as crowd:
        return sorted(crowd.map(one, range(people)))


def test_one_of_the_editors_saves_and_all_others_are_told(real_app: Flask) -> None:
    with real_app.app_context():
        event = make_fair(slug="fair-a").event
        first = create_booth(ORGANIZER, event, booth_facts())
        second = create_booth(ORGANIZER, event, booth_facts(code="A-02", map_x=120.0))
        refs = first.ref, second.ref

    def save(number: int) -> None:
        # each in an order of their own: whoever waits for a row must not hold one that another waits for
        keys = refs if number % 2 else refs[::-1]
        changes = [
            Change(kind=Kind.BOOTH, op=Op.EDIT, key=key, version=1, facts={"map_y": 80.0 + number})
            for key in keys
        ]
        save_plan(ORGANIZER, get_event("fair-a"), changes)

    assert outcomes(real_app, save) == ["done", *["stale"] * 3]
    with real_app.app_context():
        places = {booth.map_y for booth in list_booths(get_event("fair-a"))}
        assert len(places) == 1


def test_twin_that_looks_before_its_turn_overwrites(real_app: Flask) -> None:
    with real_app.app_context():
        event = make_fair(slug="fair-a").event
        make_booth(zone=list_zones(event)[0], code="A-01", map_y=80.0)
    looked = Barrier(4)

    def save_carelessly(number: int) -> None:
        event = get_event("fair-a")
        booth = get_booth(event, "A-01")
        ref, version = booth.ref, booth.version
        looked.wait()
        while True:  # what a page does that takes the newest version for its own and tries again
            change = Change(
                kind=Kind.BOOTH, op=Op.EDIT, key=ref, version=version, facts={"map_y": 90.0 + number}
            )
            try:
                save_plan(ORGANIZER, event, [change])
            except StalePlan as refusal:
                version = refusal.stale[0].version
            else:
                return

    assert outcomes(real_app, save_carelessly) == ["done"] * 4
    with real_app.app_context():
        booth = find_booth(get_event("fair-a"), "A-01")
        assert booth is not None
        assert booth.version == 5
