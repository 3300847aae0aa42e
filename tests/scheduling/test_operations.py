"""A proposal goes into the draft as a whole or in parts, never over a newer draft, and comes out again."""

from datetime import timedelta
from typing import Any

import pytest

from eventsite.audit.queries import history_of
from eventsite.events.models import Event
from eventsite.events.queries import list_stages
from eventsite.kernel.errors import Conflict, DomainError, NotFound
from eventsite.programme.core.placing import Move
from eventsite.programme.core.placing import Spot as Place
from eventsite.programme.operations import place_items
from eventsite.programme.queries import get_item, list_waiting, read_draft
from eventsite.scheduling.core.packing import pack_task, unpack_task
from eventsite.scheduling.core.values import Request, Spot, Wishes
from eventsite.scheduling.enums import ProposalStatus
from eventsite.scheduling.operations.proposals import (
    GRACE,
    LONGEST,
    ask_proposal,
    cancel_proposal,
    discard_proposal,
    fail,
    finish,
    take_proposal,
    take_waiting,
    undo_proposal,
)
from eventsite.scheduling.queries import (
    get_proposal,
    is_wanted,
    list_left_alone,
    list_placeable,
    task_for,
)
from eventsite.scheduling.solving import propose
from tests.support.factories import (
    NOW,
    make_delegation,
    make_event,
    make_item,
    make_stage,
    make_troupe,
    make_zone,
)
from tests.support.factories_programme import ORGANIZER, at
from tests.support.factories_scheduling import make_shared, make_waiting, make_window

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]
"""SQLite, and PostgreSQL where rows are held."""


def a_request(event: Event, **given: Any) -> Request:
    stages = tuple(stage.code for stage in list_stages(event))
    return Request(**{"stages": stages, "wishes": Wishes(rest=10), "seconds": 5, **given})


@pytest.fixture
def event() -> Event:
    """A day of two stages: one item stands at ten on S1, and three wait."""
    event = make_event()
    zone = make_zone(event)
    for code in ("S1", "S2"):
        make_stage(event, zone=zone, code=code)
    make_item(event, stage=list_stages(event)[0], ref="stands")
    for ref in ("a", "b", "c"):
        make_waiting(event, ref)
    return event


def work_out(event: Event, **given: Any) -> int:
    asked = ask_proposal(ORGANIZER, event, a_request(event, **given), now=NOW)
    taken = take_waiting(NOW)
    assert taken is not None
    finish(taken, propose(unpack_task(taken.task), seconds=5), now=NOW)
    return asked.id


def waiting(event: Event) -> list[str]:
    return sorted(item.ref for item in list_waiting(event))


def move(event: Event, ref: str, clock: str) -> None:
    """Put an item on S2, as somebody at the editor does."""
    item = next(one for one in read_draft(event).items if one.ref == ref)
    row = get_item(event, item.number)
    place = Place(stage="S2", starts_at=at(clock), minutes=row.minutes)
    place_items(ORGANIZER, event, [Move(item_id=row.id, version=row.version, spot=place)])


def test_a_task_has_all_that_has_to_be_kept(event: Event) -> None:
    delegation = make_delegation(event, ref="dl")
    troupe = make_troupe(event, ref="tp", genre="song", delegation_id=delegation.id)
    make_window(troupe, at("9:30"), at("12:00"))
    full = make_waiting(event, "full", troupe_id=troupe.id, setup_minutes=5, walk_minutes=7, unit="u")
    make_shared(event, "drum", [full], quantity=2)
    make_waiting(event, "off", status="cancelled")
    make_waiting(event, "sign", kind="signing")
    task = task_for(event, a_request(event))
    assert [act.ref for act in task.acts] == ["stands", "a", "b", "c", "full"]
    whole, stands = task.acts[-1], task.acts[0]
    assert (whole.troupe, whole.city, whole.genre, whole.unit, whole.uses) == (
        "tp",
        "dl",
        "song",
        "u",
        (("drum", 1),),
    )
    assert (whole.setup, whole.walk, whole.minutes, whole.at, whole.free) == (5, 7, 30, None, True)
    assert (stands.at, stands.free) == (Spot(stage="S1", start=600), False)
    assert (task.days, task.stages) == (((540, 1230),), ("S1", "S2"))
    assert (task.windows, task.things) == ({"tp": ((570, 720),)}, {"drum": 2})
    assert unpack_task(pack_task(task)) == task


def test_what_only_people_place_is_told(event: Event) -> None:
    for ref, given in (("sign", {"kind": "signing"}), ("pin", {"pinned": True}), ("br", {"kind": "break"})):
        make_waiting(event, ref, **given)
    assert [item.ref for item in list_left_alone(event)] == ["sign", "pin", "br"]
    assert [item.ref for item in list_placeable(event)] == ["a", "b", "c"]


def test_all_of_a_proposal_goes_into_the_draft_and_comes_out_again(event: Event) -> None:
    number = work_out(event)
    assert take_proposal(ORGANIZER, event, number) == 3
    assert waiting(event) == []
    assert get_proposal(event, number).status is ProposalStatus.TAKEN
    assert undo_proposal(ORGANIZER, event, number) == 3
    assert waiting(event) == ["a", "b", "c"]
    verbs = [entry.verb for entry in history_of(event.id, f"schedule_proposal:{number}")]
    assert sorted(verbs) == ["ask", "solve", "take", "undo"]


def test_chosen_items_go_alone(event: Event) -> None:
    number = work_out(event)
    with pytest.raises(Conflict, match="at least one"):
        take_proposal(ORGANIZER, event, number, chosen=())
    assert take_proposal(ORGANIZER, event, number, chosen=("b", "unknown")) == 1
    assert waiting(event) == ["a", "c"]
    undo_proposal(ORGANIZER, event, number)
    assert waiting(event) == ["a", "b", "c"]


def test_a_newer_draft_is_not_overwritten(event: Event) -> None:
    number = work_out(event)
    move(event, "stands", "11:00")
    with pytest.raises(Conflict, match="changed since"):
        take_proposal(ORGANIZER, event, number)
    assert waiting(event) == ["a", "b", "c"]


def test_what_was_changed_after_it_was_taken_is_not_undone(event: Event) -> None:
    number = work_out(event)
    take_proposal(ORGANIZER, event, number)
    move(event, "a", "19:00")
    with pytest.raises(Conflict, match="one by one"):
        undo_proposal(ORGANIZER, event, number)
    assert waiting(event) == []


def test_items_with_a_place_move_only_when_asked(event: Event) -> None:
    make_item(event, stage=list_stages(event)[0], ref="meets", starts_at=at("10:10"), ends_at=at("10:40"))
    make_item(
        event, stage=list_stages(event)[0], ref="pin", starts_at=at("12:00"), ends_at=at("12:30"), pinned=True
    )
    number = work_out(event, replace=True)
    take_proposal(ORGANIZER, event, number)
    by_ref = read_draft(event).by_ref
    assert (
        not by_ref["stands"].slot.overlaps(by_ref["meets"].slot)
        or by_ref["stands"].stage != by_ref["meets"].stage
    )
    assert by_ref["pin"].slot.start == at("12:00")


def test_some_of_a_move_that_needs_the_others_is_refused(event: Event) -> None:
    full = make_event()
    stage = make_stage(full, zone=make_zone(full), code="S1")
    make_item(full, stage=stage, ref="short", starts_at=at("14:00"), ends_at=at("14:30"))
    make_waiting(full, "long", minutes=11 * 60)
    number = work_out(full, replace=True)
    with pytest.raises(Conflict, match="Without the others"):
        take_proposal(ORGANIZER, full, number, chosen=("long",))
    assert waiting(full) == ["long"]
    assert take_proposal(ORGANIZER, full, number) == 2
    assert waiting(full) == []


def test_who_had_a_place_and_finds_none_waits_again() -> None:
    full = make_event()
    stage = make_stage(full, zone=make_zone(full), code="S1")
    make_item(full, stage=stage, ref="late", starts_at=at("20:00"), ends_at=at("21:00"), kind="performance")
    make_item(full, stage=stage, ref="all", starts_at=at("9:00"), ends_at=at("20:00"), pinned=True)
    number = work_out(full, replace=True)
    take_proposal(ORGANIZER, full, number)
    assert waiting(full) == ["late"]
    undo_proposal(ORGANIZER, full, number)
    assert waiting(full) == []


def test_a_proposal_is_called_off_while_it_is_worked_out(event: Event) -> None:
    asked = ask_proposal(ORGANIZER, event, a_request(event), now=NOW)
    with pytest.raises(Conflict, match="already"):
        ask_proposal(ORGANIZER, event, a_request(event), now=NOW)
    taken = take_waiting(NOW)
    assert taken is not None
    assert is_wanted(asked.id)
    cancel_proposal(ORGANIZER, event, asked.id)
    assert not is_wanted(asked.id)
    finish(taken, propose(unpack_task(taken.task), seconds=1), now=NOW)
    fail(taken, "late", now=NOW)
    assert get_proposal(event, asked.id).status is ProposalStatus.CANCELLED
    with pytest.raises(Conflict):
        take_proposal(ORGANIZER, event, asked.id)


def test_a_proposal_whose_job_process_died_is_taken_by_another(event: Event) -> None:
    asked = ask_proposal(ORGANIZER, event, a_request(event), now=NOW)
    assert take_waiting(NOW) is not None
    assert take_waiting(NOW) is None
    again = take_waiting(NOW + LONGEST + GRACE + timedelta(seconds=1))
    assert again is not None
    assert again.id == asked.id


def test_a_failed_proposal_says_why_and_is_put_away(event: Event) -> None:
    asked = ask_proposal(ORGANIZER, event, a_request(event), now=NOW)
    taken = take_waiting(NOW)
    assert taken is not None
    fail(taken, "MemoryError", now=NOW)
    assert get_proposal(event, asked.id).fault == "MemoryError"
    discard_proposal(ORGANIZER, event, asked.id)


def test_without_stages_items_or_days_nothing_is_asked_for(event: Event) -> None:
    with pytest.raises(Conflict, match="one stage"):
        ask_proposal(ORGANIZER, event, a_request(event, stages=("S9",)), now=NOW)
    empty = make_event()
    make_stage(empty, zone=make_zone(empty), code="S1")
    with pytest.raises(Conflict, match="No item waits"):
        ask_proposal(ORGANIZER, empty, a_request(empty), now=NOW)
    dayless = make_event(days=0)
    make_stage(dayless, zone=make_zone(dayless), code="S1")
    with pytest.raises(DomainError, match="no days"):
        ask_proposal(ORGANIZER, dayless, a_request(dayless), now=NOW)


def test_a_proposal_of_another_event_is_not_there(event: Event) -> None:
    number = work_out(event)
    with pytest.raises(NotFound):
        take_proposal(ORGANIZER, make_event(), number)
