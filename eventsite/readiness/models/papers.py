"""What is filed about a booth before it opens: certificates, ticks, photos."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.database import EventOwned, Model, UTCDateTime, Versioned, append_only, enum_column
from eventsite.files.models import StoredFile
from eventsite.market.models import Booth
from eventsite.readiness.core import CertificateFacts
from eventsite.readiness.enums import CertificateKind, CheckKind, Moment
from eventsite.readiness.models.lengths import BY, BY_LABEL


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
