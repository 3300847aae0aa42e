"""Permits that authorities outside decide, and milestones, both counted from the first day of the fair."""

from datetime import date, datetime, timedelta

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.database import EventRecord, Model, UTCDateTime, Versioned, enum_column
from eventsite.files.models import StoredFile
from eventsite.readiness.core import MilestoneFacts, PermitFacts
from eventsite.readiness.enums import Concern
from eventsite.readiness.models.lengths import BY, BY_LABEL


class Milestone(Versioned, EventRecord, Model):
    """A deliverable, `offset_days` from the first day of the fair (negative: before it)."""

    __tablename__ = "milestone"
    __table_args__ = (UniqueConstraint("event_id", "ref"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    offset_days: Mapped[int]
    title_zh: Mapped[str]
    title_en: Mapped[str]
    phase: Mapped[str] = mapped_column(String(40))
    deliverable_zh: Mapped[str]
    owner_team: Mapped[str] = mapped_column(String(40))
    note_zh: Mapped[str | None] = mapped_column(Text, default=None)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime, default=None)
    done_by: Mapped[str | None] = mapped_column(String(BY), default=None)
    done_by_label: Mapped[str | None] = mapped_column(String(BY_LABEL), default=None)

    def date_from(self, first: date) -> date:
        """Return its day, given the first day of the fair."""
        return first + timedelta(days=self.offset_days)

    @property
    def facts(self) -> MilestoneFacts:
        """Return what a form shows and changes."""
        return MilestoneFacts(offset_days=self.offset_days, owner_team=self.owner_team, note_zh=self.note_zh)

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.title_zh, self.title_en, self.deliverable_zh)


class Permit(Versioned, EventRecord, Model):
    """A permit that an authority outside decides; the site only tracks it.

    `due_on` is the last day to apply where it is not the one that `lead_days` gives.
    """

    __tablename__ = "permit"
    __table_args__ = (UniqueConstraint("event_id", "ref"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    authority_zh: Mapped[str]
    lead_days: Mapped[int]
    basis_zh: Mapped[str]
    status: Mapped[str] = mapped_column(String(40))
    concerns: Mapped[Concern] = enum_column(Concern, Concern.EVERY)
    due_on: Mapped[date | None] = mapped_column(default=None)
    applied_on: Mapped[date | None] = mapped_column(default=None)
    decided_on: Mapped[date | None] = mapped_column(default=None)
    number: Mapped[str | None] = mapped_column(String(80), default=None)
    note_zh: Mapped[str | None] = mapped_column(Text, default=None)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), default=None)

    document: Mapped[StoredFile | None] = relationship()

    def latest_from(self, first: date) -> date:
        """Return the last day on which it can be applied for in time, given the first day of the fair."""
        return self.due_on or first - timedelta(days=self.lead_days)

    @property
    def facts(self) -> PermitFacts:
        """Return what a form shows and changes."""
        return PermitFacts(
            status=self.status,
            concerns=self.concerns.value,
            due_on=self.due_on,
            applied_on=self.applied_on,
            decided_on=self.decided_on,
            number=self.number,
            note_zh=self.note_zh,
        )

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.name_zh, self.name_en, self.authority_zh)
