"""Tables of the audit log. Both only grow."""

from sqlalchemy import BigInteger, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from eventsite.database.base import Model
from eventsite.database.triggers import append_only


class AuditRow(Model):
    """One act. `event_id` is a plain value, so that the log outlives the event."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_event_id_thing_at", "event_id", "thing", "at"),
        Index("ix_audit_event_id_at", "event_id", "at"),
    )

    lane: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[int] = mapped_column(BigInteger)
    event_id: Mapped[int | None] = mapped_column(BigInteger)
    actor: Mapped[str] = mapped_column(Text)
    verb: Mapped[str] = mapped_column(Text)
    thing: Mapped[str] = mapped_column(Text)
    detail: Mapped[str] = mapped_column(Text)
    hash: Mapped[bytes] = mapped_column(LargeBinary)

    def __repr__(self) -> str:
        return f"<AuditRow {self.lane}/{self.seq} {self.actor} {self.verb} {self.thing}>"


class Knot(Model):
    """The heads of lanes at one instant, chained to the knot before; its hash leaves the machine.

    Listed are the lanes that moved since the knot before, in each `WHOLE_EVERY`-th knot all of them.
    """

    __tablename__ = "knot"

    n: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[int] = mapped_column(BigInteger)
    heads: Mapped[str] = mapped_column(Text)
    hash: Mapped[bytes] = mapped_column(LargeBinary)

    def __repr__(self) -> str:
        return f"<Knot {self.n} {self.hash.hex()[:12]}>"


append_only(AuditRow.__table__)
append_only(Knot.__table__)
