"""Making accounts and giving them back to their owners."""

import re
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.accounts.models import Account, SetupLink, SignIn
from eventsite.accounts.operations.post import post_mail
from eventsite.accounts.queries import digest, find_account, find_link, get_account
from eventsite.audit.operations import record
from eventsite.database import atomic, attempt
from eventsite.kernel.errors import Closed, Conflict, DomainError
from eventsite.kernel.words import N_

TAKEN = N_("There is already an account with this e-mail address.")
LINK_LIFE = timedelta(hours=72)
ADDRESS = re.compile(r"[^\s@\"'<>()\[\],;:\\]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*", re.IGNORECASE)


def read_address(text: str) -> str:
    """Return a mail address in its one spelling; raise `DomainError` for what is none."""
    address = text.strip().lower()
    if len(address) > 254 or not ADDRESS.fullmatch(address):
        raise DomainError(N_("This is not an e-mail address."), field="email")
    return address


def create_account(
    actor: Actor, email: str, *, now: datetime, label: str = "", password_hash: str | None = None
) -> tuple[Account, str]:
    """Make an account and return it with the secret of its one-time link.

    Raises `Conflict` where the address has an account. With `password_hash` (demo sites) it is ready.
    """
    address = read_address(email)
    with atomic() as session:
        if find_account(address) is not None:
            raise Conflict(TAKEN, field="email")
        columns = {
            "email": address,
            "label": label.strip() or address.split("@")[0],
            "password": password_hash,
            "password_at": now if password_hash else None,
            "fs_uniquifier": new_uniquifier(),
            "created_at": now,
        }
        account = _insert(columns)
        secret = _new_link(session, account, now)
        record(actor, "create", thing(account), after={"email": address, "label": account.label})
    return account, secret


def reset_account(actor: Actor, account_id: int, *, now: datetime, second_factor: bool = False) -> str:
    """Take password and sessions away, on request the second factor too; return a one-time link's secret."""
    with atomic() as session:
        account = get_account(account_id)
        account.password, account.password_at = None, None
        if second_factor:
            account.tf_primary_method = account.tf_totp_secret = account.mf_recovery_codes = None
        end_all(session, account, now)
        secret = _new_link(session, account, now)
        record(actor, "reset", thing(account), second_factor=second_factor)
    return secret


def mail_link(actor: Actor, email: str, subject: str, body: str, placeholder: str, *, now: datetime) -> bool:
    """Mail a one-time link, in the place of `placeholder`; false where the address has no account.

    The password stays until the link is used: whoever asks need not be the owner.
    """
    with atomic() as session:
        account = find_account(email)
        if account is None or not account.active:
            return False
        secret = _new_link(session, account, now)
        post_mail(account.email, subject, body.replace(placeholder, secret), now=now, secret=True)
        record(actor, "mail link", thing(account))
    return True


def set_password_by_link(secret: str, password_hash: str, *, now: datetime, origin: str) -> Account:
    """Set the password that a one-time link is for. Of two that use it at once, one gets `Closed`."""
    with atomic() as session:
        found = find_link(secret, now)
        if found is None or not _use(session, secret, now):
            raise Closed(N_("This link has been used or has expired. Ask for a new one."))
        account = found[1]
        account.password, account.password_at = password_hash, now
        end_all(session, account, now)
        owner = Actor(ref=f"account:{account.id}", label=account.label, origin=origin)
        record(owner, "set password", thing(account))
    return account


def disable_account(actor: Actor, account_id: int, *, now: datetime) -> None:
    """Close an account at once, on every host."""
    if actor.ref == f"account:{account_id}":
        raise Conflict(N_("Nobody can disable their own account."))
    with atomic() as session:
        account = get_account(account_id)
        account.active = False
        end_all(session, account, now)
        record(actor, "disable", thing(account), before={"active": True}, after={"active": False})


def enable_account(actor: Actor, account_id: int) -> None:
    """Open a closed account again."""
    with atomic():
        account = get_account(account_id)
        account.active = True
        record(actor, "enable", thing(account), before={"active": False}, after={"active": True})


def thing(account: Account) -> str:
    """Return the account's name in the audit log."""
    return f"account:{account.id}"


def new_uniquifier() -> str:
    """Return a fresh value that sessions are bound to."""
    return secrets.token_hex(32)


def end_all(session: Session, account: Account, now: datetime) -> None:
    """End every session of the account; part of an operation."""
    account.fs_uniquifier = new_uniquifier()
    session.execute(
        update(SignIn).where(SignIn.account_id == account.id, SignIn.ended_at.is_(None)).values(ended_at=now)
    )


def _insert(columns: dict[str, Any]) -> Account:
    """Add an account; the unique key speaks where another request was quicker."""
    with attempt({"uq_account_email": Conflict(TAKEN, field="email")}) as session:
        return session.scalars(insert(Account).values(columns).returning(Account)).one()


def _new_link(session: Session, account: Account, now: datetime) -> str:
    """Make a one-time link; the account's older ones are over."""
    older = update(SetupLink).where(SetupLink.account_id == account.id, SetupLink.used_at.is_(None))
    session.execute(older.values(used_at=now))
    secret = secrets.token_urlsafe(24)
    session.add(SetupLink(account_id=account.id, key=digest(secret), made_at=now, expires_at=now + LINK_LIFE))
    return secret


def _use(session: Session, secret: str, now: datetime) -> bool:
    unused = update(SetupLink).where(SetupLink.key == digest(secret), SetupLink.used_at.is_(None))
    return session.scalar(unused.values(used_at=now).returning(SetupLink.id)) is not None
