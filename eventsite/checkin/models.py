"""Tables of the stamp rally. Stamps are written by `acts`, not through the ORM."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.checkin.core.checkpoints import CheckpointDetails
from eventsite.checkin.enums import CodeMode, TokenRule
from eventsite.database import (
    EventOwned,
    EventRecord,
    Model,
    UTCDateTime,
    Versioned,
    append_only,
    enum_column,
)
from eventsite.events.models import Zone


class StampRally(Versioned, EventRecord, Model):
    """The rules of an event's stamp rally; one an event."""

    __tablename__ = "stamp_rally"
    __table_args__ = (UniqueConstraint("event_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    token_rule: Mapped[TokenRule] = enum_column(TokenRule, TokenRule.PER_DAY)
    code_mode: Mapped[CodeMode] = enum_column(CodeMode, CodeMode.STATIC)
    code_period_seconds: Mapped[int | None]
    min_seconds_between_stamps: Mapped[int]
    rules_zh: Mapped[list[str]]
    rules_en: Mapped[list[str]]


class Checkpoint(Versioned, EventRecord, Model):
    """A place to be stamped. `key` is the body of its printed token, `secret` makes its rotating codes.

    A new `key` makes every printed code of the checkpoint worthless at once. `code_mode` overrides the
    rally's for this checkpoint where it is set.
    """

    __tablename__ = "checkpoint"
    __table_args__ = (
        UniqueConstraint("event_id", "ref"),
        UniqueConstraint("key"),
        UniqueConstraint("typed_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    name_zh: Mapped[str]
    name_en: Mapped[str]
    stamp_label_zh: Mapped[str]
    stamp_label_en: Mapped[str]
    key: Mapped[bytes] = mapped_column(LargeBinary(12))
    secret: Mapped[bytes] = mapped_column(LargeBinary(32))
    typed_code: Mapped[str] = mapped_column(String(8))
    code_mode: Mapped[CodeMode | None] = enum_column(CodeMode, None)
    active: Mapped[bool] = mapped_column(default=True)

    zone: Mapped[Zone] = relationship()

    @property
    def details(self) -> CheckpointDetails:
        """Return what the team says of it."""
        return CheckpointDetails(
            name_zh=self.name_zh,
            name_en=self.name_en,
            stamp_label_zh=self.stamp_label_zh,
            stamp_label_en=self.stamp_label_en,
            code_mode=self.code_mode,
            active=self.active,
        )

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.name_zh, self.name_en, self.stamp_label_zh, self.stamp_label_en, self.zone.code)

    def mode(self, rally: StampRally | None) -> CodeMode:
        """Return how visitors prove that they are here: its own way, else the rally's."""
        return self.code_mode or (rally.code_mode if rally else CodeMode.STATIC)


class VisitorPass(EventOwned, Model):
    """An anonymous visitor of one event; `key` is the body of the signed cookie, `id` follows from it.

    A pass without a row has no stamps yet: reading a page makes none.
    `stamps` counts all stamps, `checkpoints` the different places; both are kept in the transaction of the
    stamp. `entry_code` is the random id that the pass has in every draw of the event; one that `is_staff` is
    on no list that is frozen afterwards.
    """

    __tablename__ = "visitor_pass"
    __table_args__ = (
        UniqueConstraint("event_id", "recovery_code"),
        UniqueConstraint("event_id", "entry_code"),
        CheckConstraint("stamps >= 0 AND checkpoints >= 0", name="counters"),
        Index("ix_visitor_pass_event_id_stamps", "event_id", "stamps"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    key: Mapped[bytes] = mapped_column(LargeBinary(16))
    recovery_code: Mapped[str] = mapped_column(String(10))
    entry_code: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    stamps: Mapped[int] = mapped_column(default=0)
    checkpoints: Mapped[int] = mapped_column(default=0)
    last_stamp_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_day: Mapped[date | None]
    is_staff: Mapped[bool] = mapped_column(default=False)
    is_demo: Mapped[bool] = mapped_column(default=False)

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.entry_code,)


class Stamp(Model):
    """A stamp. The key is the rule: once a pass, checkpoint and day (once an event: `day` is 1970-01-01)."""

    __tablename__ = "stamp"
    __table_args__ = (
        Index("ix_stamp_event_id_checkpoint_id_day", "event_id", "checkpoint_id", "day"),
        {"sqlite_with_rowid": False},
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    pass_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("visitor_pass.id"), primary_key=True)
    checkpoint_id: Mapped[int] = mapped_column(ForeignKey("checkpoint.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    mode: Mapped[str] = mapped_column(String(20))


append_only(Stamp.__table__)
