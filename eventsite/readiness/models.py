"""Tables of what has to be in place before a booth opens, who passes the gates, and what is broken."""

from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.applications.models import Application
from eventsite.database import (
    EventOwned,
    EventRecord,
    Model,
    UTCDateTime,
    Versioned,
    append_only,
    enum_column,
)
from eventsite.events.models import Delegation, Event, Zone
from eventsite.files.models import StoredFile
from eventsite.helpdesk.models import Post
from eventsite.market.models import Booth
from eventsite.readiness.core import CertificateFacts, MilestoneFacts, PassState, PermitFacts, SlotFacts
from eventsite.readiness.enums import (
    CertificateKind,
    CheckKind,
    Concern,
    Direction,
    FaultState,
    Moment,
    PassKind,
    SlotKind,
)

BY, BY_LABEL = 80, 254
"""Lengths of who did it: the reference in the log, and the name beside it."""


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


class Slot(Versioned, EventOwned, Model):
    """A window for setting up or tearing down in a zone; `taken` of `capacity` booths have booked it."""

    __tablename__ = "slot"
    __table_args__ = (
        UniqueConstraint("event_id", "zone_id", "kind", "starts_at"),
        CheckConstraint("starts_at < ends_at", name="times"),
        CheckConstraint("taken >= 0 AND taken <= capacity", name="taken"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    kind: Mapped[SlotKind] = enum_column(SlotKind, None)
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)

    zone: Mapped[Zone] = relationship()

    @property
    def facts(self) -> SlotFacts:
        """Return what a form shows and changes."""
        return SlotFacts(
            zone=self.zone.code,
            kind=self.kind.value,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            capacity=self.capacity,
        )

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.zone.code, self.zone.name_zh, self.zone.name_en)

    @property
    def left(self) -> int:
        """Return how many booths still find room."""
        return self.capacity - self.taken

    def __repr__(self) -> str:
        return f"<Slot {self.kind.value} {self.starts_at:%m-%d %H:%M}>"


class SlotBooking(EventOwned, Model):
    """A booth's slot: one for setting up, one for tearing down."""

    __tablename__ = "slot_booking"
    __table_args__ = (UniqueConstraint("booth_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id"), index=True)
    booth_id: Mapped[int] = mapped_column(ForeignKey("booth.id"))
    kind: Mapped[SlotKind] = enum_column(SlotKind, None)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by: Mapped[str] = mapped_column(String(BY))

    slot: Mapped[Slot] = relationship()
    booth: Mapped[Booth] = relationship()


class AccessPass(EventOwned, Model):
    """A vehicle or staff pass of a booth, or of a delegation as a whole.

    `number` counts the passes of a booth and kind in force, from 1 to the booth's allowance. `key` is
    the body of its printed token. A pass for one entry has `single_use`.
    """

    __tablename__ = "access_pass"
    __table_args__ = (
        UniqueConstraint("key"),
        UniqueConstraint("typed_code"),
        Index(
            "uq_access_pass_booth_id_kind_number",
            "booth_id",
            "kind",
            "number",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
        CheckConstraint("booth_id IS NOT NULL OR delegation_id IS NOT NULL", name="holder"),
        CheckConstraint("valid_from < valid_until", name="times"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("NOT single_use OR entries <= 1", name="entries"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PassKind] = enum_column(PassKind, None)
    booth_id: Mapped[int | None] = mapped_column(ForeignKey("booth.id"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), index=True)
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"), index=True)
    number: Mapped[int]
    label: Mapped[str] = mapped_column(String(60), default="")
    plate: Mapped[str] = mapped_column(String(20), default="")
    valid_from: Mapped[datetime] = mapped_column(UTCDateTime)
    valid_until: Mapped[datetime] = mapped_column(UTCDateTime)
    single_use: Mapped[bool] = mapped_column(default=False)
    key: Mapped[bytes] = mapped_column(LargeBinary(12))
    typed_code: Mapped[str] = mapped_column(String(8))
    entries: Mapped[int] = mapped_column(default=0)
    inside: Mapped[bool] = mapped_column(default=False)
    issued_at: Mapped[datetime] = mapped_column(UTCDateTime)
    issued_by: Mapped[str] = mapped_column(String(BY))
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime, default=None)
    revoked_by: Mapped[str | None] = mapped_column(String(BY), default=None)
    revoked_reason: Mapped[str | None] = mapped_column(String(200), default=None)

    event: Mapped[Event] = relationship(viewonly=True)
    booth: Mapped[Booth | None] = relationship()
    application: Mapped[Application | None] = relationship()
    delegation: Mapped[Delegation | None] = relationship()

    @property
    def state(self) -> PassState:
        """Return what decides at the gate."""
        return PassState(
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            single_use=self.single_use,
            entries=self.entries,
            inside=self.inside,
            revoked=self.revoked_at is not None,
        )

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through; plates are not in it."""
        holder = self.delegation or (self.booth.delegation if self.booth else None)
        city = (holder.city_zh, holder.city_en) if holder else ()
        return (self.booth.code if self.booth else "", self.label, self.typed_code, *city)

    def __repr__(self) -> str:
        return f"<AccessPass {self.kind.value} {self.id}>"


class PassScan(EventOwned, Model):
    """A pass that went through a gate."""

    __tablename__ = "pass_scan"

    id: Mapped[int] = mapped_column(primary_key=True)
    pass_id: Mapped[int] = mapped_column(ForeignKey("access_pass.id"), index=True)
    direction: Mapped[Direction] = enum_column(Direction, None)
    gate: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by: Mapped[str] = mapped_column(String(BY))
    by_label: Mapped[str] = mapped_column(String(BY_LABEL))

    access_pass: Mapped[AccessPass] = relationship()


append_only(PassScan.__table__)


class Certificate(Versioned, EventOwned, Model):
    """A licence or certificate of a booth; it counts once it is checked, and a change undoes the check."""

    __tablename__ = "certificate"
    __table_args__ = (CheckConstraint("(checked_at IS NULL) = (checked_by IS NULL)", name="checked"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    booth_id: Mapped[int] = mapped_column(ForeignKey("booth.id"), index=True)
    kind: Mapped[CertificateKind] = enum_column(CertificateKind, None)
    number: Mapped[str] = mapped_column(String(80), default="")
    expires_on: Mapped[date | None] = mapped_column(default=None)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), default=None)
    checked_at: Mapped[datetime | None] = mapped_column(UTCDateTime, default=None)
    checked_by: Mapped[str | None] = mapped_column(String(BY), default=None)
    checked_by_label: Mapped[str | None] = mapped_column(String(BY_LABEL), default=None)

    booth: Mapped[Booth] = relationship()
    document: Mapped[StoredFile | None] = relationship()

    @property
    def facts(self) -> CertificateFacts:
        """Return what a form shows and changes."""
        return CertificateFacts(kind=self.kind.value, number=self.number, expires_on=self.expires_on)


class BoothCheck(EventOwned, Model):
    """A tick: somebody saw to it that something is in at a booth. `counted` is the number of giveaways."""

    __tablename__ = "booth_check"
    __table_args__ = (
        UniqueConstraint("booth_id", "kind"),
        CheckConstraint("counted >= 0", name="counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booth_id: Mapped[int] = mapped_column(ForeignKey("booth.id"))
    kind: Mapped[CheckKind] = enum_column(CheckKind, None)
    counted: Mapped[int | None] = mapped_column(default=None)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by: Mapped[str] = mapped_column(String(BY))
    by_label: Mapped[str] = mapped_column(String(BY_LABEL))

    booth: Mapped[Booth] = relationship()


class SetupPhoto(EventOwned, Model):
    """A photo of a booth that is set up (its check-in) or cleared (its check-out)."""

    __tablename__ = "setup_photo"

    id: Mapped[int] = mapped_column(primary_key=True)
    booth_id: Mapped[int] = mapped_column(ForeignKey("booth.id"), index=True)
    moment: Mapped[Moment] = enum_column(Moment, None)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by: Mapped[str] = mapped_column(String(BY))
    by_label: Mapped[str] = mapped_column(String(BY_LABEL))

    booth: Mapped[Booth] = relationship()
    file: Mapped[StoredFile] = relationship()


append_only(SetupPhoto.__table__)


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


class Clearance(EventOwned, Model):
    """That a booth may open: it was ready, or (`reason` says why) an organizer opened it before it was."""

    __tablename__ = "clearance"
    __table_args__ = (UniqueConstraint("booth_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    booth_id: Mapped[int] = mapped_column(ForeignKey("booth.id"))
    reason: Mapped[str | None] = mapped_column(String(200), default=None)
    missing: Mapped[list[str]]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by: Mapped[str] = mapped_column(String(BY))
    by_label: Mapped[str] = mapped_column(String(BY_LABEL))

    booth: Mapped[Booth] = relationship()
