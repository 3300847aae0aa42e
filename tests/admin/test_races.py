"""Two administrators who act on each other at the same time never leave the site without one."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from eventsite.accounts.core import Actor
from eventsite.accounts.enums import Role
from eventsite.accounts.models import Account
from eventsite.accounts.operations import disable_account
from eventsite.admin.people.operations import disable_person, reset_person
from eventsite.database import atomic, db
from eventsite.events.models import Membership
from eventsite.events.operations import keep_holder, revoke_role
from eventsite.kernel.clock import machine_now
from eventsite.kernel.errors import Conflict
from tests.support.factories_accounts import make_member

pytestmark = pytest.mark.both_databases
Act = Callable[[Actor, int], object]
ROUNDS = 5


def disable(actor: Actor, account_id: int) -> None:
    disable_person(actor, account_id, now=machine_now())


def reset(actor: Actor, account_id: int) -> None:
    reset_person(actor, account_id, now=machine_now())


def revoke(actor: Actor, account_id: int) -> None:
    held = db.session.scalars(select(Membership.id).where(Membership.account_id == account_id)).one()
    db.session.rollback()
    revoke_role(actor, held, event=None)


def on_each_other(app: Flask, first: Act, second: Act) -> int:
    """Let two administrators act on each other at once; return how many can still sign in."""
    with app.app_context():
        with atomic() as session:
            session.execute(update(Account).values(active=False))  # those of earlier rounds
        people = [make_member(Role.ADMINISTRATOR).id for _ in range(2)]
    start = threading.Barrier(2)

    def one(turn: int) -> None:
        with app.app_context():
            start.wait()
            try:
                (first, second)[turn](Actor(ref=f"account:{people[turn]}", label="x"), people[1 - turn])
            except Conflict:
                return

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, range(2)))
    with app.app_context():
        held = Membership.role == Role.ADMINISTRATOR
        left = select(func.count()).select_from(Account).join(Membership).where(held, Account.active)
        return db.session.scalar(left.where(Account.password.is_not(None))) or 0


@pytest.mark.parametrize(
    ("first", "second"),
    [(disable, disable), (reset, reset), (revoke, revoke), (disable, revoke), (reset, disable)],
)
def test_one_administrator_is_left(real_app: Flask, first: Act, second: Act) -> None:
    left = [on_each_other(real_app, first, second) for _ in range(ROUNDS)]
    assert left == [1] * ROUNDS


def test_check_then_act_would_leave_none(real_app: Flask) -> None:
    """The broken twin: both look whether somebody is left, and then both close the other's account."""
    looked = threading.Barrier(2)

    def twin(actor: Actor, account_id: int) -> None:
        keep_holder(Role.ADMINISTRATOR, None, besides=account_id)
        looked.wait()
        disable_account(actor, account_id, now=machine_now())

    assert on_each_other(real_app, twin, twin) == 0
