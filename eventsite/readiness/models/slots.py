"""Windows of time for setting up and tearing down, and who has booked them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.database import EventOwned, Model, UTCDateTime, Versioned, enum_column
from eventsite.events.models import Zone
from eventsite.market.models import Booth
from eventsite.readiness.core import SlotFacts
from eventsite.readiness.enums import SlotKind
from eventsite.readiness.models.lengths import BY


class Slot(Versioned, EventOwned, Model):
    """A window for setting up or tearing down in a zone; `taken` of `capacity` booths have booked it."""

    __tablename__ = "slot"
    __table_args__ = (
        UniqueConstraint("event_id", "zone_id", "kind", "starts_at"),
        CheckConstraint("starts_at < ends_at", name="times"),
        CheckConstraint("taken >= 0 AND taken <= capacity", name="taken"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    kind: Mapped[SlotKind] = enum_column(SlotKind, None)
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)

    zone: Mapped[Zone] = relationship()

    @property
    def facts(self) -> SlotFacts:
        """Return what a form shows and changes."""
        return SlotFacts(
            zone=self.zone.code,
            kind=self.kind.value,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            capacity=self.capacity,
        )

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.zone.code, self.zone.name_zh, self.zone.name_en)

    @property
    def left(self) -> int:
        """Return how many booths still find room."""
        return self.capacity - self.taken

    def __repr__(self) -> str:
        return f"<Slot {self.kind.value} {self.starts_at:%m-%d %H:%M}>"


class SlotBooking(EventOwned, Model):
    """A booth's slot: one for setting up, one for tearing down."""

    __tablename__ = "slot_booking"
    __table_args__ = (UniqueConstraint("booth_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id"), index=True)
    booth_id: Mapped[int] = mapped_column(ForeignKey("booth.id"))
    kind: Mapped[SlotKind] = enum_column(SlotKind, None)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by: Mapped[str] = mapped_column(String(BY))

    slot: Mapped[Slot] = relationship()
    booth: Mapped[Booth] = relationship()
