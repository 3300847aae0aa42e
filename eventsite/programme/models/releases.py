"""Tables of what has been released, and of which release is shown."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventsite.database import EventOwned, Model, UTCDateTime, append_only


class Release(EventOwned, Model):
    """A numbered, frozen programme. Never changes; a correction is the next release.

    `released_by` is the person's name, empty for the site itself. `content` is what `core.content` reads,
    `content_sha256` the SHA-256 of its canonical JSON; `changes` says what differs from the release before.
    `plan` is the draft that it froze, A but for a switch; `reason` says why rules that block were passed.
    """

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    plan: Mapped[str] = mapped_column(String(1), default="A")
    note: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
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
