"""Tables of the draft programme and of its releases."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.database import EventOwned, EventRecord, Model, UTCDateTime, Versioned, append_only
from eventsite.events.models import Delegation, Stage
from eventsite.programme.enums import OFF


class Troupe(EventRecord, Model):
    """A group that performs."""

    __tablename__ = "troupe"

    id: Mapped[int] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    genre: Mapped[str] = mapped_column(String(40))
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"))
    members: Mapped[int]
    heritage_level: Mapped[str | None]
    contact_post_zh: Mapped[str]
    contact_post_en: Mapped[str]
    note_zh: Mapped[str | None]

    delegation: Mapped[Delegation | None] = relationship()

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        city = (self.delegation.city_zh, self.delegation.city_en) if self.delegation else ()
        return (self.name_zh, self.name_en, self.genre, *city)


class ProgrammeItem(Versioned, EventRecord, Model):
    """An item of the draft. `workshop_ref` is the id that a workshop has in the event file.

    `note_zh` is the team's own; `notice_zh` and `notice_en` are for visitors, such as why it is cancelled.
    """

    __tablename__ = "programme_item"
    __table_args__ = (
        UniqueConstraint("event_id", "ref"),
        CheckConstraint("ends_at > starts_at", name="time_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order: Mapped[int]
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    title_zh: Mapped[str]
    title_en: Mapped[str]
    kind: Mapped[str] = mapped_column(String(40))
    troupe_id: Mapped[int | None] = mapped_column(ForeignKey("troupe.id"))
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"))
    workshop_ref: Mapped[str | None] = mapped_column(String(80))
    call_minutes_before: Mapped[int]
    tech: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(String(40))
    note_zh: Mapped[str | None]
    notice_zh: Mapped[str] = mapped_column(default="")
    notice_en: Mapped[str] = mapped_column(default="")

    stage: Mapped[Stage] = relationship()
    troupe: Mapped[Troupe | None] = relationship()
    delegation: Mapped[Delegation | None] = relationship()

    @property
    def is_cancelled(self) -> bool:
        """Tell whether it does not take place."""
        return self.status in OFF

    def __repr__(self) -> str:
        return f"<ProgrammeItem {self.ref}>"


class Release(EventOwned, Model):
    """A numbered, frozen programme. Never changes; a correction is the next release.

    `released_by` is the person's name, empty for the site itself. `content` is what `core.content` reads,
    `content_sha256` the SHA-256 of its canonical JSON; `changes` says what differs from the release before.
    """

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    note: Mapped[str]
    released_at: Mapped[datetime] = mapped_column(UTCDateTime)
    released_by: Mapped[str] = mapped_column(String(120))
    changes: Mapped[list[Any]] = mapped_column(JSON)
    content: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    content_sha256: Mapped[str] = mapped_column(String(64))


append_only(Release.__table__)


class LiveState(EventOwned, Model):
    """Which release is shown, and how many acts of the live clock there have been (`live_revision`)."""

    __tablename__ = "live_state"
    __table_args__ = (UniqueConstraint("event_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release_number: Mapped[int]
    live_revision: Mapped[int] = mapped_column(default=0)
