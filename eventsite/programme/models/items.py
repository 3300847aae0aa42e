"""Tables of the draft: items, who performs them and what they use."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.database import EventOwned, EventRecord, Model, UTCDateTime, Versioned, enum_column
from eventsite.events.models import Delegation, Stage
from eventsite.programme.enums import FIXED_KINDS, OFF, ResourceKind


class Troupe(EventRecord, Model):
    """A group that performs. Without windows it can perform whenever the fair is open."""

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
    windows: Mapped[list["TroupeWindow"]] = relationship(
        order_by="TroupeWindow.starts_at", cascade="all, delete-orphan"
    )

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        city = (self.delegation.city_zh, self.delegation.city_en) if self.delegation else ()
        return (self.name_zh, self.name_en, self.genre, *city)


class TroupeWindow(EventOwned, Model):
    """A time in which a troupe can perform."""

    __tablename__ = "troupe_window"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="time_range"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    troupe_id: Mapped[int] = mapped_column(ForeignKey("troupe.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ProgrammeItem(Versioned, EventRecord, Model):
    """An item of the draft. Without a place it waits: it has a length and neither stage nor times.

    `workshop_ref` is the id that a workshop has in the event file. Set-up, tear-down and walking time are
    minutes before and after the item itself; the troupe walks after the tear-down. `is_fixed` decides about
    `fixed` where nobody did. `pinned` items are left where they are by a proposal. `unit` is shared by parts
    that belong together. `note_zh` is the team's own; `notice_zh` and `notice_en` are for visitors, such as
    why it is cancelled. `foreign_guid` is the id that an imported item had elsewhere.
    """

    __tablename__ = "programme_item"
    __table_args__ = (
        UniqueConstraint("event_id", "ref"),
        CheckConstraint("ends_at > starts_at", name="time_range"),
        CheckConstraint(
            "(stage_id IS NULL) = (starts_at IS NULL) AND (stage_id IS NULL) = (ends_at IS NULL)"
            " AND (stage_id IS NULL) = (length_minutes IS NOT NULL)",
            name="placed_whole",
        ),
        CheckConstraint("length_minutes BETWEEN 1 AND 1440", name="length"),
        CheckConstraint("setup_minutes >= 0 AND teardown_minutes >= 0 AND walk_minutes >= 0", name="margins"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order: Mapped[int]
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("stage.id"), index=True)
    starts_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    length_minutes: Mapped[int | None] = mapped_column(default=None)
    title_zh: Mapped[str]
    title_en: Mapped[str]
    kind: Mapped[str] = mapped_column(String(40))
    troupe_id: Mapped[int | None] = mapped_column(ForeignKey("troupe.id"))
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"))
    workshop_ref: Mapped[str | None] = mapped_column(String(80))
    call_minutes_before: Mapped[int]
    setup_minutes: Mapped[int] = mapped_column(default=0)
    teardown_minutes: Mapped[int] = mapped_column(default=0)
    walk_minutes: Mapped[int] = mapped_column(default=0)
    wireless_mics: Mapped[int] = mapped_column(default=0)
    audio: Mapped[str] = mapped_column(default="")
    props_zh: Mapped[str] = mapped_column(default="")
    languages: Mapped[list[str]] = mapped_column(default=list)
    fixed: Mapped[bool | None] = mapped_column(default=None)
    pinned: Mapped[bool] = mapped_column(default=False)
    unit: Mapped[str | None] = mapped_column(String(40), default=None)
    foreign_guid: Mapped[str | None] = mapped_column(String(200), default=None)
    status: Mapped[str] = mapped_column(String(40))
    note_zh: Mapped[str | None]
    notice_zh: Mapped[str] = mapped_column(default="")
    notice_en: Mapped[str] = mapped_column(default="")

    stage: Mapped[Stage | None] = relationship()
    troupe: Mapped[Troupe | None] = relationship()
    delegation: Mapped[Delegation | None] = relationship()
    uses: Mapped[list["ItemResource"]] = relationship(
        order_by="ItemResource.resource_id", cascade="all, delete-orphan"
    )

    @property
    def is_cancelled(self) -> bool:
        """Tell whether it does not take place."""
        return self.status in OFF

    @property
    def is_waiting(self) -> bool:
        """Tell whether it has no place in the programme yet."""
        return self.stage_id is None

    @property
    def is_fixed(self) -> bool:
        """Tell whether nothing but its own form moves it."""
        return self.kind in FIXED_KINDS if self.fixed is None else self.fixed

    @property
    def minutes(self) -> int:
        """Return how long it is."""
        if self.starts_at is None or self.ends_at is None:
            return self.length_minutes or 0
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.title_zh, self.title_en, self.ref)

    def __repr__(self) -> str:
        return f"<ProgrammeItem {self.ref}>"


class Resource(Versioned, EventRecord, Model):
    """A person, a prop or a set of microphones that several items share; `quantity` is how many there are."""

    __tablename__ = "resource"
    __table_args__ = (
        UniqueConstraint("event_id", "ref"),
        CheckConstraint("quantity >= 1", name="quantity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ResourceKind] = enum_column(ResourceKind, None)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    quantity: Mapped[int] = mapped_column(default=1)

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.name_zh, self.name_en)


class ItemResource(EventOwned, Model):
    """How many of a resource an item uses, from its set-up to its tear-down."""

    __tablename__ = "item_resource"
    __table_args__ = (
        UniqueConstraint("item_id", "resource_id"),
        CheckConstraint("amount >= 1", name="amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("programme_item.id"))
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), index=True)
    amount: Mapped[int] = mapped_column(default=1)

    resource: Mapped[Resource] = relationship()
