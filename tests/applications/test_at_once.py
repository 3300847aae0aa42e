"""Several people at the same moment: one word, one application, one quota, one holder."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from eventsite.applications.enums import How, Matter, Status, Verdict
from eventsite.applications.models import Application, Call, Holding, MatterReview
from eventsite.applications.operations import (
    Finding,
    Sheet,
    assign_booth,
    judge_matter,
    return_application,
    save_application,
    submit_application,
)
from eventsite.applications.queries import count_in_quota, get_application, get_call
from eventsite.database import atomic, db
from eventsite.events.queries import get_event
from eventsite.kernel.errors import Conflict, StaleEdit
from eventsite.kernel.tokens import new_body
from tests.support.factories import NOW, make_booth
from tests.support.factories_applications import (
    APPLICANT,
    SEALER,
    application_facts,
    apply_to,
    approve_one,
    judge_all,
    make_call,
)
from tests.support.factories_market import ORGANIZER, make_fair

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
            except StaleEdit:
                return "stale"
            except Conflict:
                return "conflict"
            return "done"

    with ThreadPoolExecutor(PEOPLE) as people:
        return sorted(people.map(one, range(PEOPLE)))


def drafts(app: Flask, **given: int) -> list[bytes]:
    """Make a call and a draft for each of the people; return the bodies of their links."""
    with app.app_context():
        fair = make_fair(slug="fair-a")
        call = make_call(fair.event, **given)
        bodies = [new_body(16) for _ in range(PEOPLE)]
        for body in bodies:
            sheet = Sheet(call=call.code, category="folk", facts=application_facts())
            save_application(APPLICANT, fair.event, body, sheet, sealer=SEALER, now=NOW)
    return bodies


def states(app: Flask) -> Counter[Status]:
    with app.app_context():
        return Counter(db.session.scalars(select(Application.status)))


def test_one_of_two_reviewers_writes_and_the_others_see_it(real_app: Flask) -> None:
    with real_app.app_context():
        fair = make_fair(slug="fair-a")
        ref = apply_to(fair.event, make_call(fair.event)).ref

    def judge(number: int) -> None:
        finding = Finding(matter=Matter.POWER, verdict=Verdict.PROBLEM, point=f"意见 {number}")
        judge_matter(ORGANIZER, get_event("fair-a"), ref, finding, now=NOW)

    assert outcomes(real_app, judge) == ["done", *["stale"] * (PEOPLE - 1)]
    with real_app.app_context():
        assert len(db.session.scalars(select(MatterReview)).all()) == 1


def test_one_form_sent_by_many_fingers_is_one_application(real_app: Flask) -> None:
    with real_app.app_context():
        make_call(make_fair(slug="fair-a").event)
    body = new_body(16)

    def send(_number: int) -> None:
        event = get_event("fair-a")
        sheet = Sheet(call="spring", category="folk", facts=application_facts())
        save_application(APPLICANT, event, body, sheet, sealer=SEALER, now=NOW)
        submit_application(APPLICANT, event, body, sealer=SEALER, now=NOW)

    assert outcomes(real_app, send) == ["done"] * PEOPLE
    assert states(real_app) == {Status.SUBMITTED: 1}


def test_the_last_place_of_the_quota_is_taken_once(real_app: Flask) -> None:
    bodies = drafts(real_app, places=1, over_percent=100)

    def send(number: int) -> None:
        submit_application(APPLICANT, get_event("fair-a"), bodies[number], sealer=SEALER, now=NOW)

    assert outcomes(real_app, send) == ["done"] * PEOPLE
    assert states(real_app) == {Status.SUBMITTED: 1, Status.WAITLISTED: PEOPLE - 1}


def test_twin_that_counts_before_its_turn_takes_too_many(real_app: Flask) -> None:
    bodies = drafts(real_app, places=1, over_percent=100)
    counted = Barrier(PEOPLE)

    def send(number: int) -> None:
        call = get_call(get_event("fair-a"), "spring")
        full = count_in_quota(call) >= call.quota
        counted.wait()
        with atomic() as session:
            rows = session.scalars(select(Application).order_by(Application.id)).all()
            rows[number].status = Status.WAITLISTED if full else Status.SUBMITTED
            rows[number].submitted_at = NOW

    assert len(bodies) == PEOPLE
    assert outcomes(real_app, send) == ["done"] * PEOPLE
    assert states(real_app) == {Status.SUBMITTED: PEOPLE}


def test_an_application_is_returned_by_one(real_app: Flask) -> None:
    with real_app.app_context():
        fair = make_fair(slug="fair-a")
        ref = apply_to(fair.event, make_call(fair.event)).ref
        version = judge_all(fair.event, ref, bad=(Matter.POWER,)).version

    def send_back(number: int) -> None:
        event = get_event("fair-a")
        until = db.session.scalars(select(Call)).one().closes_at
        points = [(Matter.POWER, f"{number}")]
        return_application(ORGANIZER, event, ref, points, until=until, version=version, now=NOW)

    assert outcomes(real_app, send_back) == ["done", *["stale"] * (PEOPLE - 1)]


def test_a_booth_goes_to_one_of_them(real_app: Flask) -> None:
    with real_app.app_context():
        fair = make_fair(slug="fair-a")
        make_booth(zone=fair.zone, code="A-01")
        call = make_call(fair.event)
        refs = [approve_one(fair.event, call).ref for _ in range(PEOPLE)]

    def give(number: int) -> None:
        assign_booth(ORGANIZER, get_event("fair-a"), refs[number], ["A-01"], how=How.HAND)

    assert outcomes(real_app, give) == [*["conflict"] * (PEOPLE - 1), "done"]
    with real_app.app_context():
        [holding] = db.session.scalars(select(Holding)).all()
        holders = [get_application(get_event("fair-a"), ref).booth_id for ref in refs]
        assert [booth for booth in holders if booth] == [holding.booth_id]
