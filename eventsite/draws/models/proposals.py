"""The table of proposals. What was proposed, and who confirmed it, stays."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from eventsite.database import Kept, Model, UTCDateTime, append_only, enum_column
from eventsite.draws.enums import ProposalKind


class Proposal(Model):
    """What one person proposed and another has to confirm: a freeze, absent winners, a voided draw."""

    __tablename__ = "draw_proposal"
    __table_args__ = (
        Index(
            "uq_draw_proposal_open",
            "draw_id",
            "kind",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"), index=True)
    kind: Mapped[ProposalKind] = enum_column(ProposalKind, ProposalKind.FREEZE)
    slots: Mapped[list[str]] = mapped_column(JSON, default=list)
    reason: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(80))
    by_label: Mapped[str] = mapped_column(String(254))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    confirmed_by: Mapped[str | None] = mapped_column(String(80))
    confirmed_label: Mapped[str | None] = mapped_column(String(254))
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


append_only(Proposal.__table__, Kept(once=("confirmed_by", "confirmed_label", "closed_at")))
