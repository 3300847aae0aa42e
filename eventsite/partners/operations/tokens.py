"""Issuing and revoking tokens."""

from dataclasses import dataclass, field
from datetime import datetime

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.models import Event, Organization
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.tokens import Keyring, Purpose, new_body, seal, unseal
from eventsite.kernel.words import N_
from eventsite.partners.core.tokens import TokenFacts, write_words
from eventsite.partners.models import PartnerToken
from eventsite.partners.queries import get_token_to_write, list_tokens
from eventsite.sealing.core import Sealer

TOKEN_BYTES = 16
MOST_TOKENS = 20  # of an organization, those that are not revoked
MARK = "partner-token"


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A new token's row and, this once, the token itself."""

    row: PartnerToken
    token: str = field(repr=False)


def issue_token(
    actor: Actor,
    event: Event,
    organization: Organization,
    facts: TokenFacts,
    *,
    keyring: Keyring,
    sealer: Sealer,
    now: datetime,
) -> Issued:
    """Make a token for an organization of the event; only its keyed hash is kept.

    Raises `DomainError` for a token that opens nothing or has expired, `Conflict` where there are too many.
    """
    _check(facts, now)
    token = seal(keyring, Purpose.FEED, new_body(TOKEN_BYTES))
    key = sealer.mark(token, MARK)
    with atomic() as session:
        held = [one for one in list_tokens(event, organization) if one.revoked_at is None]
        if len(held) >= MOST_TOKENS:
            raise Conflict(N_("%(most)s tokens are enough: revoke one first."), most=MOST_TOKENS)
        row = PartnerToken(
            event_id=event.id,
            organization_id=organization.id,
            name=facts.name,
            hint=token[-4:],
            key=key,
            scopes=write_words(tuple(scope.value for scope in facts.scopes)),
            expires_at=facts.expires_at,
            created_at=now,
            created_by=actor.label,
        )
        session.add(row)
        session.flush()
        record(
            actor,
            "issue",
            f"partner_token:{row.id}",
            event_id=event.id,
            organization=organization.ref,
            name=facts.name,
            scopes=row.scopes,
            expires_at=facts.expires_at.isoformat() if facts.expires_at else None,
        )
    return Issued(row=row, token=token)


def revoke_token(actor: Actor, event: Event, token_id: int, *, now: datetime) -> PartnerToken:
    """Let a token open nothing from now on; the second time changes nothing."""
    with atomic():
        row = get_token_to_write(event, token_id)
        if row.revoked_at is None:
            row.revoked_at = now
            record(actor, "revoke", f"partner_token:{row.id}", event_id=event.id, name=row.name)
        return row


def key_of(keyring: Keyring, sealer: Sealer, token: str) -> bytes | None:
    """Return the keyed hash of a token that we have made, `None` for a forged one: no query is needed."""
    body = unseal(keyring, Purpose.FEED, token) if token.isascii() else None
    return sealer.mark(token, MARK) if body is not None and len(body) == TOKEN_BYTES else None


def _check(facts: TokenFacts, now: datetime) -> None:
    if not facts.scopes:
        raise DomainError(N_("Choose at least one thing that the token opens."), field="scopes")
    if facts.expires_at is not None and facts.expires_at <= now:
        raise DomainError(N_("That day is over. Choose a later one, or leave it empty."), field="expires_on")
