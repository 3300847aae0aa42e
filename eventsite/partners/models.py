"""Tables of partners' tokens, of what was taken with them, and of webhooks with their deliveries."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.database import EventOwned, Model, UTCDateTime, Versioned, enum_column
from eventsite.events.models import Organization
from eventsite.partners.core.tokens import state_of
from eventsite.partners.enums import DeliveryState, HookEvent, Scope, TokenState


class PartnerToken(EventOwned, Model):
    """What an organization's machine shows. `key` is the keyed hash of the token, which is shown once.

    `scopes` holds words of `enums.Scope`, a blank between them. `hint` is the token's end, to tell it by.
    """

    __tablename__ = "partner_token"
    __table_args__ = (UniqueConstraint("key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    hint: Mapped[str] = mapped_column(String(8))
    key: Mapped[bytes] = mapped_column(LargeBinary(32))
    scopes: Mapped[str] = mapped_column(String(200))
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_by: Mapped[str] = mapped_column(String(80))
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    organization: Mapped[Organization] = relationship()

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.name, self.hint, *self.organization.words)

    @property
    def opened(self) -> tuple[str, ...]:
        """Return the words of what it opens, in the order in which they are offered."""
        held = self.scopes.split()
        return tuple(scope.value for scope in Scope if scope.value in held)

    def state(self, now: datetime) -> TokenState:
        """Return how it stands."""
        return state_of(expires_at=self.expires_at, revoked_at=self.revoked_at, now=now)

    def __repr__(self) -> str:
        return f"<PartnerToken {self.id}>"


class Taking(EventOwned, Model):
    """What somebody took of one state of the programme, and how often.

    `taker` is `token:3` or `account:7`. `taken` counts answers with a body, `checked` the minutes in which
    the taker asked and had it already. `release_number` is 0 for what belongs to no release.
    """

    __tablename__ = "partner_taking"
    __table_args__ = (
        UniqueConstraint("organization_id", "taker", "what", "release_number", "live_revision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    token_id: Mapped[int | None] = mapped_column(ForeignKey("partner_token.id"), index=True)
    taker: Mapped[str] = mapped_column(String(40))
    what: Mapped[str] = mapped_column(String(60))
    release_number: Mapped[int]
    live_revision: Mapped[int]
    first_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_at: Mapped[datetime] = mapped_column(UTCDateTime)
    taken: Mapped[int]
    checked: Mapped[int]
    bytes: Mapped[int] = mapped_column(BigInteger)

    organization: Mapped[Organization] = relationship()
    token: Mapped[PartnerToken | None] = relationship()

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.what, self.token.name if self.token else "", *self.organization.words)


class Webhook(Versioned, EventOwned, Model):
    """An address of a partner that is told what happens.

    `secret` is sealed. `queued_release` and `queued_live` are the last release and live revision of which
    deliveries were made; the job writes them and `failures` without raising the version.
    """

    __tablename__ = "webhook"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    url: Mapped[str] = mapped_column(String(500))
    kinds: Mapped[str] = mapped_column(String(200))
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    queued_release: Mapped[int]
    queued_live: Mapped[int]
    failures: Mapped[int] = mapped_column(default=0)
    disabled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    disabled_why: Mapped[str] = mapped_column(String(300), default="")

    organization: Mapped[Organization] = relationship()

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.url, *self.organization.words)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return what it wants to hear of."""
        return tuple(self.kinds.split())

    def __repr__(self) -> str:
        return f"<Webhook {self.id}>"


class Delivery(EventOwned, Model):
    """A message to a webhook, made with what it tells of. `uid` is the same at every attempt.

    `answers` has a mapping for each attempt: when, the status or what was wrong, and how long it took.
    """

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        UniqueConstraint("uid"),
        UniqueConstraint("webhook_id", "kind", "release_number", "live_revision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id"))
    uid: Mapped[str] = mapped_column(String(36))
    kind: Mapped[HookEvent] = enum_column(HookEvent, None)
    release_number: Mapped[int]
    live_revision: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[DeliveryState] = enum_column(DeliveryState, DeliveryState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answers: Mapped[list[Any]] = mapped_column(JSON, default=list)

    webhook: Mapped[Webhook] = relationship()

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.uid, self.kind.value, *self.webhook.words)

    @property
    def last_answer(self) -> dict[str, Any] | None:
        """Return how the last attempt went."""
        return self.answers[-1] if self.answers else None
