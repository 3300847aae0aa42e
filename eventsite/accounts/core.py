"""Who acts, on what, and which roles allow it: plain values and predicates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from eventsite.accounts.enums import Role


class Permission(Enum):
    """The base of each feature's permissions; a member's value says in words what it allows."""


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A role that somebody holds: on the site (`event_id` is None) or in one event, perhaps in a scope."""

    role: Role
    event_id: int | None
    scope: str = ""


@dataclass(frozen=True, kw_only=True)
class Thing:
    """What is to be touched: an event's (or, without one, the site's), and the scopes that it lies in."""

    event_id: int | None = None
    scopes: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who does something. `ref` goes into the audit log, `origin` says from where.

    `label` is the person's name; it is empty for the site itself, which pages name in the reader's words.
    """

    ref: str
    label: str
    grants: tuple[Grant, ...] = ()
    origin: str = ""
    second_factor: bool = field(default=False)

    @property
    def is_anonymous(self) -> bool:
        """Tell whether nobody has signed in."""
        return self.ref == "visitor"

    def is_member(self, event_id: int | None) -> bool:
        """Tell whether the actor may know of the event, so that "no right" is said openly.

        A role on the whole site counts in every event, drafts included.
        """
        return any(grant.event_id in (event_id, None) for grant in self.grants)


ANONYMOUS = Actor(ref="visitor", label="visitor")

Predicate = Callable[[Actor, Thing], bool]
Rules = Mapping[Permission, tuple[Predicate, ...]]


def system(name: str) -> Actor:
    """Return the actor of commands and jobs; `name` says which of them, for the audit log alone."""
    return Actor(ref=f"system:{name}", label="")


def holds(role: Role) -> Predicate:
    """Allow whoever holds the role there, in any scope (lists, and roles without a scope)."""

    def check(actor: Actor, thing: Thing) -> bool:
        return any(grant.role is role and _reaches(grant, thing) for grant in actor.grants)

    return check


def within(role: Role) -> Predicate:
    """Allow whoever holds the role there for all of the event or for a scope that the thing lies in."""

    def check(actor: Actor, thing: Thing) -> bool:
        return any(
            grant.role is role and _reaches(grant, thing) and (not grant.scope or grant.scope in thing.scopes)
            for grant in actor.grants
        )

    return check


def allows(rules: Rules, actor: Actor, permission: Permission, thing: Thing) -> bool:
    """Tell whether any predicate of the permission lets the actor touch the thing."""
    return any(predicate(actor, thing) for predicate in rules[permission])


def _reaches(grant: Grant, thing: Thing) -> bool:
    if grant.event_id == thing.event_id:
        return True
    return grant.event_id is None and grant.role is Role.AUDITOR
