"""Booths are given out once: by a proposal that is looked at first, or by a lot that anybody can check."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from eventsite.accounts.core import Actor, Grant
from eventsite.accounts.enums import Role
from eventsite.applications.enums import How, Status
from eventsite.applications.operations import assign_booth, release_booth
from eventsite.applications.queries import list_holdings
from eventsite.audit.queries import history_of
from eventsite.events.models import Event
from eventsite.events.operations.zones import edit_zone
from eventsite.kernel.errors import Conflict, DomainError, NotAllowed, NotFound
from eventsite.kernel.fairdraw.check import check_files
from eventsite.market.core import CircuitFacts
from eventsite.market.enums import LiveState
from eventsite.market.operations import create_circuit, say_live
from eventsite.market.queries import get_booth, get_circuit
from eventsite.placement.core.packing import pack_task, unpack_outcome, unpack_task
from eventsite.placement.enums import LotStatus, ProposalStatus
from eventsite.placement.operations.lots import (
    apply_lot,
    confirm_freeze,
    create_lot,
    draw_lot,
    propose_freeze,
    void_lot,
    withdraw_freeze,
)
from eventsite.placement.operations.proposals import (
    GRACE,
    LONGEST,
    apply_proposal,
    ask_proposal,
    discard_proposal,
    fail,
    finish,
    take_waiting,
)
from eventsite.placement.queries import get_lot, get_proposal, task_for
from eventsite.placement.solving import propose
from tests.support.factories import (
    NOW,
    make_application,
    make_booth,
    make_clearance,
    make_event,
    make_zone,
)

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]

DIGITS = "3141 5926 5358 9793 2384"


def organizer(number: int, event: Event) -> Actor:
    grants = (Grant(role=Role.ORGANIZER, event_id=event.id),)
    return Actor(ref=f"account:{number}", label=f"org-{number}", grants=grants)


@pytest.fixture
def event() -> Event:
    """A zone with three booths in a row and three accepted exhibitors; two wish for the same booth."""
    event = make_event()
    zone = make_zone(event, code="B")
    for number in (1, 2, 3):
        make_booth(
            event, zone=zone, code=f"B-{number}", status="planned", map_x=30 + 70 * number, map_w=60, map_h=60
        )
    for ref, wishes in (("ap-1", ["B-1"]), ("ap-2", ["B-1", "B-3"]), ("ap-3", [])):
        make_application(
            event, zone=zone, ref=ref, unit_zh=ref, status=Status.APPROVED, wishes=wishes, category="food"
        )
    return event


def holders(event: Event) -> dict[str, str]:
    return {one.booth.code: one.application.ref for one in list_holdings(event)}


def work_out(event: Event) -> int:
    asked = ask_proposal(organizer(1, event), event, seconds=5, relax=False, now=NOW)
    taken = take_waiting(NOW)
    assert taken is not None
    finish(taken, propose(unpack_task(taken.task), seconds=5), now=NOW)
    return asked.id


def frozen(event: Event, code: str = "L1") -> None:
    create_lot(
        organizer(1, event), event, code=code, title_zh="抽签", title_en="Lot", zone="", category="", now=NOW
    )
    propose_freeze(organizer(1, event), event, code, now=NOW)
    confirm_freeze(organizer(2, event), event, code, now=NOW)


def test_a_task_holds_the_accepted_and_the_free(event: Event) -> None:
    zone = make_zone(event, code="C")
    make_application(event, zone=zone, status=Status.SUBMITTED)
    make_booth(event, zone=zone, code="C-8", status="confirmed")
    make_booth(event, zone=zone, code="C-9", status="cancelled")
    task = task_for(event)
    assert [unit.ref for unit in task.units] == ["ap-1", "ap-2", "ap-3"]
    assert [place.code for place in task.places] == ["B-1", "B-2", "B-3"]
    assert task.units[0].load == 20
    assert unpack_task(pack_task(task)) == task


def test_what_a_circuit_has_left_is_exact_and_cancelled_booths_draw_nothing(event: Event) -> None:
    zone = make_zone(event, code="C")
    create_circuit(organizer(1, event), event, CircuitFacts(code="C-Q1", zone="C", limit_kw=10.0))
    circuit_id = get_circuit(event, "C-Q1").id
    for code, status, kw in (("C-8", "confirmed", 7.7), ("C-9", "cancelled", 9.0)):
        make_booth(event, zone=zone, code=code, status=status, power_kw=kw, circuit_id=circuit_id)
    assert [(circuit.code, circuit.room) for circuit in task_for(event).circuits] == [("C-Q1", 23)]


def test_what_a_zone_has_left_counts_booths_without_a_circuit_and_only_known_limits(event: Event) -> None:
    zone = make_zone(event, code="C", limit_kw=12.0, map_x=410)
    for code, status, kw in (("C-8", "confirmed", 7.7), ("C-9", "cancelled", 9.0)):
        make_booth(event, zone=zone, code=code, status=status, power_kw=kw)
    asked = work_out(event)
    (limit,) = task_for(event).circuits
    assert (limit.code, limit.room, limit.of_zone) == ("C", 43, True)

    facts = replace(zone.facts, limit_kw=8.0)
    edit_zone(organizer(1, event), event, "C", facts, version=zone.version)
    with pytest.raises(Conflict, match="changed since"):
        apply_proposal(organizer(1, event), event, asked)
    assert holders(event) == {}


def test_an_open_booth_is_not_given_out(event: Event) -> None:
    make_clearance(get_booth(event, "B-1"))
    say_live(organizer(1, event), event, "B-1", LiveState.OPEN, now=NOW)
    assert [place.code for place in task_for(event).places] == ["B-2", "B-3"]
    with pytest.raises(Conflict, match="B-1 is open") as refusal:
        assign_booth(organizer(1, event), event, "ap-1", ["B-1"], how=How.HAND)
    assert (refusal.value.field, holders(event)) == ("booths", {})
    say_live(organizer(1, event), event, "B-1", LiveState.CLOSED, now=NOW)
    assign_booth(organizer(1, event), event, "ap-1", ["B-1"], how=How.HAND)
    assert holders(event) == {"B-1": "ap-1"}


def test_a_cancelled_booth_is_not_given_out(event: Event) -> None:
    make_booth(event, zone=get_booth(event, "B-1").zone, code="B-9", status="cancelled")
    with pytest.raises(Conflict, match="B-9 is cancelled") as refusal:
        assign_booth(organizer(1, event), event, "ap-1", ["B-9"], how=How.HAND)
    assert (refusal.value.field, holders(event)) == ("booths", {})


def test_who_holds_an_open_booth_keeps_it_when_another_is_added(event: Event) -> None:
    make_application(event, status=Status.APPROVED, ref="ap-9", places=2)
    assign_booth(organizer(1, event), event, "ap-9", ["B-1", "B-2"], how=How.HAND)
    make_clearance(get_booth(event, "B-1"))
    say_live(organizer(1, event), event, "B-1", LiveState.OPEN, now=NOW)
    assign_booth(organizer(1, event), event, "ap-9", ["B-1", "B-3"], how=How.HAND)
    assert holders(event) == {"B-1": "ap-9", "B-3": "ap-9"}


def test_a_job_process_that_comes_late_changes_no_proposal_that_is_ready(event: Event) -> None:
    number = work_out(event)
    fail(get_proposal(event, number), "RuntimeError: late", now=NOW)
    proposal = get_proposal(event, number)
    assert (proposal.status, proposal.fault) == (ProposalStatus.READY, "")


def test_a_booth_of_another_event_is_in_no_task(event: Event) -> None:
    assert task_for(make_event()).places == ()


def test_a_proposal_is_worked_out_looked_at_and_applied(event: Event) -> None:
    number = work_out(event)
    proposal = get_proposal(event, number)
    assert proposal.status is ProposalStatus.READY
    assert proposal.outcome is not None
    outcome = unpack_outcome(proposal.outcome)
    assert outcome.is_optimal
    assert holders(event) == {}
    assert apply_proposal(organizer(1, event), event, number) == 3
    assert holders(event) == {"B-1": "ap-1", "B-2": "ap-3", "B-3": "ap-2"}
    assert {one.how for one in list_holdings(event)} == {How.PROPOSAL}
    verbs = [entry.verb for entry in history_of(event.id, f"placement_proposal:{number}")]
    assert sorted(verbs) == ["apply", "ask", "solve"]


def test_a_proposal_of_yesterday_is_not_applied_to_today(event: Event) -> None:
    number = work_out(event)
    assign_booth(organizer(1, event), event, "ap-3", ["B-1"], how=How.HAND)
    with pytest.raises(Conflict, match="have changed since"):
        apply_proposal(organizer(1, event), event, number)
    assert holders(event) == {"B-1": "ap-3"}
    discard_proposal(organizer(1, event), event, number)
    assert get_proposal(event, number).status is ProposalStatus.DISCARDED


def test_what_stands_already_is_kept_by_the_next_proposal(event: Event) -> None:
    assign_booth(organizer(1, event), event, "ap-3", ["B-1"], how=How.HAND)
    apply_proposal(organizer(1, event), event, work_out(event))
    assert holders(event)["B-1"] == "ap-3"
    assert len(holders(event)) == 3


def test_one_proposal_at_a_time_and_none_for_nobody(event: Event) -> None:
    ask_proposal(organizer(1, event), event, seconds=5, relax=False, now=NOW)
    with pytest.raises(Conflict, match="worked out already"):
        ask_proposal(organizer(2, event), event, seconds=5, relax=False, now=NOW)
    with pytest.raises(Conflict, match="Nobody who is accepted"):
        ask_proposal(organizer(1, event), make_event(), seconds=5, relax=False, now=NOW)


def test_a_proposal_whose_process_died_is_taken_up_again(event: Event) -> None:
    asked = ask_proposal(organizer(1, event), event, seconds=5, relax=False, now=NOW)
    assert take_waiting(NOW) is not None
    assert take_waiting(NOW + timedelta(seconds=5)) is None
    again = take_waiting(NOW + LONGEST + GRACE + timedelta(seconds=1))
    assert again is not None
    assert again.id == asked.id


def test_a_lot_needs_two_people_and_20_digits(event: Event) -> None:
    create_lot(
        organizer(1, event), event, code="L1", title_zh="抽签", title_en="Lot", zone="B", category="", now=NOW
    )
    with pytest.raises(Conflict, match="Nothing waits for a second person"):
        confirm_freeze(organizer(2, event), event, "L1", now=NOW)
    propose_freeze(organizer(1, event), event, "L1", now=NOW)
    with pytest.raises(NotAllowed, match="another person"):
        confirm_freeze(organizer(1, event), event, "L1", now=NOW)
    withdraw_freeze(organizer(1, event), event, "L1")
    propose_freeze(organizer(2, event), event, "L1", now=NOW)
    confirm_freeze(organizer(1, event), event, "L1", now=NOW)
    with pytest.raises(DomainError):
        draw_lot(organizer(1, event), event, "L1", digits="12345", now=NOW)
    assert get_lot(event, "L1").status is LotStatus.FROZEN


def test_a_lot_is_drawn_checked_and_given_out(event: Event, tmp_path: Path) -> None:
    frozen(event)
    lot = draw_lot(organizer(1, event), event, "L1", digits=DIGITS, now=NOW)
    assert lot.record is not None
    assert lot.entries is not None
    assert lot.choices is not None
    assert check_files(lot.record, lot.entries) == []
    (tmp_path / "record.json").write_bytes(lot.record)
    (tmp_path / "entries.csv").write_bytes(lot.entries)
    script = Path("eventsite/kernel/fairdraw/verify.py").resolve()
    told = subprocess.run(
        [sys.executable, script, "record.json", "entries.csv"], cwd=tmp_path, capture_output=True, check=False
    )
    assert told.returncode == 0, told.stdout
    order = [turn["unit"] for turn in lot.choices["order"]]
    assert sorted(order) == ["ap-1", "ap-2", "ap-3"]
    assert apply_lot(organizer(1, event), event, "L1") == 3
    first = next(ref for ref in order if ref != "ap-3")
    assert holders(event)["B-1"] == (first if order.index(first) < order.index("ap-3") else "ap-3")


def test_a_lot_drawn_twice_stays_as_it_was(event: Event) -> None:
    frozen(event)
    first = draw_lot(organizer(1, event), event, "L1", digits=DIGITS, now=NOW).record
    again = draw_lot(organizer(2, event), event, "L1", digits=DIGITS[::-1], now=NOW).record
    assert first == again


def test_a_wish_changed_after_the_freeze_changes_nothing(event: Event) -> None:
    frozen(event)
    lot = get_lot(event, "L1")
    before = dict(lot.task or {})
    make_application(event, zone=lot.zone, status=Status.APPROVED, ref="ap-9")
    draw_lot(organizer(1, event), event, "L1", digits=DIGITS, now=NOW)
    assert get_lot(event, "L1").task == before


def test_a_lot_whose_booth_went_elsewhere_is_given_out_whole_or_not_at_all(event: Event) -> None:
    frozen(event)
    draw_lot(organizer(1, event), event, "L1", digits=DIGITS, now=NOW)
    newcomer = make_application(event, status=Status.APPROVED, ref="ap-9")
    assign_booth(organizer(1, event), event, newcomer.ref, ["B-1"], how=How.HAND)
    with pytest.raises(Conflict):
        apply_lot(organizer(1, event), event, "L1")
    assert holders(event) == {"B-1": "ap-9"}
    release_booth(organizer(1, event), event, "ap-9")
    assert apply_lot(organizer(1, event), event, "L1") == 3


def test_a_void_lot_gives_nothing_out(event: Event) -> None:
    frozen(event)
    void_lot(organizer(1, event), event, "L1", reason="设备故障")
    with pytest.raises(Conflict):
        draw_lot(organizer(1, event), event, "L1", digits=DIGITS, now=NOW)
    assert get_lot(event, "L1").void_reason == "设备故障"


def test_a_lot_of_another_event_is_not_found(event: Event) -> None:
    frozen(event)
    with pytest.raises(NotFound):
        get_lot(make_event(), "L1")
