"""Reading accounts, their sessions and one-time links."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select

from eventsite.accounts.models import Account, OutboxMail, SetupLink, SignIn
from eventsite.database import db
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_


def digest(secret: str) -> str:
    """Return what is stored of a session's or a link's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find_account(email: str) -> Account | None:
    """Return the account with that address, if there is one."""
    return db.session.scalar(select(Account).where(Account.email == email.strip().lower()))


def get_account(account_id: int) -> Account:
    """Return the account; raises `NotFound`."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound(N_("There is no such account."))
    return account


def find_sign_in(uniquifier: str, secret: str) -> tuple[Account, SignIn] | None:
    """Return the active account and the running session that a session cookie names."""
    row = db.session.execute(
        select(Account, SignIn)
        .join(SignIn, SignIn.account_id == Account.id)
        .where(SignIn.key == digest(secret), SignIn.ended_at.is_(None))
        .where(Account.fs_uniquifier == uniquifier, Account.active.is_(True))
    ).first()
    return (row[0], row[1]) if row else None


def list_sign_ins(account: Account) -> Sequence[SignIn]:
    """Return the running sessions of an account, newest first."""
    return db.session.scalars(
        select(SignIn)
        .where(SignIn.account_id == account.id, SignIn.ended_at.is_(None))
        .order_by(SignIn.started_at.desc(), SignIn.id.desc())
        .limit(20)
    ).all()


def find_link(secret: str, now: datetime) -> tuple[SetupLink, Account] | None:
    """Return a link that can still be used, with its account."""
    row = db.session.execute(
        select(SetupLink, Account)
        .join(Account, Account.id == SetupLink.account_id)
        .where(SetupLink.key == digest(secret), SetupLink.used_at.is_(None), SetupLink.expires_at > now)
        .where(Account.active.is_(True))
    ).first()
    return (row[0], row[1]) if row else None


def accounts_matching(search: str = "") -> Select[Any]:
    """Return the statement of all accounts whose name or address holds `search`, by name."""
    statement = select(Account)
    if search:
        statement = statement.where(
            or_(
                Account.label.icontains(search, autoescape=True),
                Account.email.icontains(search, autoescape=True),
            )
        )
    return statement.order_by(Account.label, Account.email)


def outbox() -> Select[Any]:
    """Return the statement of all mails, newest first."""
    return select(OutboxMail).order_by(OutboxMail.made_at.desc(), OutboxMail.id.desc())


def get_mail_to_write(mail_id: int) -> OutboxMail:
    """Return the mail with its row locked until the commit; raises `NotFound`."""
    mail = db.session.get(OutboxMail, mail_id, with_for_update=True, populate_existing=True)
    if mail is None:
        raise NotFound(N_("There is no such mail."))
    return mail
