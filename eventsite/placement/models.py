"""Tables of proposals and lots. What was drawn stays as it was drawn."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.applications.models import Application
from eventsite.database import EventOwned, Kept, Model, UTCDateTime, append_only, enum_column
from eventsite.events.models import Zone
from eventsite.placement.enums import LotStatus, ProposalStatus

LATER = JSON(none_as_null=True)  # what is written once, later


class Proposal(EventOwned, Model):
    """A placement that the site works out: the task as it was asked, and the outcome with its reasons.

    `task` and `outcome` are the plain values of `placement.core` as JSON; `seconds` bounds the solver.
    """

    __tablename__ = "placement_proposal"
    __table_args__ = (CheckConstraint("seconds BETWEEN 1 AND 600", name="seconds"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[ProposalStatus] = enum_column(ProposalStatus, ProposalStatus.WAITING)
    relax: Mapped[bool]
    seconds: Mapped[int]
    task: Mapped[dict[str, Any]]
    outcome: Mapped[dict[str, Any] | None] = mapped_column(LATER)
    asked_by: Mapped[str] = mapped_column(String(80))
    asked_label: Mapped[str] = mapped_column(String(254))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    fault: Mapped[str] = mapped_column(Text, default="")

    def __repr__(self) -> str:
        return f"<Proposal {self.id}>"


class Lot(EventOwned, Model):
    """A public draw of lots for the order in which exhibitors choose their booths.

    `zone_id` and `category` narrow who takes part (null, empty: all). `task`, `rules`, `freeze` and `entries`
    are written at the freeze, `record` and `choices` at the draw, and then stay.
    """

    __tablename__ = "lot"
    __table_args__ = (UniqueConstraint("event_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    title_zh: Mapped[str] = mapped_column(String(120))
    title_en: Mapped[str] = mapped_column(String(200))
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id"))
    category: Mapped[str] = mapped_column(String(40), default="")
    status: Mapped[LotStatus] = enum_column(LotStatus, LotStatus.DRAFT)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    proposed_by: Mapped[str | None] = mapped_column(String(80))
    proposed_label: Mapped[str | None] = mapped_column(String(254))
    proposed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    frozen_by: Mapped[str | None] = mapped_column(String(254))
    frozen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    task: Mapped[dict[str, Any] | None] = mapped_column(LATER)
    rules: Mapped[dict[str, Any] | None] = mapped_column(LATER)
    freeze: Mapped[dict[str, Any] | None] = mapped_column(LATER)
    freeze_sha256: Mapped[str | None] = mapped_column(String(64))
    entries: Mapped[bytes | None] = mapped_column(LargeBinary)
    record: Mapped[bytes | None] = mapped_column(LargeBinary)
    choices: Mapped[dict[str, Any] | None] = mapped_column(LATER)
    drawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    void_reason: Mapped[str] = mapped_column(Text, default="")

    zone: Mapped[Zone | None] = relationship()
    members: Mapped[list["LotEntry"]] = relationship(order_by="LotEntry.entry_code", viewonly=True)

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.code, self.title_zh, self.title_en)

    def __repr__(self) -> str:
        return f"<Lot {self.code}>"


class LotEntry(EventOwned, Model):
    """An application in a lot, under the random id that stands in the published list."""

    __tablename__ = "lot_entry"
    __table_args__ = (UniqueConstraint("lot_id", "application_id"), UniqueConstraint("lot_id", "entry_code"))

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    entry_code: Mapped[str] = mapped_column(String(10))

    application: Mapped[Application] = relationship()


append_only(LotEntry.__table__)
append_only(
    Lot.__table__,
    Kept(
        once=(
            "task",
            "rules",
            "freeze",
            "freeze_sha256",
            "entries",
            "frozen_by",
            "frozen_at",
            "record",
            "choices",
            "drawn_at",
        ),
        free=(
            "status",
            "proposed_by",
            "proposed_label",
            "proposed_at",
            "void_reason",
            "title_zh",
            "title_en",
        ),
    ),
)
