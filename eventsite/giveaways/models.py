"""Tables of giveaways and rewards."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.checkin.models import StampRally
from eventsite.database import EventOwned, EventRecord, Model, UTCDateTime, enum_column
from eventsite.events.models import Zone
from eventsite.giveaways.enums import Eligibility, LimitScope
from eventsite.market.models import Booth


class Giveaway(EventRecord, Model):
    """Something that is handed out free at a booth."""

    __tablename__ = "giveaway"
    __table_args__ = (UniqueConstraint("event_id", "ref"), CheckConstraint("stock_total >= 0", name="stock"))

    id: Mapped[int] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    booth_id: Mapped[int] = mapped_column(ForeignKey("booth.id"))
    unit_zh: Mapped[str] = mapped_column(String(20))
    stock_total: Mapped[int]
    limit_per_visitor: Mapped[int]
    limit_scope: Mapped[LimitScope] = enum_column(LimitScope, LimitScope.PER_DAY)
    low_stock_at: Mapped[int]
    eligibility: Mapped[Eligibility] = enum_column(Eligibility, Eligibility.OPEN)
    stamps_required: Mapped[int]
    allergen_note_zh: Mapped[str | None]

    zone: Mapped[Zone] = relationship()
    booth: Mapped[Booth] = relationship()
    slots: Mapped[list["GiveawaySlot"]] = relationship(
        order_by="GiveawaySlot.releases_at", cascade="all, delete-orphan"
    )

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.name_zh, self.name_en, self.booth.code, self.zone.name_zh, self.zone.name_en)


class GiveawaySlot(EventOwned, Model):
    """A timed release: `quantity` more from `releases_at` on."""

    __tablename__ = "giveaway_slot"
    __table_args__ = (
        UniqueConstraint("giveaway_id", "releases_at"),
        CheckConstraint("quantity >= 0", name="quantity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    giveaway_id: Mapped[int] = mapped_column(ForeignKey("giveaway.id"), index=True)
    releases_at: Mapped[datetime] = mapped_column(UTCDateTime)
    quantity: Mapped[int]


class Reward(EventRecord, Model):
    """A giveaway that is earned by a number of stamps."""

    __tablename__ = "reward"

    id: Mapped[int] = mapped_column(primary_key=True)
    rally_id: Mapped[int] = mapped_column(ForeignKey("stamp_rally.id"))
    stamps_required: Mapped[int]
    giveaway_id: Mapped[int] = mapped_column(ForeignKey("giveaway.id"))

    rally: Mapped[StampRally] = relationship()
    giveaway: Mapped[Giveaway] = relationship()
