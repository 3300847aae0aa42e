"""Tables of prizes that were won. Who won what stays; only what became of the prize goes on."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.checkin.models import VisitorPass
from eventsite.database import EventOwned, Kept, Model, UTCDateTime, append_only, enum_column
from eventsite.draws.enums import AwardState, HandOverKind
from eventsite.draws.models.draws import Draw
from eventsite.draws.models.raffles import Prize


class Award(EventOwned, Model):
    """A prize that was won. `key` is the body of its `/r/` token, `typed_code` what people type instead."""

    __tablename__ = "award"
    __table_args__ = (
        UniqueConstraint("round_id", "slot"),
        UniqueConstraint("draw_id", "entry_code"),
        UniqueConstraint("key"),
        UniqueConstraint("typed_code"),
        Index(
            "uq_award_held_slot",
            "draw_id",
            "slot",
            unique=True,
            sqlite_where=text("state <> 'absent'"),
            postgresql_where=text("state <> 'absent'"),
        ),
        Index("ix_award_event_id_pass_id", "event_id", "pass_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("draw_round.id"))
    prize_id: Mapped[int] = mapped_column(ForeignKey("prize.id"))
    pass_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("visitor_pass.id"))
    position: Mapped[int]
    slot: Mapped[str] = mapped_column(String(50))
    entry_code: Mapped[str] = mapped_column(String(10))
    state: Mapped[AwardState] = enum_column(AwardState, AwardState.WON)
    key: Mapped[bytes] = mapped_column(LargeBinary(12))
    typed_code: Mapped[str] = mapped_column(String(8))
    won_at: Mapped[datetime] = mapped_column(UTCDateTime)
    claim_until: Mapped[datetime] = mapped_column(UTCDateTime)
    claim_place: Mapped[str] = mapped_column(String(120))
    claimed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    draw: Mapped[Draw] = relationship()
    prize: Mapped[Prize] = relationship()
    visitor: Mapped[VisitorPass] = relationship()
    hand_overs: Mapped[list["HandOver"]] = relationship(order_by="HandOver.number", viewonly=True)


class HandOver(Model):
    """A prize given out, or taken back with a reason: each a row that stays."""

    __tablename__ = "award_hand_over"
    __table_args__ = (UniqueConstraint("award_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"))
    number: Mapped[int]
    kind: Mapped[HandOverKind] = enum_column(HandOverKind, HandOverKind.HANDED)
    place: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(80))
    by_label: Mapped[str] = mapped_column(String(254))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


append_only(Award.__table__, Kept(free=("state", "claimed_at")))
append_only(HandOver.__table__)
