"""Tables of raffles, their prizes and draws, and of all that happens in a draw."""

from datetime import datetime, time
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from eventsite.checkin.models import VisitorPass
from eventsite.database import (
    EventOwned,
    EventRecord,
    Model,
    UTCDateTime,
    Versioned,
    append_only,
    enum_column,
)
from eventsite.draws.enums import (
    AwardState,
    DrawStatus,
    HandOverKind,
    ProposalKind,
    RaffleMode,
    WitnessKind,
)
from eventsite.events.models import Event, Organization
from eventsite.programme.models import ProgrammeItem


class Raffle(Versioned, EventRecord, Model):
    """The prizes of an event and how they are drawn. `stamps_required` gives one entry."""

    __tablename__ = "raffle"
    __table_args__ = (UniqueConstraint("event_id", "ref"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    mode: Mapped[RaffleMode] = enum_column(RaffleMode, RaffleMode.STAGE_DRAW)
    entry_zh: Mapped[str]
    entry_en: Mapped[str]
    max_entries_per_visitor: Mapped[int]
    claim_deadline: Mapped[str] = mapped_column(String(20))
    claim_place_zh: Mapped[str]
    forfeit_zh: Mapped[str]
    draw_method_zh: Mapped[str]
    draw_record_keep_years: Mapped[int]
    organizer_contact_zh: Mapped[str]
    stamps_required: Mapped[int]

    prizes: Mapped[list["Prize"]] = relationship(order_by="Prize.position")
    draws: Mapped[list["Draw"]] = relationship(order_by="Draw.position")


class Prize(EventRecord, Model):
    """A prize level of a raffle: `quantity` pieces over all of its draws."""

    __tablename__ = "prize"
    __table_args__ = (UniqueConstraint("event_id", "ref"), CheckConstraint("quantity >= 0", name="quantity"))

    id: Mapped[int] = mapped_column(primary_key=True)
    raffle_id: Mapped[int] = mapped_column(ForeignKey("raffle.id"), index=True)
    level_zh: Mapped[str]
    level_en: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    quantity: Mapped[int]
    unit_value_cny: Mapped[float]
    daily_quantity: Mapped[int | None]


class Draw(Versioned, EventRecord, Model):
    """One draw: a round of the event file's raffle, or the raffle itself where it has no rounds (`instant`).

    `terms` holds what the organizer wrote for the rules so far; what binds is in `DrawRules`. Every act on a
    draw raises `version` first, so that two acts never run side by side.
    """

    __tablename__ = "draw"
    __table_args__ = (UniqueConstraint("event_id", "ref"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    raffle_id: Mapped[int] = mapped_column(ForeignKey("raffle.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("programme_item.id"))
    at: Mapped[time | None]
    status: Mapped[DrawStatus] = enum_column(DrawStatus, DrawStatus.DRAFT)
    terms: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    postponed_to: Mapped[datetime | None] = mapped_column(UTCDateTime)

    event: Mapped[Event] = relationship(viewonly=True)
    raffle: Mapped[Raffle] = relationship(back_populates="draws")
    item: Mapped[ProgrammeItem | None] = relationship()
    rules: Mapped["DrawRules | None"] = relationship(viewonly=True)
    frozen: Mapped["FrozenList | None"] = relationship(viewonly=True)
    witnesses: Mapped[list["Witness"]] = relationship(order_by="Witness.position", viewonly=True)
    rounds: Mapped[list["DrawRound"]] = relationship(order_by="DrawRound.number", viewonly=True)

    @property
    def number(self) -> int:
        """Return which draw of its raffle it is, from 1."""
        return self.raffle.draws.index(self) + 1

    @property
    def planned_at(self) -> datetime | None:
        """Return when it takes place: as its rules say, else as its programme item or its own time says."""
        if self.rules is not None:
            return datetime.fromisoformat(self.rules.content["draw_at"])
        if self.item is not None:
            return self.item.starts_at
        if self.at is None or not self.event.days:
            return None
        return datetime.combine(self.event.days[0].date, self.at, self.event.zone)

    def __repr__(self) -> str:
        return f"<Draw {self.ref} {self.status.value}>"


class DrawRules(Model):
    """The rules of a draw as they were published, with their hash."""

    __tablename__ = "draw_rules"

    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"), primary_key=True, autoincrement=False)
    content: Mapped[dict[str, Any]]
    sha256: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_by: Mapped[str] = mapped_column(String(80))


class Witness(Model):
    """A party that gives the hash of a number before the freeze, and the number itself after it."""

    __tablename__ = "draw_witness"
    __table_args__ = (
        UniqueConstraint("draw_id", "position"),
        UniqueConstraint("draw_id", "commitment"),
        CheckConstraint("nonce IS NULL OR commitment IS NOT NULL", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"))
    position: Mapped[int]
    kind: Mapped[WitnessKind] = enum_column(WitnessKind, WitnessKind.PARTNER)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    name: Mapped[str] = mapped_column(String(120))
    commitment: Mapped[str | None] = mapped_column(String(64))
    committed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    nonce: Mapped[str | None] = mapped_column(String(200))
    revealed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    organization: Mapped[Organization | None] = relationship()


class Proposal(Model):
    """What one person proposed and another has to confirm: a freeze, absent winners, a voided draw."""

    __tablename__ = "draw_proposal"
    __table_args__ = (
        Index(
            "uq_draw_proposal_open",
            "draw_id",
            "kind",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"), index=True)
    kind: Mapped[ProposalKind] = enum_column(ProposalKind, ProposalKind.FREEZE)
    slots: Mapped[list[str]] = mapped_column(JSON, default=list)
    reason: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(80))
    by_label: Mapped[str] = mapped_column(String(254))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    confirmed_by: Mapped[str | None] = mapped_column(String(80))
    confirmed_label: Mapped[str | None] = mapped_column(String(254))
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class FrozenList(Model):
    """The list of a draw as it was frozen: the bytes of `entries.csv`, and the freeze that binds them."""

    __tablename__ = "draw_frozen_list"

    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"), primary_key=True, autoincrement=False)
    freeze: Mapped[dict[str, Any]]
    sha256: Mapped[str] = mapped_column(String(64))
    entries: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    frozen_at: Mapped[datetime] = mapped_column(UTCDateTime)


class DrawRound(Model):
    """Round 0 is the draw itself, later ones redraw `unclaimed`; `outcome` is as the record has the round."""

    __tablename__ = "draw_round"
    __table_args__ = (UniqueConstraint("draw_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"))
    number: Mapped[int]
    unclaimed: Mapped[list[str]] = mapped_column(JSON, default=list)
    reason: Mapped[str] = mapped_column(Text, default="")
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    drawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    values: Mapped[list["DrawValues"]] = relationship(order_by="DrawValues.attempt", viewonly=True)

    @property
    def digits(self) -> str | None:
        """Return the public digits in force: the last that were entered."""
        return self.values[-1].digits if self.values else None


class DrawValues(Model):
    """Public digits as they were typed in; a correction is a further row with its reason."""

    __tablename__ = "draw_values"
    __table_args__ = (UniqueConstraint("round_id", "attempt"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("draw_round.id"))
    attempt: Mapped[int]
    digits: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class Award(EventOwned, Model):
    """A prize that was won. `key` is the body of its `/r/` token, `typed_code` what people type instead."""

    __tablename__ = "award"
    __table_args__ = (
        UniqueConstraint("round_id", "slot"),
        UniqueConstraint("draw_id", "entry_code"),
        UniqueConstraint("key"),
        UniqueConstraint("typed_code"),
        Index(
            "uq_award_held_slot",
            "draw_id",
            "slot",
            unique=True,
            sqlite_where=text("state <> 'absent'"),
            postgresql_where=text("state <> 'absent'"),
        ),
        Index("ix_award_event_id_pass_id", "event_id", "pass_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("draw_round.id"))
    prize_id: Mapped[int] = mapped_column(ForeignKey("prize.id"))
    pass_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("visitor_pass.id"))
    position: Mapped[int]
    slot: Mapped[str] = mapped_column(String(50))
    entry_code: Mapped[str] = mapped_column(String(10))
    state: Mapped[AwardState] = enum_column(AwardState, AwardState.WON)
    key: Mapped[bytes] = mapped_column(LargeBinary(12))
    typed_code: Mapped[str] = mapped_column(String(8))
    won_at: Mapped[datetime] = mapped_column(UTCDateTime)
    claim_until: Mapped[datetime] = mapped_column(UTCDateTime)
    claim_place: Mapped[str] = mapped_column(String(120))
    claimed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    draw: Mapped[Draw] = relationship()
    prize: Mapped[Prize] = relationship()
    visitor: Mapped[VisitorPass] = relationship()
    hand_overs: Mapped[list["HandOver"]] = relationship(order_by="HandOver.number", viewonly=True)


class HandOver(Model):
    """A prize given out, or taken back with a reason: each a row that stays."""

    __tablename__ = "award_hand_over"
    __table_args__ = (UniqueConstraint("award_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"))
    number: Mapped[int]
    kind: Mapped[HandOverKind] = enum_column(HandOverKind, HandOverKind.HANDED)
    place: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(80))
    by_label: Mapped[str] = mapped_column(String(254))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class DrawRecord(Model):
    """The record of a draw as it was published, byte by byte."""

    __tablename__ = "draw_record"

    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"), primary_key=True, autoincrement=False)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)


for _grows_only in (DrawRules, FrozenList, DrawValues, HandOver, DrawRecord):
    append_only(_grows_only.__table__)
