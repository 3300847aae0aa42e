"""Tables of agreements, their parties, commitments and follow-ups, and of deals."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.database import EventOwned, EventRecord, Model, UTCDateTime
from eventsite.events.models import Organization
from eventsite.programme.models import ProgrammeItem


class Agreement(EventRecord, Model):
    """An agreement that was signed on paper; the site keeps its record."""

    __tablename__ = "agreement"

    id: Mapped[int] = mapped_column(primary_key=True)
    title_zh: Mapped[str]
    title_en: Mapped[str]
    kind: Mapped[str] = mapped_column(String(40))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("programme_item.id"))
    signed_date: Mapped[date]
    signed_place_zh: Mapped[str]
    aim_zh: Mapped[str]
    aim_en: Mapped[str]
    background_zh: Mapped[str]
    background_en: Mapped[str]

    item: Mapped[ProgrammeItem | None] = relationship()
    parties: Mapped[list["Party"]] = relationship(order_by="Party.order", cascade="all, delete-orphan")
    commitments: Mapped[list["Commitment"]] = relationship(
        order_by="Commitment.position", cascade="all, delete-orphan"
    )
    follow_ups: Mapped[list["FollowUp"]] = relationship(
        order_by="FollowUp.position", cascade="all, delete-orphan"
    )

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        names = (name for party in self.parties for name in party.organization.words)
        return (self.title_zh, self.title_en, *names)


class Party(EventOwned, Model):
    """An organization's place among the parties of an agreement."""

    __tablename__ = "party"
    __table_args__ = (UniqueConstraint("agreement_id", "organization_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    order: Mapped[int]
    signatory_title_zh: Mapped[str | None]
    source: Mapped[str] = mapped_column(String(10), default="demo")
    demo_fields: Mapped[list[str] | None] = mapped_column(default=None)

    organization: Mapped[Organization] = relationship()


class Commitment(EventRecord, Model):
    """Something that the parties promised."""

    __tablename__ = "commitment"

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    text_zh: Mapped[str]
    text_en: Mapped[str]


class FollowUp(EventRecord, Model):
    """An action that keeps a commitment: owner and due date."""

    __tablename__ = "follow_up"

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"))
    action_zh: Mapped[str]
    action_en: Mapped[str]
    owner_organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    due: Mapped[date]
    status: Mapped[str] = mapped_column(String(40))

    commitment: Mapped[Commitment] = relationship()
    owner: Mapped[Organization] = relationship()


class Deal(EventRecord, Model):
    """Business matched at the fair; `amount_cny` is null where none was named."""

    __tablename__ = "deal"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    party_a_zh: Mapped[str]
    party_b_zh: Mapped[str]
    stage: Mapped[str] = mapped_column(String(40))
    subject_zh: Mapped[str]
    amount_cny: Mapped[float | None]
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.subject_zh, self.party_a_zh, self.party_b_zh)
