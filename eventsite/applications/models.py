"""Tables of calls, applications, what offices say of them, and which booths they hold."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.applications.enums import How, Matter, QuestionKind, Slot, Status, Verdict
from eventsite.database import (
    EventOwned,
    EventRecord,
    Kept,
    Model,
    UTCDateTime,
    Versioned,
    append_only,
    enum_column,
)
from eventsite.events.models import Delegation, Zone
from eventsite.files.models import StoredFile
from eventsite.market.models import Booth


class Call(Versioned, EventOwned, Model):
    """A call for exhibitors. `over_percent` of its places are taken; further ones join the waiting list.

    `erase_on` is the announced day on which the applicants' contacts are erased.
    """

    __tablename__ = "call"
    __table_args__ = (
        UniqueConstraint("event_id", "code"),
        CheckConstraint("opens_at < closes_at", name="times"),
        CheckConstraint("places > 0", name="places"),
        CheckConstraint("over_percent >= 100", name="over"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    title_zh: Mapped[str] = mapped_column(String(120))
    title_en: Mapped[str] = mapped_column(String(200))
    rules_zh: Mapped[str] = mapped_column(Text)
    rules_en: Mapped[str] = mapped_column(Text)
    opens_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime] = mapped_column(UTCDateTime)
    places: Mapped[int]
    over_percent: Mapped[int] = mapped_column(default=120)
    most_products: Mapped[int] = mapped_column(default=5)
    return_days: Mapped[int] = mapped_column(default=3)
    erase_on: Mapped[date]

    categories: Mapped[list["CallCategory"]] = relationship(
        order_by="CallCategory.position", cascade="all, delete-orphan", back_populates="call"
    )
    questions: Mapped[list["CallQuestion"]] = relationship(
        order_by="CallQuestion.position, CallQuestion.id", viewonly=True
    )

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.code, self.title_zh, self.title_en)

    @property
    def quota(self) -> int:
        """Return how many applications are taken before the waiting list begins."""
        return self.places * self.over_percent // 100

    def is_open(self, now: datetime) -> bool:
        """Tell whether applications are taken."""
        return self.opens_at <= now < self.closes_at

    def category(self, name: str) -> "CallCategory | None":
        """Return the settings of a category, if the call is for it."""
        return next((found for found in self.categories if found.category == name), None)

    def __repr__(self) -> str:
        return f"<Call {self.code}>"


class CallCategory(Model):
    """What a call asks of one category of booths: power at most, and which files must be there."""

    __tablename__ = "call_category"
    __table_args__ = (
        UniqueConstraint("call_id", "category"),
        CheckConstraint("most_kw >= 0", name="power"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    position: Mapped[int] = mapped_column(default=0)
    category: Mapped[str] = mapped_column(String(40))
    most_kw: Mapped[float]
    needs: Mapped[list[str]]

    call: Mapped[Call] = relationship(back_populates="categories")

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Return which files must be there."""
        return tuple(slot for slot in Slot if slot.value in self.needs)


class CallQuestion(Versioned, EventOwned, Model):
    """A question of a call, asked of one category or (empty) of all."""

    __tablename__ = "call_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    category: Mapped[str] = mapped_column(String(40), default="")
    kind: Mapped[QuestionKind] = enum_column(QuestionKind, QuestionKind.TEXT)
    text_zh: Mapped[str] = mapped_column(String(200))
    text_en: Mapped[str] = mapped_column(String(300))
    options_zh: Mapped[list[str]]
    options_en: Mapped[list[str]]
    required: Mapped[bool]

    call: Mapped[Call] = relationship(viewonly=True)


class Application(Versioned, EventRecord, Model):
    """An exhibitor's application: typed columns for each matter that an office decides.

    `token_hash` is the SHA-256 of its private link's body; `phone` and `email` are sealed by keys outside the
    database, `phone_mark` is the telephone's keyed hash. `appliances_zh` and `products_zh` name what
    `appliances` and `products` hold with their kW and prices. `booth_id` is the first booth that it holds.
    """

    __tablename__ = "application"
    __table_args__ = (
        UniqueConstraint("event_id", "ref"),
        UniqueConstraint("token_hash"),
        CheckConstraint("power_kw >= 0", name="power"),
        CheckConstraint("places IN (1, 2)", name="places"),
        CheckConstraint("vehicle_passes >= 0 AND staff_passes >= 0", name="passes"),
        CheckConstraint(
            "status = 'draft' OR (zone_id IS NOT NULL AND submitted_at IS NOT NULL)", name="complete"
        ),
        Index("ix_application_phone", "event_id", "phone_mark"),
        Index("ix_application_status", "call_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"))
    status: Mapped[Status] = enum_column(Status, Status.DRAFT)
    unit_zh: Mapped[str]
    unit_en: Mapped[str]
    credit_code: Mapped[str] = mapped_column(String(18), default="")
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id"))
    booth_id: Mapped[int | None] = mapped_column(ForeignKey("booth.id"))
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"), index=True)
    category: Mapped[str] = mapped_column(String(40))
    trade: Mapped[str] = mapped_column(String(40), default="")
    wishes: Mapped[list[str]] = mapped_column(default=list)
    near: Mapped[str] = mapped_column(String(80), default="")
    places: Mapped[int] = mapped_column(default=1)
    partner: Mapped[str] = mapped_column(String(80), default="")

    contact_post_zh: Mapped[str]
    phone: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_mark: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    email: Mapped[bytes | None] = mapped_column(LargeBinary)
    contacts_erased_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    products_zh: Mapped[list[str]]
    products: Mapped[list[Any]] = mapped_column(default=list)
    wants_booth: Mapped[bool] = mapped_column(default=True)
    power_kw: Mapped[float] = mapped_column(default=0)
    appliances_zh: Mapped[list[str]] = mapped_column(default=list)
    appliances: Mapped[list[Any]] = mapped_column(default=list)
    needs_water: Mapped[bool] = mapped_column(default=False)
    open_flame: Mapped[bool] = mapped_column(default=False)
    food_required: Mapped[bool] = mapped_column(default=False)
    food_uploaded: Mapped[bool] = mapped_column(default=False)
    street_occupation: Mapped[bool] = mapped_column(default=False)
    vehicle_passes: Mapped[int] = mapped_column(default=0)
    staff_passes: Mapped[int] = mapped_column(default=0)
    insured: Mapped[bool] = mapped_column(default=False)
    commitment_signed: Mapped[bool] = mapped_column(default=False)
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)

    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    consented_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    saved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    waitlisted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decision_note_zh: Mapped[str | None]

    call: Mapped[Call | None] = relationship()
    zone: Mapped[Zone | None] = relationship()
    booth: Mapped[Booth | None] = relationship(foreign_keys=[booth_id])
    delegation: Mapped[Delegation | None] = relationship()
    matters: Mapped[list["MatterReview"]] = relationship(order_by="MatterReview.id", viewonly=True)
    returned: Mapped["Return | None"] = relationship(viewonly=True)
    files: Mapped[list["ApplicationFile"]] = relationship(order_by="ApplicationFile.id", viewonly=True)
    holdings: Mapped[list["Holding"]] = relationship(order_by="Holding.id", viewonly=True)

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        booth = self.booth.code if self.booth else ""
        return (self.ref, self.unit_zh, self.unit_en, booth, *self.products_zh)

    def __repr__(self) -> str:
        return f"<Application {self.ref}>"


class MatterReview(Versioned, EventOwned, Model):
    """What an office says of one matter of an application; `point` is what the applicant has to put right."""

    __tablename__ = "application_matter"
    __table_args__ = (
        UniqueConstraint("application_id", "matter"),
        CheckConstraint("verdict = 'ok' OR length(point) > 0", name="point"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    matter: Mapped[Matter] = enum_column(Matter, Matter.BOOTH)
    verdict: Mapped[Verdict] = enum_column(Verdict, Verdict.OK)
    point: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(80))
    by_label: Mapped[str] = mapped_column(String(254))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    stale: Mapped[bool] = mapped_column(default=False)


class Return(EventOwned, Model):
    """The one time that an application was sent back, with every point in one list: `[matter, text]`."""

    __tablename__ = "application_return"
    __table_args__ = (UniqueConstraint("application_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    points: Mapped[list[Any]]
    until: Mapped[datetime] = mapped_column(UTCDateTime)
    by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class ApplicationFile(EventOwned, Model):
    """A file of an application and what it shows; `until` is the last day on which it is valid, if known."""

    __tablename__ = "application_file"
    __table_args__ = (UniqueConstraint("application_id", "file_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    slot: Mapped[Slot] = enum_column(Slot, Slot.BUSINESS)
    until: Mapped[date | None]
    at: Mapped[datetime] = mapped_column(UTCDateTime)

    stored: Mapped[StoredFile] = relationship()


class Holding(EventOwned, Model):
    """A booth and the application that it was given to: the unique booth is why it never has two holders."""

    __tablename__ = "holding"
    __table_args__ = (UniqueConstraint("booth_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    booth_id: Mapped[int] = mapped_column(ForeignKey("booth.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    how: Mapped[How] = enum_column(How, How.HAND)
    reasons: Mapped[list[str]]
    by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(UTCDateTime)

    booth: Mapped[Booth] = relationship()
    application: Mapped[Application] = relationship()


append_only(Return.__table__, Kept(once=("answered_at",)))
