"""Vouchers under many thumbs at once, where commits are commits; each check beside a careless twin."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventsite.accounts.core import system
from eventsite.checkin.core.passes import pass_id
from eventsite.database import Busy, atomic, db
from eventsite.events.queries import get_event
from eventsite.kernel.errors import Conflict
from eventsite.kernel.tokens import new_body, typed_code
from eventsite.showcase.models import CityVoucher, TakenVoucher
from eventsite.showcase.operations.entries import create_voucher
from eventsite.showcase.operations.vouchers import take_voucher, use_voucher
from tests.support.factories import NOW, make_delegation, make_event
from tests.support.factories_draws import make_pass
from tests.support.factories_showcase import voucher_facts

pytestmark = pytest.mark.both_databases
HANDS, STOCK = 8, 3
VISITOR = system("visitor")


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


def an_offer(app: Flask) -> tuple[int, list[bytes]]:
    """Make three vouchers and eight stamped cards."""
    with app.app_context():
        event = make_event(slug="fair-a")
        facts = voucher_facts(stock=STOCK)
        voucher = create_voucher(system("cli"), event, make_delegation(event), facts)
        return voucher.id, [make_pass(event).key for _ in range(HANDS)]


def rows(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(TakenVoucher)) or 0


def counted(app: Flask, voucher_id: int) -> int:
    with app.app_context():
        return db.session.get_one(CityVoucher, voucher_id).taken


def take_carelessly(app: Flask, voucher_id: int, key: bytes, looked: Barrier) -> bool:
    """Look, then act: what the conditional UPDATE replaces."""
    left = STOCK - rows(app)
    looked.wait()
    if left <= 0:
        return False
    event = get_event("fair-a")
    with atomic() as session:
        taken = TakenVoucher(
            event_id=event.id,
            voucher_id=voucher_id,
            pass_id=pass_id(event.id, key),
            key=new_body(),
            typed_code=typed_code(),
            taken_at=NOW,
        )
        session.add(taken)
    return True


def test_eight_cards_take_three_vouchers(real_app: Flask) -> None:
    voucher_id, keys = an_offer(real_app)
    answers = at_once(
        real_app,
        lambda hand: take_voucher(VISITOR, get_event("fair-a"), voucher_id, keys[hand], now=NOW).fresh,
    )
    assert answers.count(True) == STOCK
    assert (rows(real_app), counted(real_app, voucher_id)) == (STOCK, STOCK)


def test_looking_before_acting_would_give_more(real_app: Flask) -> None:
    voucher_id, keys = an_offer(real_app)
    looked = Barrier(HANDS)
    at_once(real_app, lambda hand: take_carelessly(real_app, voucher_id, keys[hand], looked))
    assert rows(real_app) > STOCK


def test_one_card_takes_one_voucher_with_eight_taps(real_app: Flask) -> None:
    voucher_id, keys = an_offer(real_app)
    answers = at_once(
        real_app,
        lambda _hand: take_voucher(VISITOR, get_event("fair-a"), voucher_id, keys[0], now=NOW).fresh,
    )
    assert answers.count(True) == 1
    assert answers.count(False) == HANDS - 1
    assert (rows(real_app), counted(real_app, voucher_id)) == (1, 1)


def test_voucher_is_used_once_at_eight_counters(real_app: Flask) -> None:
    voucher_id, keys = an_offer(real_app)
    with real_app.app_context():
        taken = take_voucher(VISITOR, get_event("fair-a"), voucher_id, keys[0], now=NOW).taken.id
    answers = at_once(
        real_app,
        lambda hand: use_voucher(system(f"desk-{hand}"), get_event("fair-a"), taken, now=NOW).fresh,
    )
    assert answers.count(True) == 1
    assert answers.count(False) == HANDS - 1
