"""What is broken or missing in a zone, and who sees to it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.database import EventOwned, Model, UTCDateTime, Versioned, enum_column
from eventsite.events.models import Zone
from eventsite.files.models import StoredFile
from eventsite.helpdesk.models import Post
from eventsite.market.models import Booth
from eventsite.readiness.enums import FaultState
from eventsite.readiness.models.lengths import BY, BY_LABEL


class Fault(Versioned, EventOwned, Model):
    """Something that is broken or missing in a zone, who sees to it, and until when."""

    __tablename__ = "fault"
    __table_args__ = (
        CheckConstraint("state <> 'assigned' OR post_id IS NOT NULL", name="assigned"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"), index=True)
    booth_id: Mapped[int | None] = mapped_column(ForeignKey("booth.id"), index=True)
    place: Mapped[str] = mapped_column(String(80), default="")
    words_zh: Mapped[str] = mapped_column(Text)
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), default=None)
    state: Mapped[FaultState] = enum_column(FaultState, FaultState.OPEN)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), default=None)
    person: Mapped[str] = mapped_column(String(60), default="")
    due_at: Mapped[datetime | None] = mapped_column(UTCDateTime, default=None)
    raised_at: Mapped[datetime] = mapped_column(UTCDateTime)
    raised_by: Mapped[str] = mapped_column(String(BY))
    raised_by_label: Mapped[str] = mapped_column(String(BY_LABEL))
    fixed_at: Mapped[datetime | None] = mapped_column(UTCDateTime, default=None)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime, default=None)

    zone: Mapped[Zone] = relationship()
    booth: Mapped[Booth | None] = relationship()
    post: Mapped[Post | None] = relationship()
    photo: Mapped[StoredFile | None] = relationship()

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        where = (self.zone.code, self.booth.code if self.booth else "", self.place)
        return (self.words_zh, self.person, *where)
