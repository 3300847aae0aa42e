"""The table of what was ticked off on standby."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventsite.database import EventOwned, Model, UTCDateTime, enum_column
from eventsite.programme.enums import CheckKind


class StageCheck(EventOwned, Model):
    """A tick: what of an item is there, who saw it and when. Taken back, the row goes and the log keeps it.

    `item` is the id that the item has in the event.
    """

    __tablename__ = "stage_check"
    __table_args__ = (UniqueConstraint("event_id", "item", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(String(80))
    kind: Mapped[CheckKind] = enum_column(CheckKind, None)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by: Mapped[str] = mapped_column(String(80))
    by_label: Mapped[str] = mapped_column(String(120))
