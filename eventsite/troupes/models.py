"""Tables of what is said between troupes and the team."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.database import (
    EventOwned,
    Kept,
    Model,
    UTCDateTime,
    Versioned,
    append_only,
    enum_column,
)
from eventsite.programme.models import Troupe
from eventsite.troupes.enums import NoticeStatus, Verdict


class TroupeAccess(EventOwned, Model):
    """How a troupe is reached. Without `body` it has no link.

    `body` is the body of the private link's token, sealed by keys outside the database, so that the link can
    be printed again; `body_hash` is its SHA-256, by which it is found. `email` is sealed, too.
    """

    __tablename__ = "troupe_access"
    __table_args__ = (
        UniqueConstraint("troupe_id"),
        UniqueConstraint("body_hash"),
        UniqueConstraint("typed_code"),
        CheckConstraint(
            "(body IS NULL) = (body_hash IS NULL) AND (body IS NULL) = (typed_code IS NULL)",
            name="link_whole",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    troupe_id: Mapped[int] = mapped_column(ForeignKey("troupe.id"))
    body: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    body_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), default=None)
    typed_code: Mapped[str | None] = mapped_column(String(8), default=None)
    issued_at: Mapped[datetime | None] = mapped_column(UTCDateTime, default=None)
    email: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    email_erased_at: Mapped[datetime | None] = mapped_column(UTCDateTime, default=None)

    troupe: Mapped[Troupe] = relationship()


class TroupeAnswer(EventOwned, Model):
    """A slot as its troupe confirmed it last; `item` is the item's id in the event."""

    __tablename__ = "troupe_answer"
    __table_args__ = (UniqueConstraint("troupe_id", "item"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    troupe_id: Mapped[int] = mapped_column(ForeignKey("troupe.id"))
    item: Mapped[str] = mapped_column(String(80))
    stage: Mapped[str] = mapped_column(String(40))
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    off: Mapped[bool]
    release_number: Mapped[int]
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class TroupeProblem(EventOwned, Model):
    """What a troupe reports, about one of its items or in general, and the answer that it gets once."""

    __tablename__ = "troupe_problem"

    id: Mapped[int] = mapped_column(primary_key=True)
    troupe_id: Mapped[int] = mapped_column(ForeignKey("troupe.id"), index=True)
    item: Mapped[str | None] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_by: Mapped[str | None] = mapped_column(String(80))
    answered_by_label: Mapped[str | None] = mapped_column(String(120))


class WindowProposal(EventOwned, Model):
    """A time at which a troupe says that it cannot perform, and what became of it."""

    __tablename__ = "window_proposal"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="time_range"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    troupe_id: Mapped[int] = mapped_column(ForeignKey("troupe.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    why: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    verdict: Mapped[Verdict] = enum_column(Verdict, Verdict.WAITING)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class TroupeNotice(Versioned, EventOwned, Model):
    """What changed for a troupe between two releases; `base_number` 0 means: nothing before.

    `changes` is what `programme.core.changes` reads, `words` what an organizer adds on top. A sent one keeps
    its `sent_text`, and in `sent_to` pairs of who (`enums.Reader`) and a masked address.
    """

    __tablename__ = "troupe_notice"
    __table_args__ = (
        Index(
            "ix_troupe_notice_one_draft",
            "troupe_id",
            unique=True,
            sqlite_where=text("status = 'draft'"),
            postgresql_where=text("status = 'draft'"),
        ),
        CheckConstraint("base_number < number", name="numbers"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    troupe_id: Mapped[int] = mapped_column(ForeignKey("troupe.id"))
    status: Mapped[NoticeStatus] = enum_column(NoticeStatus, NoticeStatus.DRAFT)
    base_number: Mapped[int]
    number: Mapped[int]
    changes: Mapped[list[Any]]
    words: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    settled_by: Mapped[str] = mapped_column(String(120), default="")
    sent_text: Mapped[str] = mapped_column(Text, default="")
    sent_to: Mapped[list[Any]] = mapped_column(default=list)

    troupe: Mapped[Troupe] = relationship()


class NoticeRun(EventOwned, Model):
    """Up to which release the notices of an event have been drafted."""

    __tablename__ = "notice_run"
    __table_args__ = (UniqueConstraint("event_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


append_only(
    TroupeProblem.__table__,
    Kept(once=("answer", "answered_at", "answered_by", "answered_by_label")),
)
