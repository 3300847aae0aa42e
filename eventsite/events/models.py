"""Tables of the event itself and of its places and people."""

from dataclasses import fields
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.accounts.enums import Role
from eventsite.database import EventOwned, EventRecord, Model, UTCDateTime, Versioned, enum_column
from eventsite.events.core import FacilityFacts, StageFacts, ZoneFacts
from eventsite.events.enums import EventStatus
from eventsite.kernel.boxes import Box


class Event(Versioned, Model):
    """One fair. `slug` is the id of its file and its place in every address."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80))
    status: Mapped[EventStatus] = enum_column(EventStatus, EventStatus.DRAFT)
    schema_version: Mapped[str] = mapped_column(String(10), default="1.0")
    dataset: Mapped[dict[str, Any]] = mapped_column(default=dict)
    timezone: Mapped[str] = mapped_column(String(64))
    year: Mapped[int]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    campaign_zh: Mapped[str]
    campaign_en: Mapped[str]
    headline_zh: Mapped[str]
    headline_en: Mapped[str]
    slogan_zh: Mapped[str]
    slogan_en: Mapped[str]
    market_name_zh: Mapped[str]
    market_name_en: Mapped[str]
    host_city_zh: Mapped[str]
    host_city_en: Mapped[str]
    host_city_nickname_zh: Mapped[str]
    host_city_nickname_en: Mapped[str]
    location_zh: Mapped[str]
    location_en: Mapped[str]
    from_province_zh: Mapped[str]
    from_province_en: Mapped[str]
    to_province_zh: Mapped[str]
    to_province_en: Mapped[str]
    article_date_zh: Mapped[str | None]
    summary_zh: Mapped[str]
    summary_en: Mapped[str]
    admission_zh: Mapped[str]
    admission_en: Mapped[str]
    expected_visitors: Mapped[int]
    max_instant_visitors: Mapped[int]
    theme_colors: Mapped[list[Any]]
    modules: Mapped[dict[str, Any]]
    source: Mapped[str] = mapped_column(String(10), default="demo")
    demo_fields: Mapped[list[str] | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    days: Mapped[list["EventDay"]] = relationship(order_by="EventDay.date", cascade="all, delete-orphan")

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone of the venue."""
        return ZoneInfo(self.timezone)

    @property
    def is_public(self) -> bool:
        """Tell whether strangers may see it."""
        return self.status is not EventStatus.DRAFT

    @property
    def is_archived(self) -> bool:
        """Tell whether it takes no more changes."""
        return self.status is EventStatus.ARCHIVED

    def __repr__(self) -> str:
        return f"<Event {self.slug}>"


class EventDay(EventOwned, Model):
    """A day on which the fair is open. `closes` at or before `opens` means past midnight."""

    __tablename__ = "event_day"
    __table_args__ = (UniqueConstraint("event_id", "date"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    date: Mapped[date]
    opens: Mapped[time]
    closes: Mapped[time]
    label_zh: Mapped[str]
    label_en: Mapped[str]
    source: Mapped[str] = mapped_column(String(10), default="demo")


class Organization(EventRecord, Model):
    """A body that takes part: organizer, partner, signing party, contractor."""

    __tablename__ = "organization"

    id: Mapped[int] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    short_zh: Mapped[str]
    roles: Mapped[list[str]]

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.name_zh, self.name_en, self.short_zh)


class Venue(EventRecord, Model):
    """Where the fair is; `map_w` × `map_h` is the plan's coordinate space (1/20 m)."""

    __tablename__ = "venue"

    id: Mapped[int] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    city_zh: Mapped[str]
    city_en: Mapped[str]
    map_w: Mapped[float]
    map_h: Mapped[float]

    @property
    def ground(self) -> Box:
        """Return the plan as a whole."""
        return Box(x=0, y=0, w=self.map_w, h=self.map_h)


class Facility(Versioned, EventRecord, Model):
    """A gate, toilet, first-aid point or desk on the plan."""

    __tablename__ = "facility"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    name_zh: Mapped[str]
    name_en: Mapped[str]
    x: Mapped[float]
    y: Mapped[float]

    @property
    def facts(self) -> FacilityFacts:
        """Return what a form shows and changes."""
        return FacilityFacts(**{field.name: getattr(self, field.name) for field in fields(FacilityFacts)})

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.name_zh, self.name_en)


class Zone(Versioned, EventRecord, Model):
    """A themed part of the market; `limit_kw` is the power that its feeder gives, where it is known."""

    __tablename__ = "zone"
    __table_args__ = (
        UniqueConstraint("event_id", "ref"),
        UniqueConstraint("event_id", "code"),
        CheckConstraint("map_w > 0 AND map_h > 0", name="map_size"),
        CheckConstraint("capacity >= 0", name="capacity"),
        CheckConstraint("limit_kw > 0", name="limit_kw"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10))
    order: Mapped[int]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    literal_gloss: Mapped[str]
    suffix_zh: Mapped[str]
    kind: Mapped[str] = mapped_column(String(40))
    description_zh: Mapped[str]
    description_en: Mapped[str]
    highlights_zh: Mapped[list[str]]
    color: Mapped[str] = mapped_column(String(7))
    capacity: Mapped[int]
    crowd_levels: Mapped[dict[str, Any]]
    map_x: Mapped[float]
    map_y: Mapped[float]
    map_w: Mapped[float]
    map_h: Mapped[float]
    grid_code: Mapped[str] = mapped_column(String(20))
    limit_kw: Mapped[float | None] = mapped_column(default=None)

    @property
    def box(self) -> Box:
        """Return its place on the plan."""
        return Box(x=self.map_x, y=self.map_y, w=self.map_w, h=self.map_h)

    @property
    def facts(self) -> ZoneFacts:
        """Return what a form shows and changes."""
        own = {field.name: getattr(self, field.name) for field in fields(ZoneFacts)}
        return ZoneFacts(**{**own, "highlights_zh": tuple(self.highlights_zh)})

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.code, self.name_zh, self.name_en, self.literal_gloss)

    def __repr__(self) -> str:
        return f"<Zone {self.code}>"


class Stage(Versioned, EventRecord, Model):
    """A place where programme items happen; `map_*` is its box on the plan, null until it has a place."""

    __tablename__ = "stage"
    __table_args__ = (
        UniqueConstraint("event_id", "ref"),
        UniqueConstraint("event_id", "code"),
        CheckConstraint("map_w > 0 AND map_h > 0", name="map_size"),
        CheckConstraint(
            "(map_x IS NULL) = (map_y IS NULL) AND (map_x IS NULL) = (map_w IS NULL)"
            " AND (map_x IS NULL) = (map_h IS NULL)",
            name="map_whole",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10))
    name_zh: Mapped[str]
    name_en: Mapped[str]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    audience_capacity: Mapped[int]
    covered: Mapped[bool]
    map_x: Mapped[float | None] = mapped_column(default=None)
    map_y: Mapped[float | None] = mapped_column(default=None)
    map_w: Mapped[float | None] = mapped_column(default=None)
    map_h: Mapped[float | None] = mapped_column(default=None)

    zone: Mapped[Zone] = relationship()

    @property
    def box(self) -> Box | None:
        """Return its place on the plan, if it has one."""
        if self.map_x is None or self.map_y is None or self.map_w is None or self.map_h is None:
            return None
        return Box(x=self.map_x, y=self.map_y, w=self.map_w, h=self.map_h)

    @property
    def facts(self) -> StageFacts:
        """Return what a form shows and changes."""
        own = {field.name: getattr(self, field.name) for field in fields(StageFacts) if field.name != "zone"}
        return StageFacts(zone=self.zone.code, **own)

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.code, self.name_zh, self.name_en)

    def __repr__(self) -> str:
        return f"<Stage {self.code}>"


class Delegation(EventRecord, Model):
    """A city's team at the fair, and what it promotes."""

    __tablename__ = "delegation"

    id: Mapped[int] = mapped_column(primary_key=True)
    city_zh: Mapped[str]
    city_en: Mapped[str]
    province_zh: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    highlights_zh: Mapped[list[str]]
    highlights_en: Mapped[list[str]]
    headcount: Mapped[int]
    contact_post_zh: Mapped[str]
    contact_post_en: Mapped[str]
    article_role_zh: Mapped[str | None]

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.city_zh, self.city_en, self.name_zh, self.name_en, *self.highlights_zh)


class Membership(Model):
    """A role that an account holds: in one event, or on the whole site where `event_id` is null.

    `scope` narrows it (`zone:A`, `stage:S1`, `delegation:dl-dalian`, `organization:org-ln`, `matter:power`);
    empty means all of the event.
    """

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("account_id", "event_id", "role", "scope"),
        # nulls are not equal to each other, so roles on the site need a key of their own
        Index(
            "ix_membership_site",
            "account_id",
            "role",
            "scope",
            unique=True,
            sqlite_where=text("event_id IS NULL"),
            postgresql_where=text("event_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    role: Mapped[Role] = enum_column(Role, None)
    scope: Mapped[str] = mapped_column(String(80), default="")
    granted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # The members who gave the role and, before them, gave the givers theirs; empty where the site gave it.
    line: Mapped[list[str]] = mapped_column(default=list)
