"""Tables of booths and of what has to be in place before one opens."""

from dataclasses import fields
from datetime import datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.database import EventOwned, EventRecord, Model, UTCDateTime, Versioned, enum_column
from eventsite.events.models import Delegation, Zone
from eventsite.files.models import StoredFile
from eventsite.kernel.boxes import Box
from eventsite.market.core import BoothFacts, CircuitFacts, ShapeFacts
from eventsite.market.enums import CANCELLED, PLANNED, LiveState, ShapeKind

BOOTH_FIELDS = tuple(
    field.name
    for field in fields(BoothFacts)
    if field.name not in ("zone", "circuit", "delegation", "appliances_zh")
)
"""The facts of a booth that are columns as they stand."""


class Circuit(Versioned, EventOwned, Model):
    """A power circuit of a zone; `limit_kw` is what its breaker carries."""

    __tablename__ = "circuit"
    __table_args__ = (
        UniqueConstraint("event_id", "code"),
        CheckConstraint("limit_kw > 0", name="limit_kw"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"), index=True)
    limit_kw: Mapped[float]

    zone: Mapped[Zone] = relationship()

    @property
    def facts(self) -> CircuitFacts:
        """Return what a form shows and changes."""
        return CircuitFacts(code=self.code, zone=self.zone.code, limit_kw=self.limit_kw)

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.code, self.zone.code, self.zone.name_zh, self.zone.name_en)

    def __repr__(self) -> str:
        return f"<Circuit {self.code}>"


class Booth(Versioned, EventRecord, Model):
    """A place in a zone. `map_*` is its box on the plan, `power_kw` its announced load in kW.

    `live_state` is how it does right now, said at `live_at`; null where nobody has said anything yet.
    `exhibitor_*` names the applicant that it was given to, empty for none; `name_*` stays what was planned.
    """

    __tablename__ = "booth"
    __table_args__ = (
        UniqueConstraint("event_id", "ref"),
        UniqueConstraint("event_id", "code"),
        CheckConstraint("map_w > 0 AND map_h > 0", name="map_size"),
        CheckConstraint("power_kw >= 0", name="power"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"), index=True)
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"), index=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    category: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(40))
    size_m: Mapped[str] = mapped_column(String(20))
    power_kw: Mapped[float]
    appliances_zh: Mapped[list[str]]
    needs_water: Mapped[bool]
    open_flame: Mapped[bool]
    food_permit_required: Mapped[bool]
    staff_passes: Mapped[int]
    vehicle_passes: Mapped[int]
    status: Mapped[str] = mapped_column(String(40))
    map_x: Mapped[float]
    map_y: Mapped[float]
    map_w: Mapped[float]
    map_h: Mapped[float]
    note_zh: Mapped[str | None]
    circuit_id: Mapped[int | None] = mapped_column(ForeignKey("circuit.id"), index=True, default=None)
    live_state: Mapped[LiveState] = enum_column(LiveState, LiveState.CLOSED)
    live_at: Mapped[datetime | None] = mapped_column(UTCDateTime, default=None)
    exhibitor_zh: Mapped[str] = mapped_column(default="", server_default="")
    exhibitor_en: Mapped[str] = mapped_column(default="", server_default="")

    zone: Mapped[Zone] = relationship()
    circuit: Mapped[Circuit | None] = relationship()
    delegation: Mapped[Delegation | None] = relationship()

    @property
    def box(self) -> Box:
        """Return its place on the plan."""
        return Box(x=self.map_x, y=self.map_y, w=self.map_w, h=self.map_h)

    @property
    def facts(self) -> BoothFacts:
        """Return what a form shows and changes."""
        own = {name: getattr(self, name) for name in BOOTH_FIELDS}
        return BoothFacts(
            zone=self.zone.code,
            circuit=self.circuit.code if self.circuit else None,
            delegation=self.delegation.ref if self.delegation else None,
            appliances_zh=tuple(self.appliances_zh),
            **own,
        )

    @property
    def is_given(self) -> bool:
        """Tell whether an applicant stands there."""
        return bool(self.exhibitor_zh)

    @property
    def shows_exhibitor(self) -> bool:
        """Tell whether its planned name gives way to who stands there; a name that a city chose stays."""
        return self.is_given and (self.delegation_id is None or self.status == PLANNED)

    @property
    def shown_zh(self) -> str:
        """Return the name that people read, on pages and on signs."""
        return self.exhibitor_zh if self.shows_exhibitor else self.name_zh

    @property
    def shown_en(self) -> str:
        """Return the name that people read in English; an exhibitor without one keeps its own."""
        return (self.exhibitor_en or self.exhibitor_zh) if self.shows_exhibitor else self.name_en

    @property
    def is_cancelled(self) -> bool:
        """Tell whether it does not take place; its code stays taken."""
        return self.status == CANCELLED

    @property
    def is_free(self) -> bool:
        """Tell whether it waits for a holder: planned, of no delegation, and not open."""
        waits = self.kind == "booth" and self.status == PLANNED and self.delegation_id is None
        return waits and self.live_state is LiveState.CLOSED

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        holder = self.delegation
        city = (holder.city_zh, holder.city_en) if holder else ()
        exhibitor = (self.exhibitor_zh, self.exhibitor_en) if self.is_given else ()
        return (self.code, self.name_zh, self.name_en, *exhibitor, *city, *self.appliances_zh)

    def __repr__(self) -> str:
        return f"<Booth {self.code}>"


class Clearance(EventOwned, Model):
    """That a booth was opened: it was ready, or (`reason` says why) an organizer opened it before it was.

    `missing` names the parts that lacked something then.
    """

    __tablename__ = "clearance"
    __table_args__ = (UniqueConstraint("booth_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    booth_id: Mapped[int] = mapped_column(ForeignKey("booth.id"))
    reason: Mapped[str | None] = mapped_column(String(200), default=None)
    missing: Mapped[list[str]]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by: Mapped[str] = mapped_column(String(80))
    by_label: Mapped[str] = mapped_column(String(254))

    booth: Mapped[Booth] = relationship()


class Float(EventRecord, Model):
    """A city's float on a booth place; lengths in metres, `entry_time` is local."""

    __tablename__ = "float"

    id: Mapped[int] = mapped_column(primary_key=True)
    booth_id: Mapped[int] = mapped_column(ForeignKey("booth.id"))
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"))
    name_zh: Mapped[str]
    name_en: Mapped[str]
    theme_zh: Mapped[str]
    theme_en: Mapped[str]
    length_m: Mapped[float]
    width_m: Mapped[float]
    height_m: Mapped[float]
    extinguishers: Mapped[int]
    entry_time: Mapped[time]

    booth: Mapped[Booth] = relationship()
    delegation: Mapped[Delegation] = relationship()

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.name_zh, self.name_en, self.booth.code, self.delegation.city_zh, self.delegation.city_en)


class PlanBackground(EventOwned, Model):
    """A picture of the ground that lies under the plan while it is drawn."""

    __tablename__ = "plan_background"
    __table_args__ = (UniqueConstraint("event_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)

    file: Mapped[StoredFile] = relationship()


class PlanShape(Versioned, EventOwned, Model):
    """A fire lane, a float's route, water or words on the plan.

    `map_*` is its box; a route runs through `points`, pairs of coordinates, whose bounds the box is.
    """

    __tablename__ = "plan_shape"
    __table_args__ = (
        UniqueConstraint("event_id", "ref"),
        CheckConstraint("map_w >= 0 AND map_h >= 0", name="map_size"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(80))
    kind: Mapped[ShapeKind] = enum_column(ShapeKind, None)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    map_x: Mapped[float]
    map_y: Mapped[float]
    map_w: Mapped[float]
    map_h: Mapped[float]
    points: Mapped[list[Any]]
    float_id: Mapped[int | None] = mapped_column(ForeignKey("float.id", ondelete="SET NULL"), index=True)

    carried: Mapped[Float | None] = relationship()

    @property
    def box(self) -> Box:
        """Return its bounds on the plan."""
        return Box(x=self.map_x, y=self.map_y, w=self.map_w, h=self.map_h)

    @property
    def facts(self) -> ShapeFacts:
        """Return what a form shows and changes."""
        return ShapeFacts(
            kind=self.kind.value,
            name_zh=self.name_zh,
            name_en=self.name_en,
            map_x=self.map_x,
            map_y=self.map_y,
            map_w=self.map_w,
            map_h=self.map_h,
            points=[list(point) for point in self.points],
            carried=self.carried.ref if self.carried else None,
        )

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return (self.name_zh, self.name_en)

    def __repr__(self) -> str:
        return f"<PlanShape {self.ref}>"
