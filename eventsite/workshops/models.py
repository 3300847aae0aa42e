"""The table of workshops."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.database import EventRecord, Model, enum_column
from eventsite.events.models import Zone
from eventsite.market.models import Booth
from eventsite.workshops.enums import WorkshopMode


class Workshop(EventRecord, Model):
    """A class of `minutes` for `capacity` people; `sessions` are local start times, the same each day."""

    __tablename__ = "workshop"
    __table_args__ = (
        UniqueConstraint("event_id", "ref"),
        CheckConstraint("capacity > 0 AND minutes > 0", name="size"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    booth_id: Mapped[int] = mapped_column(ForeignKey("booth.id"))
    mode: Mapped[WorkshopMode] = enum_column(WorkshopMode, WorkshopMode.WALK_IN)
    minutes: Mapped[int]
    capacity: Mapped[int]
    min_age: Mapped[int]
    sessions: Mapped[list[str]]
    materials_zh: Mapped[str]
    min_orders: Mapped[int | None]

    zone: Mapped[Zone] = relationship()
    booth: Mapped[Booth] = relationship()

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.name_zh, self.name_en, self.booth.code, self.materials_zh)
