"""Tables of the day itself: what desks did to their stages, and what they told troupes."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventsite.database import EventOwned, Model, UTCDateTime, append_only, enum_column
from eventsite.programme.enums import ActKind


class LiveAct(EventOwned, Model):
    """An act of the live clock; an undo is an act of its own that names the one it takes back.

    `stage` is the stage's code. `anchors` are the planned starts that the items had in the release it was
    made on. `by` is the account, `by_label` the person's name.
    """

    __tablename__ = "live_act"
    __table_args__ = (
        UniqueConstraint("event_id", "revision"),
        CheckConstraint("(kind = 'undo') = (undoes IS NOT NULL)", name="undoes"),
        CheckConstraint("minutes BETWEEN 0 AND 240", name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    stage: Mapped[str] = mapped_column(String(40))
    kind: Mapped[ActKind] = enum_column(ActKind, None)
    items: Mapped[list[str]]
    anchors: Mapped[list[Any]]
    minutes: Mapped[int] = mapped_column(default=0)
    notice_zh: Mapped[str] = mapped_column(default="")
    notice_en: Mapped[str] = mapped_column(default="")
    undoes: Mapped[int | None]
    release_number: Mapped[int]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by: Mapped[str] = mapped_column(String(80))
    by_label: Mapped[str] = mapped_column(String(120))


class StageMessage(EventOwned, Model):
    """A word from a stage's desk to the lead of a troupe, about an item of theirs."""

    __tablename__ = "stage_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    troupe_id: Mapped[int] = mapped_column(ForeignKey("troupe.id"), index=True)
    stage: Mapped[str] = mapped_column(String(40))
    item: Mapped[str] = mapped_column(String(80))
    text: Mapped[str]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by: Mapped[str] = mapped_column(String(80))
    by_label: Mapped[str] = mapped_column(String(120))


append_only(LiveAct.__table__)
append_only(StageMessage.__table__)
