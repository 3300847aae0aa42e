"""Sessions and second factors, and the one place where Flask-Security's changes are written."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.accounts.models import Account, SignIn
from eventsite.accounts.operations.people import end_all, thing
from eventsite.accounts.queries import digest, get_account
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_

KEPT = timedelta(days=30)  # how long an ended session stays listed
Changes = Mapping[int, Mapping[str, Any]]


def save_changes(
    actors: Mapping[int, Actor],
    changes: Changes,
    *,
    read_as: Mapping[int, str],
    now: datetime,
    notes: Sequence[Callable[[], object]] = (),
) -> None:
    """Write what a library changed on accounts, on rows that are read afresh, with the rows of the audit log.

    `read_as` holds the `fs_uniquifier` under which each account was read; if it is another one by now, the
    account was reset meanwhile and nothing is written (`Conflict`). `notes` belong to the same transaction.
    """
    with atomic() as session:
        for account_id, values in changes.items():
            account = _locked(session, account_id)
            if account.fs_uniquifier != read_as[account_id] or not account.active:
                raise Conflict(N_("This account was changed just now. Sign in again."))
            _apply(session, actors[account_id], account, values, now)
        for note in notes:
            note()


def start_sign_in(
    actor: Actor, account_id: int, secret: str, *, now: datetime, agent: str = "", via: str = "password"
) -> None:
    """Begin a session and forget the account's old ended ones."""
    with atomic() as session:
        session.execute(delete(SignIn).where(SignIn.account_id == account_id, SignIn.started_at < now - KEPT))
        session.add(
            SignIn(
                account_id=account_id,
                key=digest(secret),
                started_at=now,
                origin=actor.origin,
                agent=agent[:200],
            )
        )
        record(actor, "sign in", f"account:{account_id}", via=via)


def end_sign_in(actor: Actor, account_id: int, secret: str, *, now: datetime) -> None:
    """End one session, on every host."""
    with atomic() as session:
        running = update(SignIn).where(SignIn.key == digest(secret), SignIn.ended_at.is_(None))
        session.execute(running.values(ended_at=now))
        record(actor, "sign out", f"account:{account_id}")


def sign_out_everywhere(actor: Actor, account_id: int, *, now: datetime) -> None:
    """End every session of an account."""
    with atomic() as session:
        account = get_account(account_id)
        end_all(session, account, now)
        record(actor, "sign out everywhere", thing(account))


def record_failure(origin: str, *, account_id: int | None, address: str, step: str) -> None:
    """Log a failed attempt; of an address without an account only the first letter and the domain."""
    named = f"account:{account_id}" if account_id else "account:unknown"
    typed = "" if account_id else _masked(address)
    with atomic():
        record(
            Actor(ref="visitor", label="visitor", origin=origin),
            "fail to sign in",
            named,
            step=step,
            address=typed,
        )


def use_counter(account_id: int, counter: int) -> bool:
    """Take a time step of the authenticator app; false where it or a later one was taken before."""
    newer = or_(Account.tf_last_counter.is_(None), Account.tf_last_counter < counter)
    with atomic() as session:
        taken = update(Account).where(Account.id == account_id, newer).values(tf_last_counter=counter)
        return session.scalar(taken.returning(Account.id)) is not None


def use_recovery_code(actor: Actor, account_id: int, is_it: Callable[[str], bool]) -> None:
    """Take the stored recovery code that `is_it` recognizes; `Conflict` where it is gone."""
    with atomic() as session:
        account = _locked(session, account_id)
        codes = list(account.mf_recovery_codes or [])
        found = next((code for code in codes if is_it(code)), None)
        if found is None:
            raise Conflict(N_("This recovery code has just been used."))
        codes.remove(found)
        account.mf_recovery_codes = codes
        record(actor, "use recovery code", thing(account), left=len(codes))


def _locked(session: Session, account_id: int) -> Account:
    """Read an account so that whoever else wants to change it waits (on SQLite the turn sees to that)."""
    return session.get_one(Account, account_id, with_for_update=True)


def _apply(
    session: Session, actor: Actor, account: Account, values: Mapping[str, Any], now: datetime
) -> None:
    had_second_factor = account.has_second_factor
    values = {name: value for name, value in values.items() if getattr(account, name) != value}
    for name, value in values.items():
        setattr(account, name, value)
    if "fs_uniquifier" in values:  # what the library changes to end sessions
        uniquifier = account.fs_uniquifier
        end_all(session, account, now)
        account.fs_uniquifier = uniquifier
    if "password" in values and "fs_uniquifier" in values:
        account.password_at = now
        record(actor, "change password", thing(account))
    if "tf_totp_secret" in values:
        before, after = had_second_factor, account.has_second_factor
        if not after:
            account.mf_recovery_codes = None
        record(actor, "change second factor", thing(account), before={"on": before}, after={"on": after})
    elif "mf_recovery_codes" in values:
        record(actor, "make recovery codes", thing(account), count=len(account.mf_recovery_codes or []))


def _masked(address: str) -> str:
    name, _, domain = address.strip().lower()[:254].partition("@")
    return f"{name[:1]}***@{domain}" if domain else "***"
