"""The real library on the real write path: beside other writers, and two who use the same thing at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventsite.accounts import operations
from eventsite.accounts.core import system
from eventsite.accounts.models import Account, SignIn
from eventsite.accounts.operations.people import read_address
from eventsite.audit.models import AuditRow
from eventsite.audit.queries import verify_log
from eventsite.database import atomic, db
from eventsite.kernel.clock import machine_now
from eventsite.kernel.errors import Closed, Conflict
from tests.support.factories_accounts import make_account, sign_in

pytestmark = pytest.mark.both_databases
AT_ONCE = 8


def at_once(app: Flask, call: Callable[[int], Any], count: int = AT_ONCE) -> list[Any]:
    """Run calls in threads that start together, each in a context of its own."""
    start = threading.Barrier(count)

    def one(number: int) -> Any:
        with app.app_context():
            start.wait()
            return call(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_people_sign_in_while_others_write(real_app: Flask) -> None:
    """No sign-in is lost or refused, none leaves a flush outside `atomic()`, and the log is whole."""
    with real_app.app_context():
        emails = [make_account(f"p{n}@fair.example").email for n in range(AT_ONCE)]
        busy = make_account("busy@fair.example").id
    stop, written = threading.Event(), []

    def write() -> None:
        with real_app.app_context():
            while not stop.is_set():
                with atomic() as session:
                    session.get_one(Account, busy).login_count += 1
                written.append(1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        answers = at_once(
            real_app, lambda n: [sign_in(real_app.test_client(), emails[n]).status_code for _ in range(3)]
        )
    finally:
        stop.set()
        writer.join()
    assert answers == [[302] * 3] * AT_ONCE
    with real_app.app_context():
        counts = db.session.scalars(select(Account.login_count).where(Account.email.in_(emails))).all()
        assert counts == [3] * AT_ONCE
        assert db.session.get_one(Account, busy).login_count == len(written) > 0
        signed_in = select(func.count()).select_from(AuditRow).where(AuditRow.verb == "sign in")
        assert db.session.scalar(signed_in) == 3 * AT_ONCE
        assert db.session.scalar(select(func.count()).select_from(SignIn)) == 3 * AT_ONCE
        assert verify_log().sound


def test_two_who_use_one_link_set_one_password(real_app: Flask) -> None:
    with real_app.app_context():
        account, secret = operations.create_account(system("t"), "desk@fair.example", now=machine_now())
        account_id = account.id

    def use(number: int) -> str | None:
        try:
            operations.set_password_by_link(secret, f"hash {number}", now=machine_now(), origin="")
        except Closed:
            return None
        return f"hash {number}"

    won = [answer for answer in at_once(real_app, use) if answer]
    assert len(won) == 1
    with real_app.app_context():
        assert db.session.get_one(Account, account_id).password == won[0]


def test_check_then_act_would_set_several(real_app: Flask) -> None:
    """The broken twin: a link that is looked at in one transaction and used in the next serves several."""
    with real_app.app_context():
        _, secret = operations.create_account(system("t"), "desk@fair.example", now=machine_now())
    looked = threading.Barrier(AT_ONCE)

    def use(_: int) -> bool:
        from eventsite.accounts.queries import find_link

        found = find_link(secret, machine_now())
        db.session.rollback()
        looked.wait()
        return found is not None

    assert sum(at_once(real_app, use)) == AT_ONCE


def test_one_time_step_lets_one_in(real_app: Flask) -> None:
    with real_app.app_context():
        account_id = make_account().id
    assert sum(at_once(real_app, lambda _: operations.use_counter(account_id, 57_000_000))) == 1


def test_one_recovery_code_lets_one_in(real_app: Flask) -> None:
    with real_app.app_context():
        account_id = make_account(mf_recovery_codes=["one", "two"]).id

    def use(_: int) -> bool:
        try:
            operations.use_recovery_code(system("t"), account_id, lambda code: code == "one")
        except Conflict:
            return False
        return True

    assert sum(at_once(real_app, use)) == 1
    with real_app.app_context():
        assert db.session.get_one(Account, account_id).mf_recovery_codes == ["two"]


def test_reset_in_between_stops_what_was_read_before(real_app: Flask) -> None:
    """A page that read the account before a reset writes nothing after it."""
    with real_app.app_context():
        account = make_account()
        read_as = account.fs_uniquifier
        operations.reset_account(system("t"), account.id, now=machine_now())
        with pytest.raises(Conflict):
            operations.save_changes(
                {account.id: system("t")},
                {account.id: {"password": "old page's hash"}},
                read_as={account.id: read_as},
                now=machine_now(),
            )
        assert db.session.get_one(Account, account.id).password is None


def test_address_is_one_account_even_at_once(real_app: Flask) -> None:
    def make(_: int) -> bool:
        try:
            operations.create_account(system("t"), read_address("desk@fair.example"), now=machine_now())
        except Conflict:
            return False
        return True

    assert sum(at_once(real_app, make)) == 1
