"""Two gates, two desks, two pairs of hands at the same moment: the database decides, and each is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask

from eventsite.accounts.core import Actor
from eventsite.applications.enums import How, Status
from eventsite.applications.operations import assign_booth, reject_application
from eventsite.database import atomic
from eventsite.events.queries import get_event
from eventsite.kernel.errors import Conflict
from eventsite.market.queries import get_booth
from eventsite.readiness import operations, queries
from eventsite.readiness.core import Verdict, judge_pass
from eventsite.readiness.enums import CheckKind, Direction, PassKind
from eventsite.readiness.models import PassScan
from tests.support.factories import NOW, make_application, make_booth
from tests.support.factories_market import ORGANIZER
from tests.support.factories_readiness import access_facts, make_pass, make_stall, slot_facts, vehicle_facts

pytestmark = pytest.mark.both_databases
PEOPLE = 4


def outcomes(app: Flask, act: Callable[[int], object]) -> list[str]:
    """Let some people do something at once and return what each was told."""
    start = Barrier(PEOPLE)

    def one(number: int) -> str:
        start.wait()
        with app.app_context():
            try:
                act(number)
            except Conflict:
                return "conflict"
            return "done"

    with ThreadPoolExecutor(PEOPLE) as people:
        return sorted(people.map(one, range(PEOPLE)))


def gatekeeper(number: int) -> Actor:
    return Actor(ref=f"account:{number}", label=f"Gate {number}")


def single_use_pass(app: Flask) -> int:
    with app.app_context():
        return make_pass(make_stall(), vehicle_facts()).id


def test_one_of_the_gates_lets_a_single_use_pass_in(real_app: Flask) -> None:
    made = single_use_pass(real_app)

    def scan(number: int) -> None:
        operations.let_through(
            gatekeeper(number), get_event("fair-a"), made, Direction.IN, gate=f"{number}", now=NOW
        )

    assert outcomes(real_app, scan) == [*["conflict"] * (PEOPLE - 1), "done"]
    with real_app.app_context():
        found = queries.get_pass(get_event("fair-a"), made)
        assert (found.entries, len(queries.list_scans(found))) == (1, 1)


def test_twin_that_judges_before_it_writes_lets_more_than_one_in(real_app: Flask) -> None:
    made = single_use_pass(real_app)
    judged = Barrier(PEOPLE)

    def scan_carelessly(number: int) -> None:
        found = queries.get_pass(get_event("fair-a"), made)
        assert judge_pass(found.state, NOW) is Verdict.LET_IN
        judged.wait()
        with atomic() as session:
            session.add(
                PassScan(
                    event_id=found.event_id,
                    pass_id=made,
                    direction=Direction.IN,
                    gate="",
                    at=NOW,
                    by=gatekeeper(number).ref,
                    by_label="",
                )
            )

    assert outcomes(real_app, scan_carelessly) == ["done"] * PEOPLE


def test_booth_gets_no_more_passes_than_it_may(real_app: Flask) -> None:
    with real_app.app_context():
        make_stall(staff_passes=2)

    def issue(_number: int) -> None:
        operations.issue_pass(ORGANIZER, get_event("fair-a"), "A-01", access_facts(), now=NOW)

    assert outcomes(real_app, issue) == ["conflict", "conflict", "done", "done"]
    with real_app.app_context():
        assert queries.count_passes(get_booth(get_event("fair-a"), "A-01"), PassKind.STAFF) == 2


def test_two_who_tick_get_the_same_tick(real_app: Flask) -> None:
    with real_app.app_context():
        make_stall()
    kept: list[int] = []

    def tick(number: int) -> None:
        event = get_event("fair-a")
        kept.append(operations.tick(gatekeeper(number), event, "A-01", CheckKind.SIGN, now=NOW).id)

    assert outcomes(real_app, tick) == ["done"] * PEOPLE
    assert len(set(kept)) == 1


def test_booths_that_change_slots_do_not_wait_for_each_other(real_app: Flask) -> None:
    with real_app.app_context():
        stall = make_stall()
        make_booth(zone=stall.fair.zone, code="A-02", map_x=180)
        later = slot_facts()
        later = replace(later, starts_at=later.ends_at, ends_at=later.ends_at + timedelta(hours=2))
        slots = [operations.create_slot(ORGANIZER, stall.event, facts).id for facts in (slot_facts(), later)]

    def swap(number: int) -> None:
        for turn in range(6):
            wanted = slots[(number + turn) % 2]
            operations.book_slot(ORGANIZER, get_event("fair-a"), f"A-0{number % 2 + 1}", wanted, now=NOW)

    outcomes(real_app, swap)
    with real_app.app_context():
        taken = [queries.get_slot(get_event("fair-a"), slot).taken for slot in slots]
        assert sum(taken) == 2


def test_no_pass_stays_in_force_for_who_withdraws_at_the_moment(real_app: Flask) -> None:
    with real_app.app_context():
        stall = make_stall()
        row = make_application(stall.event, zone=stall.fair.zone, status=Status.APPROVED)
        assign_booth(ORGANIZER, stall.event, row.ref, ["A-01"], how=How.HAND)
        ref, version, number = row.ref, row.version, row.id

    def act(who: int) -> None:
        event = get_event("fair-a")
        if who == 0:
            reject_application(ORGANIZER, event, ref, reason="不来", version=version, now=NOW)
        else:
            operations.issue_pass(ORGANIZER, event, "A-01", access_facts(), now=NOW)

    assert "done" in outcomes(real_app, act)
    with real_app.app_context():
        every = queries.list_passes(get_event("fair-a"))
        assert [one.id for one in every if one.application_id == number and one.revoked_at is None] == []


def test_last_place_of_a_slot_goes_to_one(real_app: Flask) -> None:
    with real_app.app_context():
        stall = make_stall()
        for number in range(2, PEOPLE + 1):
            make_booth(zone=stall.fair.zone, code=f"A-0{number}", map_x=30 + 80 * number)
        slot = operations.create_slot(ORGANIZER, stall.event, slot_facts(capacity=1)).id

    def book(number: int) -> None:
        operations.book_slot(ORGANIZER, get_event("fair-a"), f"A-0{number + 1}", slot, now=NOW)

    assert outcomes(real_app, book) == [*["conflict"] * (PEOPLE - 1), "done"]
    with real_app.app_context():
        assert queries.get_slot(get_event("fair-a"), slot).taken == 1
