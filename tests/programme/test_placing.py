"""Putting items where the editor has them."""

from dataclasses import replace
from typing import Any

import pytest

from eventsite.audit.queries import history_of
from eventsite.kernel.errors import Conflict, DomainError, NotFound
from eventsite.programme.core.placing import Move, Spot, StaleMoves
from eventsite.programme.core.plans import PlanFacts
from eventsite.programme.models import ProgrammeItem
from eventsite.programme.operations import create_plan, edit_item, place_items
from eventsite.programme.queries import facts_of, get_item, list_waiting, read_draft
from tests.support.factories import make_event, make_item, make_stage
from tests.support.factories_programme import ORGANIZER, a_slot, at, make_acts

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]

NOWHERE = Spot(stage=None, starts_at=None, minutes=10)


def stage_of(item: ProgrammeItem) -> str:
    assert item.stage is not None
    return item.stage.code


def to(item: ProgrammeItem, spot: Spot, *, version: int | None = None, reset: bool = False) -> Move:
    return Move(item_id=item.id, version=version or item.version, spot=spot, reset=reset)


def test_items_change_places_and_the_log_says_so() -> None:
    event = make_event()
    first, second = make_acts(event, 2)
    stage = stage_of(first)
    swapped = [
        to(first, Spot(stage=stage, starts_at=at("9:10"), minutes=10)),
        to(second, Spot(stage=stage, starts_at=at("9:00"), minutes=10)),
    ]

    versions = place_items(ORGANIZER, event, swapped)

    assert versions == {first.id: 2, second.id: 2}
    assert [item.ref for item in read_draft(event).items] == [second.ref, first.ref]
    entry = history_of(event.id, f"programme_item:{first.id}")[0]
    assert (entry.verb, {change.field for change in entry.changes}) == ("place", {"starts_at", "ends_at"})


def test_a_move_sent_twice_is_one() -> None:
    event = make_event()
    (item,) = make_acts(event, 1)
    move = to(item, Spot(stage=stage_of(item), starts_at=at("11:00"), minutes=15))

    assert place_items(ORGANIZER, event, [move]) == {item.id: 2}
    assert place_items(ORGANIZER, event, [move]) == {item.id: 2}


def test_an_item_goes_to_the_tray_and_out_of_it() -> None:
    event = make_event()
    (item,) = make_acts(event, 1)
    stage = stage_of(item)

    place_items(ORGANIZER, event, [to(item, NOWHERE)])
    assert [waiting.id for waiting in list_waiting(event)] == [item.id]
    place_items(ORGANIZER, event, [to(item, Spot(stage=stage, starts_at=at("12:00"), minutes=10))])

    (placed,) = read_draft(event).items
    assert (placed.slot, list_waiting(event)) == (a_slot("12:00", "12:10"), [])


def test_the_second_mover_sees_both_places_and_nothing_is_written() -> None:
    event = make_event()
    first, second = make_acts(event, 2)
    stage, version = stage_of(first), first.version
    theirs = Spot(stage=stage, starts_at=at("11:00"), minutes=10)
    mine = Spot(stage=stage, starts_at=at("12:00"), minutes=10)
    place_items(ORGANIZER, event, [to(first, theirs)])

    with pytest.raises(StaleMoves) as refused:
        place_items(ORGANIZER, event, [to(second, mine), to(first, mine, version=version)])

    (stale,) = refused.value.stale
    assert (stale.item_id, stale.version, stale.theirs, stale.mine) == (first.id, 2, theirs, mine)
    assert get_item(event, second.id).starts_at == at("9:10")


def test_a_fixed_point_stays() -> None:
    event = make_event()
    signing = make_item(event, kind="signing")

    with pytest.raises(Conflict, match="fixed point"):
        place_items(ORGANIZER, event, [to(signing, NOWHERE)])


def test_a_move_does_not_lose_what_else_the_item_says() -> None:
    event = make_event()
    (item,) = make_acts(event, 1)
    wanted = replace(facts_of(event, item), setup_minutes=5, languages=("zh",))
    edit_item(ORGANIZER, event, item.id, wanted, version=item.version)

    place_items(ORGANIZER, event, [to(item, Spot(stage=stage_of(item), starts_at=at("11:00"), minutes=15))])

    told = facts_of(event, get_item(event, item.id))
    assert (told.setup_minutes, told.languages, told.start, told.end) == (5, ("zh",), "11:00", "11:15")


def test_a_move_in_a_plan_leaves_the_draft_and_can_be_reset() -> None:
    event = make_event()
    (item,) = make_acts(event, 1)
    indoors = make_stage(event)
    create_plan(ORGANIZER, event, PlanFacts(name_zh="雨天方案", name_en="Rain plan"))
    before = read_draft(event)
    spot = Spot(stage=indoors.code, starts_at=at("11:00"), minutes=15)
    move = Move(item_id=item.id, version=0, spot=spot)

    assert place_items(ORGANIZER, event, [move], plan="B") == {item.id: 1}

    (moved,) = read_draft(event, "B").items
    assert (moved.stage, moved.slot) == (indoors.code, a_slot("11:00", "11:15"))
    assert read_draft(event) == before
    with pytest.raises(StaleMoves):
        place_items(ORGANIZER, event, [replace(move, spot=NOWHERE)], plan="B")

    assert place_items(ORGANIZER, event, [to(item, spot, version=1, reset=True)], plan="B") == {item.id: 0}
    assert read_draft(event, "B") == before


def test_what_belongs_to_another_event_is_not_there() -> None:
    event, other = make_event(), make_event()
    (own,), (foreign,) = make_acts(event, 1), make_acts(other, 1)
    elsewhere = make_stage(other, code="X9")

    with pytest.raises(NotFound):
        place_items(ORGANIZER, event, [to(foreign, NOWHERE)])
    spot = Spot(stage=elsewhere.code, starts_at=at("11:00"), minutes=10)
    with pytest.raises(NotFound):
        place_items(ORGANIZER, event, [to(own, spot)])
    with pytest.raises(NotFound):
        place_items(ORGANIZER, event, [to(own, NOWHERE)], plan="Z")


@pytest.mark.parametrize(
    "given",
    [
        {"stage": "S1", "starts_at": None, "minutes": 10},
        {"stage": None, "starts_at": at("9:00"), "minutes": 10},
        {"stage": None, "starts_at": None, "minutes": 0},
        {"stage": None, "starts_at": None, "minutes": 1441},
    ],
)
def test_a_spot_is_whole(given: dict[str, Any]) -> None:
    with pytest.raises(DomainError):
        Spot(**given)
