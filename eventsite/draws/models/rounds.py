"""Tables of rounds and their digits. A round that is drawn stays as it is."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.database import Kept, Model, UTCDateTime, append_only


class DrawRound(Model):
    """Round 0 is the draw itself, later ones redraw `unclaimed`; `outcome` is as the record has the round."""

    __tablename__ = "draw_round"
    __table_args__ = (UniqueConstraint("draw_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"))
    number: Mapped[int]
    unclaimed: Mapped[list[str]] = mapped_column(JSON, default=list)
    reason: Mapped[str] = mapped_column(Text, default="")
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    drawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    values: Mapped[list["DrawValues"]] = relationship(order_by="DrawValues.attempt", viewonly=True)

    @property
    def digits(self) -> str | None:
        """Return the public digits in force: the last that were entered."""
        return self.values[-1].digits if self.values else None


class DrawValues(Model):
    """Public digits as they were typed in; a correction is a further row with its reason."""

    __tablename__ = "draw_values"
    __table_args__ = (UniqueConstraint("round_id", "attempt"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("draw_round.id"))
    attempt: Mapped[int]
    digits: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


append_only(DrawRound.__table__, Kept(once=("outcome", "drawn_at")))
append_only(DrawValues.__table__)
