"""The table of timetable proposals."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from eventsite.database import EventOwned, Model, UTCDateTime, enum_column
from eventsite.scheduling.enums import ProposalStatus

LATER = JSON(none_as_null=True)  # what is written once, later


class ScheduleProposal(EventOwned, Model):
    """A timetable that the site works out: what was asked, the task as it was then, and the outcome.

    `request`, `task` and `outcome` are the plain values of `scheduling.core` as JSON. `taken` has each item
    that went into the draft with the place it had before, `draft_sha256` the draft's hash right after that.
    """

    __tablename__ = "schedule_proposal"
    __table_args__ = (CheckConstraint("seconds BETWEEN 1 AND 600", name="seconds"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[ProposalStatus] = enum_column(ProposalStatus, ProposalStatus.WAITING)
    seconds: Mapped[int]
    request: Mapped[dict[str, Any]]
    task: Mapped[dict[str, Any]]
    outcome: Mapped[dict[str, Any] | None] = mapped_column(LATER)
    asked_by: Mapped[str] = mapped_column(String(80))
    asked_label: Mapped[str] = mapped_column(String(254))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    fault: Mapped[str] = mapped_column(Text, default="")
    taken: Mapped[list[dict[str, Any]] | None] = mapped_column(LATER)
    draft_sha256: Mapped[str | None] = mapped_column(String(64))

    def __repr__(self) -> str:
        return f"<ScheduleProposal {self.id}>"
