"""Vehicle and staff passes, and where they went through."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.applications.models import Application
from eventsite.database import EventOwned, Model, UTCDateTime, append_only, enum_column
from eventsite.events.models import Delegation, Event
from eventsite.market.models import Booth
from eventsite.readiness.core import PassState
from eventsite.readiness.enums import Direction, PassKind
from eventsite.readiness.models.lengths import BY, BY_LABEL


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
        """Return what a search looks through: no plate and no code, which parts of a word would spell out."""
        holder = self.delegation or (self.booth.delegation if self.booth else None)
        city = (holder.city_zh, holder.city_en) if holder else ()
        booth = (self.booth.code, self.booth.exhibitor_zh, self.booth.exhibitor_en) if self.booth else ()
        return (*booth, self.label, *city)

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
