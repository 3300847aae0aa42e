"""What needs several features at once: people with their roles, and the demo accounts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from eventsite.accounts.core import Actor
from eventsite.accounts.enums import Role
from eventsite.accounts.models import Account
from eventsite.accounts.operations import create_account, disable_account, reset_account
from eventsite.accounts.queries import find_account
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.events.operations import grant_role, keep_holder
from eventsite.events.queries import list_grants
from eventsite.kernel.errors import Conflict
from eventsite.kernel.tokens import typed_code
from eventsite.kernel.words import N_


@dataclass(frozen=True, kw_only=True)
class DemoPerson:
    """Somebody of the demo team; `scope` is kept only where the event has it."""

    name: str
    label: str
    role: Role
    scope: str = ""


@dataclass(frozen=True, kw_only=True)
class DemoAccount:
    """A demo account and its password, which is shown once."""

    email: str
    password: str


DEMO_PEOPLE = (
    DemoPerson(name="administrator", label="系统管理员", role=Role.ADMINISTRATOR),
    DemoPerson(name="organizer", label="现场总指挥", role=Role.ORGANIZER),
    DemoPerson(name="organizer2", label="副总指挥", role=Role.ORGANIZER),
    DemoPerson(name="reviewer", label="用电审核员", role=Role.REVIEWER, scope="matter:power"),
    DemoPerson(name="zone_lead", label="B区网格员", role=Role.ZONE_LEAD, scope="zone:B"),
    DemoPerson(name="stage_manager", label="主舞台舞台监督", role=Role.STAGE_MANAGER, scope="stage:S1"),
    DemoPerson(name="desk", label="服务台", role=Role.DESK),
    DemoPerson(
        name="delegation_lead", label="大连展团领队", role=Role.DELEGATION_LEAD, scope="delegation:dl-dalian"
    ),
    DemoPerson(name="partner", label="山东合作单位联络员", role=Role.PARTNER, scope="organization:org-sd"),
    DemoPerson(name="auditor", label="审计员", role=Role.AUDITOR),
)


def add_member(
    actor: Actor,
    email: str,
    role: Role,
    *,
    event: Event | None,
    now: datetime,
    label: str = "",
    scope: str = "",
) -> tuple[Account, str]:
    """Give a role to whoever has the address, making the account where there is none.

    Returns the account and, for a new one, the secret of its one-time link (else an empty text).
    """
    with atomic():
        account, secret = find_account(email), ""
        if account is None:
            account, secret = create_account(actor, email, now=now, label=label)
        grant_role(actor, account.id, role, event=event, now=now, scope=scope)
    return account, secret


def disable_person(actor: Actor, account_id: int, *, now: datetime) -> None:
    """Close an account at once, on every host. Raises `Conflict` for one's own and a last administrator's."""
    with atomic():
        _keep_administrator(account_id)
        disable_account(actor, account_id, now=now)


def reset_person(actor: Actor, account_id: int, *, now: datetime, second_factor: bool = False) -> str:
    """Take password and sessions away and return a one-time link's secret.

    Raises `Conflict` for one's own account, whose link nobody could read any more, and for the account of a
    last administrator: two who reset each other at the same time would both stand outside.
    """
    if actor.ref == f"account:{account_id}":
        raise Conflict(N_("Your own password is changed on the page “My account”."))
    with atomic():
        _keep_administrator(account_id)
        return reset_account(actor, account_id, now=now, second_factor=second_factor)


def make_demo_accounts(
    actor: Actor, event: Event, *, now: datetime, hash_password: Callable[[str], str]
) -> list[DemoAccount]:
    """Make the demo accounts that are missing: one a role and a second organizer."""
    missing = [person for person in DEMO_PEOPLE if find_account(_address(person)) is None]
    made = [DemoAccount(email=_address(person), password=_password()) for person in missing]
    hashes = [hash_password(account.password) for account in made]  # slow, so before the turn
    with atomic():
        for person, password_hash in zip(missing, hashes, strict=True):
            account, _ = create_account(
                actor, _address(person), now=now, label=person.label, password_hash=password_hash
            )
            place = None if person.role is Role.ADMINISTRATOR else event
            grant_role(actor, account.id, person.role, event=place, now=now, scope=person.scope)
    return made


def _keep_administrator(account_id: int) -> None:
    if any(grant.role is Role.ADMINISTRATOR for grant in list_grants(account_id)):
        keep_holder(Role.ADMINISTRATOR, None, besides=account_id)


def _address(person: DemoPerson) -> str:
    return f"{person.name}@demo.invalid"


def _password() -> str:
    return "-".join(typed_code(4) for _ in range(4))
