"""Tables of how the draft is judged, and of the plans that stand ready beside it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.database import EventOwned, Model, UTCDateTime, Versioned, enum_column
from eventsite.events.models import Stage
from eventsite.programme.enums import ClashRule, Severity
from eventsite.programme.models.items import ProgrammeItem


class ClashSetting(EventOwned, Model):
    """How grave this event takes a rule; without a row it is as `enums.SEVERITIES` has it."""

    __tablename__ = "clash_setting"
    __table_args__ = (UniqueConstraint("event_id", "rule"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[ClashRule] = enum_column(ClashRule, None)
    severity: Mapped[Severity] = enum_column(Severity, None)


class ProgrammePlan(Versioned, EventOwned, Model):
    """A second draft for rain or heat: the draft, with other places for some of its items.

    `code` is B, C and so on; the draft itself is plan A. Visitors read `why_*` when it is switched on.
    """

    __tablename__ = "programme_plan"
    __table_args__ = (UniqueConstraint("event_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(1))
    name_zh: Mapped[str]
    name_en: Mapped[str]
    why_zh: Mapped[str] = mapped_column(default="")
    why_en: Mapped[str] = mapped_column(default="")

    def __repr__(self) -> str:
        return f"<ProgrammePlan {self.code}>"


class PlanSlot(Versioned, EventOwned, Model):
    """Where an item is in a plan, instead of where the draft has it; without a stage it waits there."""

    __tablename__ = "plan_slot"
    __table_args__ = (
        UniqueConstraint("plan_id", "item_id"),
        CheckConstraint("ends_at > starts_at", name="time_range"),
        CheckConstraint(
            "(stage_id IS NULL) = (starts_at IS NULL) AND (stage_id IS NULL) = (ends_at IS NULL)",
            name="placed_whole",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("programme_plan.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("programme_item.id"), index=True)
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("stage.id"))
    starts_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    status: Mapped[str] = mapped_column(String(40))
    notice_zh: Mapped[str] = mapped_column(default="")
    notice_en: Mapped[str] = mapped_column(default="")

    stage: Mapped[Stage | None] = relationship()
    item: Mapped[ProgrammeItem] = relationship()
