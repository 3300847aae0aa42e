"""Tables of raffles and their prizes."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.database import EventRecord, Model, Versioned, enum_column
from eventsite.draws.enums import RaffleMode

if TYPE_CHECKING:
    from eventsite.draws.models.draws import Draw


class Raffle(Versioned, EventRecord, Model):
    """The prizes of an event and how they are drawn. `stamps_required` gives one entry."""

    __tablename__ = "raffle"
    __table_args__ = (UniqueConstraint("event_id", "ref"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    mode: Mapped[RaffleMode] = enum_column(RaffleMode, RaffleMode.STAGE_DRAW)
    entry_zh: Mapped[str]
    entry_en: Mapped[str]
    max_entries_per_visitor: Mapped[int]
    claim_deadline: Mapped[str] = mapped_column(String(20))
    claim_place_zh: Mapped[str]
    forfeit_zh: Mapped[str]
    draw_method_zh: Mapped[str]
    draw_record_keep_years: Mapped[int]
    organizer_contact_zh: Mapped[str]
    stamps_required: Mapped[int]

    prizes: Mapped[list["Prize"]] = relationship(order_by="Prize.position")
    draws: Mapped[list["Draw"]] = relationship(order_by="Draw.position")


class Prize(EventRecord, Model):
    """A prize level of a raffle: `quantity` pieces over all of its draws."""

    __tablename__ = "prize"
    __table_args__ = (UniqueConstraint("event_id", "ref"), CheckConstraint("quantity >= 0", name="quantity"))

    id: Mapped[int] = mapped_column(primary_key=True)
    raffle_id: Mapped[int] = mapped_column(ForeignKey("raffle.id"), index=True)
    level_zh: Mapped[str]
    level_en: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    quantity: Mapped[int]
    unit_value_cny: Mapped[float]
    daily_quantity: Mapped[int | None]
