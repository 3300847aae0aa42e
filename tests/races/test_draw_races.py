"""Two operators and many desks at once, where commits are commits; each check beside a careless twin."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventsite.audit.queries import history_of
from eventsite.database import Busy, atomic, db
from eventsite.draws import operations as acts
from eventsite.draws import queries
from eventsite.draws.enums import AwardState, DrawStatus, HandOverKind
from eventsite.draws.models import Award, Draw, DrawRound, FrozenList, HandOver
from eventsite.events.queries import get_event
from eventsite.kernel.errors import Conflict
from tests.support.factories import NOW
from tests.support.factories_draws import ANN, BEN, DIGITS, make_draws, ready, reveal_all, run

pytestmark = pytest.mark.both_databases
HANDS = 8


def at_once(app: Flask, work: Callable[[int], Any]) -> list[Any]:
    """Let eight hands do the work at the same moment; a refusal is an answer."""
    start = Barrier(HANDS)

    def one(hand: int) -> Any:
        with app.app_context():
            start.wait()
            try:
                return work(hand)
            except (Busy, Conflict) as refused:
                return refused

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(one, range(HANDS)))


def a_won_prize(app: Flask) -> tuple[str, int]:
    with app.app_context():
        event, (draw,) = make_draws(people=6, prizes=2)
        return event.slug, run(event, draw)[0].id


def handed(app: Flask, award_id: int) -> int:
    with app.app_context():
        return (
            db.session.scalar(
                select(func.count()).where(
                    HandOver.award_id == award_id, HandOver.kind == HandOverKind.HANDED
                )
            )
            or 0
        )


def test_prize_is_handed_over_once_by_eight_desks(real_app: Flask) -> None:
    slug, award_id = a_won_prize(real_app)
    answers = at_once(
        real_app,
        lambda hand: acts.hand_over_award(ANN, get_event(slug), award_id, place=f"F-{hand}", now=NOW).fresh,
    )
    assert answers.count(True) == 1
    assert handed(real_app, award_id) == 1
    with real_app.app_context():
        event = get_event(slug)
        verbs = [entry.verb for entry in history_of(event.id, f"award:{award_id}")]
    assert verbs == ["hand over"]


def test_the_check_catches_a_hand_over_that_looks_first(real_app: Flask) -> None:
    _, award_id = a_won_prize(real_app)
    looked, one_by_one = Barrier(HANDS), Lock()

    def careless(hand: int) -> None:
        state = db.session.scalar(select(Award.state).where(Award.id == award_id))
        db.session.rollback()
        looked.wait()
        if state is not AwardState.WON:
            return
        with one_by_one, atomic() as session:
            session.get_one(Award, award_id).state = AwardState.CLAIMED
            row = {"kind": HandOverKind.HANDED, "by": "x", "by_label": "x", "at": NOW}
            session.add(HandOver(award_id=award_id, number=hand + 1, **row))

    at_once(real_app, careless)
    assert handed(real_app, award_id) > 1


def test_eight_operators_who_press_run_get_one_outcome(real_app: Flask) -> None:
    with real_app.app_context():
        event, (draw,) = make_draws(people=40, prizes=5)
        reveal_all(event, draw)
        acts.enter_values(ANN, event, draw.ref, digits=DIGITS, now=NOW)
        slug, ref = event.slug, draw.ref
    answers = at_once(real_app, lambda _: acts.run_round(ANN, get_event(slug), ref, now=NOW))
    assert sorted(answer.fresh for answer in answers) == [False] * (HANDS - 1) + [True]
    with real_app.app_context():
        event = get_event(slug)
        drawn = queries.get_draw(event, ref)
        assert drawn.status is DrawStatus.DRAWN
        assert len(queries.list_awards(drawn)) == 5
        assert len(drawn.rounds) == 1
        verbs = [entry.verb for entry in history_of(event.id, f"draw:{drawn.id}")]
        assert verbs.count("run") == 1


def test_the_check_catches_a_run_that_looks_first(real_app: Flask) -> None:
    with real_app.app_context():
        event, (draw,) = make_draws(people=6, prizes=1)
        reveal_all(event, draw)
        draw_id = draw.id
    looked, one_by_one = Barrier(HANDS), Lock()

    def careless(hand: int) -> None:
        status = db.session.scalar(select(Draw.status).where(Draw.id == draw_id))
        db.session.rollback()
        looked.wait()
        if status is not DrawStatus.REVEALED:
            return
        with one_by_one, atomic() as session:
            session.get_one(Draw, draw_id).status = DrawStatus.DRAWN
            round_ = {"opened_at": NOW, "drawn_at": NOW, "outcome": {"by": hand}}
            session.add(DrawRound(draw_id=draw_id, number=hand + 1, **round_))

    at_once(real_app, careless)
    with real_app.app_context():
        drawn = select(func.count()).where(DrawRound.draw_id == draw_id, DrawRound.drawn_at.is_not(None))
        assert (db.session.scalar(drawn) or 0) > 1


def test_list_is_frozen_once_by_eight_who_confirm(real_app: Flask) -> None:
    with real_app.app_context():
        event, (draw,) = make_draws(people=20)
        ready(event, draw)
        acts.propose_freeze(ANN, event, draw.ref, now=NOW)
        slug, ref = event.slug, draw.ref
    answers = at_once(real_app, lambda _: acts.confirm_freeze(BEN, get_event(slug), ref, now=NOW))
    assert sum(isinstance(answer, FrozenList) for answer in answers) == 1
    assert sum(isinstance(answer, Conflict) for answer in answers) == HANDS - 1


def test_absent_and_handed_over_never_both(real_app: Flask) -> None:
    with real_app.app_context():
        event, (draw,) = make_draws(people=6, prizes=1)
        award = run(event, draw)[0]
        acts.propose_absent(ANN, event, draw.ref, slots=[award.slot], reason="未到", now=NOW)
        slug, ref, award_id = event.slug, draw.ref, award.id

    def work(hand: int) -> Any:
        event = get_event(slug)
        if hand % 2:
            return acts.confirm_absent(BEN, event, ref, now=NOW)
        return acts.hand_over_award(ANN, event, award_id, place="F-04", now=NOW)

    at_once(real_app, work)
    with real_app.app_context():
        drawn = queries.get_draw(get_event(slug), ref)
        absent = len(drawn.rounds) == 2
        state = queries.get_award(award_id).state
    assert (absent, state, handed(real_app, award_id)) in [
        (True, AwardState.ABSENT, 0),
        (False, AwardState.CLAIMED, 1),
    ]
