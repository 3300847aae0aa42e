"""The table of witnesses. What a witness has given stays."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.database import Kept, Model, UTCDateTime, append_only, enum_column
from eventsite.draws.enums import WitnessKind
from eventsite.events.models import Organization


class Witness(Model):
    """A party that gives the hash of a number before the freeze, and the number itself after it."""

    __tablename__ = "draw_witness"
    __table_args__ = (
        UniqueConstraint("draw_id", "position"),
        UniqueConstraint("draw_id", "commitment"),
        CheckConstraint("nonce IS NULL OR commitment IS NOT NULL", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"))
    position: Mapped[int]
    kind: Mapped[WitnessKind] = enum_column(WitnessKind, WitnessKind.PARTNER)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    name: Mapped[str] = mapped_column(String(120))
    commitment: Mapped[str | None] = mapped_column(String(64))
    committed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    nonce: Mapped[str | None] = mapped_column(String(200))
    revealed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    organization: Mapped[Organization | None] = relationship()


append_only(
    Witness.__table__,
    Kept(
        once=("commitment", "committed_at", "nonce", "revealed_at"),
        removable_while_null="commitment",
    ),
)
