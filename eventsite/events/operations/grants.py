"""Giving and taking roles: who may do what in an event, or on the site."""

from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.accounts.enums import ROLE_WORDS, SCOPE_KINDS, SITE_ROLES, Role
from eventsite.accounts.models import Account
from eventsite.accounts.queries import get_account
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.models import Delegation, Event, Membership, Organization, Stage, Zone
from eventsite.events.queries import line_of
from eventsite.kernel.errors import Conflict, DomainError, NotFound
from eventsite.kernel.openwords import is_open_word
from eventsite.kernel.words import N_

NEEDS_SCOPE = frozenset({Role.DELEGATION_LEAD, Role.PARTNER})
SCOPES = {
    "zone": Zone.code,
    "stage": Stage.code,
    "delegation": Delegation.ref,
    "organization": Organization.ref,
}


def grant_role(
    actor: Actor, account_id: int, role: Role, *, event: Event | None, now: datetime, scope: str = ""
) -> Membership:
    """Give an account a role in an event (`None`: on the site); the same twice is one membership.

    Raises `DomainError` for a role that does not go there and for a scope that the event does not have.
    """
    with atomic() as session:
        account = get_account(account_id)
        _check_place(role, event)
        _check_scope(session, role, event, scope)
        event_id = event.id if event else None
        found = _find(session, account_id, event_id, role, scope)
        if found is not None:
            return found
        membership = Membership(
            account_id=account_id,
            event_id=event_id,
            role=role,
            scope=scope,
            granted_at=now,
            line=_line(actor, event),
        )
        session.add(membership)
        if role is Role.ADMINISTRATOR:
            account.needs_second_factor = True
        record(
            actor,
            "grant",
            f"account:{account_id}",
            event_id=event_id,
            after={"role": role, "scope": scope},
        )
    return membership


def revoke_role(actor: Actor, membership_id: int, *, event: Event | None) -> None:
    """Take a role away, from the next request on. A last administrator or organizer stays (`Conflict`)."""
    with atomic() as session:
        membership = session.get(Membership, membership_id)
        event_id = event.id if event else None
        if membership is None or membership.event_id != event_id:
            raise NotFound(N_("There is no such role here."))
        role = membership.role
        if role in (Role.ADMINISTRATOR, Role.ORGANIZER):
            keep_holder(role, event, besides=membership.account_id)
        session.delete(membership)
        if role is Role.ADMINISTRATOR:
            get_account(membership.account_id).needs_second_factor = False
        record(
            actor,
            "revoke",
            f"account:{membership.account_id}",
            event_id=event_id,
            before={"role": role, "scope": membership.scope},
        )


def keep_holder(role: Role, event: Event | None, *, besides: int) -> None:
    """Raise `Conflict` where nobody but one account could sign in with the role; part of an operation.

    Whoever else takes the role or the account from one of its holders waits for the end of this transaction.
    """
    held = (_at(event.id if event else None), Membership.role == role)
    with atomic() as session:
        session.execute(select(Membership.id).where(*held).order_by(Membership.id).with_for_update())
        others = (
            select(Membership.id)
            .join(Account, Account.id == Membership.account_id)
            .where(*held, Account.id != besides, Account.active.is_(True), Account.password.is_not(None))
        )
        if session.scalar(others.limit(1)) is None:
            raise Conflict(N_("Somebody has to keep this role: %(role)s."), role=ROLE_WORDS[role])


def _line(actor: Actor, event: Event | None) -> list[str]:
    """Return who stands behind a role that a member gives; an administrator gives it for the site."""
    if event is None or not any(grant.event_id == event.id for grant in actor.grants):
        return []
    return sorted(line_of(event.id, actor.ref))


def _check_place(role: Role, event: Event | None) -> None:
    if event is None and role not in SITE_ROLES:
        raise DomainError(N_("This role belongs to an event: say which."), field="event")
    if event is not None and role is Role.ADMINISTRATOR:
        raise DomainError(N_("An administrator serves the whole site, not one event."), field="role")


def _check_scope(session: Session, role: Role, event: Event | None, scope: str) -> None:
    if not scope:
        if role in NEEDS_SCOPE:
            raise DomainError(N_("This role needs a scope."), field="scope")
        return
    kind, _, name = scope.partition(":")
    if SCOPE_KINDS.get(role) != kind or event is None:
        raise DomainError(N_("This scope does not go with the role."), field="scope")
    if not (is_open_word(name) if kind == "matter" else _exists(session, event, kind, name)):
        raise DomainError(N_("The event has no “%(scope)s”."), field="scope", scope=scope)


def _exists(session: Session, event: Event, kind: str, name: str) -> bool:
    column = SCOPES[kind]
    table = column.class_
    return session.scalar(select(table.id).where(table.event_id == event.id, column == name)) is not None


def _find(
    session: Session, account_id: int, event_id: int | None, role: Role, scope: str
) -> Membership | None:
    """Look first: where `event_id` is null the unique key does not hold."""
    return session.scalar(
        select(Membership).where(
            Membership.account_id == account_id,
            _at(event_id),
            Membership.role == role,
            Membership.scope == scope,
        )
    )


def _at(event_id: int | None) -> ColumnElement[bool]:
    """Return the condition for roles in an event, or for those on the site."""
    return Membership.event_id.is_(None) if event_id is None else Membership.event_id == event_id
