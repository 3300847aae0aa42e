"""Tables of draws: the rules, the frozen list and the record of each, none of which changes again."""

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from eventsite.database import EventRecord, Model, UTCDateTime, Versioned, append_only, enum_column
from eventsite.draws.enums import DrawStatus
from eventsite.draws.models.raffles import Raffle
from eventsite.events.models import Event
from eventsite.programme.models import ProgrammeItem

if TYPE_CHECKING:
    from eventsite.draws.models.rounds import DrawRound
    from eventsite.draws.models.witnesses import Witness


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


class FrozenList(Model):
    """The list of a draw as it was frozen: the bytes of `entries.csv`, and the freeze that binds them."""

    __tablename__ = "draw_frozen_list"

    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"), primary_key=True, autoincrement=False)
    freeze: Mapped[dict[str, Any]]
    sha256: Mapped[str] = mapped_column(String(64))
    entries: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    frozen_at: Mapped[datetime] = mapped_column(UTCDateTime)


class DrawRecord(Model):
    """The record of a draw as it was published, byte by byte."""

    __tablename__ = "draw_record"

    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"), primary_key=True, autoincrement=False)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)


for _stays in (DrawRules, FrozenList, DrawRecord):
    append_only(_stays.__table__)
