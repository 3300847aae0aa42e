"""Tokens as plain values: what an organizer writes down, and how one stands at an instant."""

from dataclasses import dataclass
from datetime import datetime

from eventsite.partners.enums import Scope, TokenState


@dataclass(frozen=True, kw_only=True)
class TokenFacts:
    """What is said of a new token; without `expires_at` it lasts until it is revoked."""

    name: str
    scopes: tuple[Scope, ...]
    expires_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Who comes with a token that opens something now."""

    token_id: int
    organization_id: int
    event_id: int
    slug: str
    scopes: frozenset[str]

    @property
    def taker(self) -> str:
        """Return the name under which takings are counted."""
        return f"token:{self.token_id}"

    def opens(self, scope: Scope) -> bool:
        """Tell whether the token opens this."""
        return scope.value in self.scopes


def state_of(*, expires_at: datetime | None, revoked_at: datetime | None, now: datetime) -> TokenState:
    """Return how a token stands; revoked is said before expired."""
    if revoked_at is not None:
        return TokenState.REVOKED
    return TokenState.EXPIRED if expires_at is not None and expires_at <= now else TokenState.ACTIVE


def write_words(words: frozenset[str] | tuple[str, ...]) -> str:
    """Return closed words as one column holds them: sorted, a blank between."""
    return " ".join(sorted(words))
