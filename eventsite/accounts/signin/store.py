"""Flask-Security's storage: what it changes on an account is written through `atomic()`, on a fresh row."""

from collections.abc import Callable
from typing import Any

from flask import g, request
from flask_security import MailUtil, SQLAlchemyUserDatastore
from flask_security.mail_util import EmailValidateException
from sqlalchemy import inspect

from eventsite.accounts.core import Actor
from eventsite.accounts.models import Account
from eventsite.accounts.operations import save_changes
from eventsite.accounts.operations.people import read_address
from eventsite.database import db
from eventsite.kernel.clock import machine_now
from eventsite.kernel.errors import DomainError
from eventsite.web.language import say


class AccountStore(SQLAlchemyUserDatastore):
    """The library sets attributes and calls `commit()`, often long after reading.

    So nothing of its session is flushed: the changed values are taken off the objects, the read transaction
    ends, and one operation writes them. The library's pages run without autoflush (`guard`).
    """

    def commit(self) -> None:
        """Write what waits; do nothing where nothing does."""
        notes: list[Callable[[], object]] = g.pop("sign_in_notes", [])
        session = db.session()
        changed = [row for row in session.dirty if isinstance(row, Account) and session.is_modified(row)]
        if not changed and not notes:
            return
        changes = {account.id: _changes(account) for account in changed}
        read_as = {account.id: _before(account, "fs_uniquifier") for account in changed}
        actors = {account.id: actor_of(account) for account in changed}
        session.rollback()
        save_changes(actors, changes, read_as=read_as, now=machine_now(), notes=notes)


class Addresses(MailUtil):
    """Mail addresses by our own rule: `demo.invalid` is one, and nothing is looked up in the network."""

    def normalize(self, email: str) -> str:
        """Return the address in its one spelling."""
        try:
            return read_address(email)
        except DomainError as error:
            raise EmailValidateException(say(error)) from error

    def validate(self, email: str) -> str:
        """Return the address in its one spelling."""
        return self.normalize(email)


def later(call: Callable[[], object]) -> None:
    """Do something in the transaction of the next commit of this request."""
    if "sign_in_notes" not in g:
        g.sign_in_notes = []
    g.sign_in_notes.append(call)


def forget_waiting() -> None:
    """Drop what a request wanted to write, after its page has failed."""
    g.pop("sign_in_notes", None)
    db.session.rollback()


def actor_of(account: Account) -> Actor:
    """Return the account as the doer of its own changes."""
    return Actor(ref=f"account:{account.id}", label=account.label, origin=request.remote_addr or "")


def _changes(account: Account) -> dict[str, Any]:
    state = inspect(account)
    names = [column.key for column in state.mapper.column_attrs]
    return {name: getattr(account, name) for name in names if state.attrs[name].history.has_changes()}


def _before(account: Account, name: str) -> str:
    history = inspect(account).attrs[name].history
    return str(history.deleted[0] if history.deleted else getattr(account, name))
