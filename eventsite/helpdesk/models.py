"""Tables of notices, answers, tickets, posts and footfall."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.database import EventOwned, EventRecord, Model, UTCDateTime, Versioned
from eventsite.events.models import Zone


class Announcement(Versioned, EventRecord, Model):
    """A notice to visitors, for one zone or for all."""

    __tablename__ = "announcement"
    __table_args__ = (UniqueConstraint("event_id", "ref"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[str] = mapped_column(String(40))
    title_zh: Mapped[str]
    title_en: Mapped[str]
    body_zh: Mapped[str]
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id"))

    zone: Mapped[Zone | None] = relationship()

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.title_zh, self.title_en, self.body_zh)


class Faq(EventRecord, Model):
    """A frequent question and its answer."""

    __tablename__ = "faq"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_zh: Mapped[str]
    question_en: Mapped[str]
    answer_zh: Mapped[str]
    answer_en: Mapped[str]
    tags: Mapped[list[str]]

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.question_zh, self.question_en, self.answer_zh, self.answer_en, *self.tags)


class Post(EventRecord, Model):
    """A post that people fill in shifts (local times)."""

    __tablename__ = "post"

    id: Mapped[int] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id"))
    team: Mapped[str] = mapped_column(String(40))
    headcount: Mapped[int]
    shifts: Mapped[list[str]]

    zone: Mapped[Zone | None] = relationship()

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.name_zh, self.name_en, self.zone.code if self.zone else "")


class Ticket(EventRecord, Model):
    """A service request and how it was settled."""

    __tablename__ = "ticket"

    id: Mapped[int] = mapped_column(primary_key=True)
    category: Mapped[str] = mapped_column(String(40))
    description_zh: Mapped[str]
    description_en: Mapped[str]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    assigned_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    status: Mapped[str] = mapped_column(String(40))
    priority: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(40))
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    accepted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    rating: Mapped[int | None]

    zone: Mapped[Zone] = relationship()
    post: Mapped[Post] = relationship()

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.description_zh, self.description_en, self.zone.code, *self.post.words)


class Observation(EventOwned, Model):
    """Footfall by zone at a local time; `by_zone` maps the zone's id in the event file to people."""

    __tablename__ = "observation"
    __table_args__ = (UniqueConstraint("event_id", "date", "time"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    date: Mapped[date]
    time: Mapped[time]
    by_zone: Mapped[dict[str, Any]]
    method: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(String(10), default="demo")

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.date.isoformat(), f"{self.time:%H:%M}")
