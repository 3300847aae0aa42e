"""Tables of what cities show, and of vouchers that visitors take home."""

from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from eventsite.checkin.models import VisitorPass
from eventsite.database import EventOwned, Kept, Model, UTCDateTime, Versioned, append_only, enum_column
from eventsite.events.models import Delegation, Organization
from eventsite.files.models import StoredFile
from eventsite.market.models import Booth
from eventsite.showcase.core import (
    InheritorFacts,
    PhotoFacts,
    ProductFacts,
    RouteFacts,
    VoucherFacts,
    cents_of,
    yuan_of,
)
from eventsite.showcase.enums import Rank, Season


class Entry(EventOwned, Versioned):
    """Something that a team says of its booth or city; `source` is `demo` for what was invented."""

    position: Mapped[int] = mapped_column(default=0)
    source: Mapped[str] = mapped_column(String(10), default="article")

    @property
    def demo_fields(self) -> None:
        """Return nothing: an entry is invented as a whole or not at all."""
        return


class OfBooth(Entry):
    """An entry of a booth."""

    booth_id: Mapped[int] = mapped_column(ForeignKey("booth.id"), index=True)

    @declared_attr
    def booth(cls) -> Mapped[Booth]:
        """Return the booth."""
        return relationship()


class OfCity(Entry):
    """An entry of a delegation's city."""

    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)

    @declared_attr
    def delegation(cls) -> Mapped[Delegation]:
        """Return the delegation."""
        return relationship()


class Product(OfBooth, Model):
    """What a booth sells or shows; a price is in cents."""

    __tablename__ = "product"
    __table_args__ = (CheckConstraint("price_cents >= 0", name="price"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(120))
    note_zh: Mapped[str] = mapped_column(String(200))
    note_en: Mapped[str] = mapped_column(String(300))
    price_cents: Mapped[int | None]
    unit_zh: Mapped[str] = mapped_column(String(20))
    unit_en: Mapped[str] = mapped_column(String(30))

    @property
    def price_yuan(self) -> float | None:
        """Return the price in yuan."""
        return yuan_of(self.price_cents)

    @price_yuan.setter
    def price_yuan(self, value: float | None) -> None:
        self.price_cents = cents_of(value)

    @property
    def facts(self) -> ProductFacts:
        """Return what a form shows and changes."""
        return ProductFacts(**_facts(self, ProductFacts))


class Inheritor(OfBooth, Model):
    """A heritage holder at a booth."""

    __tablename__ = "inheritor"

    id: Mapped[int] = mapped_column(primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str] = mapped_column(String(80))
    craft_zh: Mapped[str] = mapped_column(String(80))
    craft_en: Mapped[str] = mapped_column(String(120))
    rank: Mapped[Rank] = enum_column(Rank, Rank.CITY)
    story_zh: Mapped[str] = mapped_column(Text)
    story_en: Mapped[str] = mapped_column(Text)

    @property
    def facts(self) -> InheritorFacts:
        """Return what a form shows and changes."""
        return InheritorFacts(**{**_facts(self, InheritorFacts), "rank": self.rank.value})


class TravelRoute(OfCity, Model):
    """A way to travel through a city in its season."""

    __tablename__ = "travel_route"
    __table_args__ = (CheckConstraint("days BETWEEN 1 AND 30", name="days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(120))
    season: Mapped[Season] = enum_column(Season, Season.ALL_YEAR)
    days: Mapped[int]
    stops_zh: Mapped[list[str]]
    stops_en: Mapped[list[str]]
    text_zh: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)

    @property
    def facts(self) -> RouteFacts:
        """Return what a form shows and changes."""
        told = _facts(self, RouteFacts)
        lists = {"stops_zh": tuple(self.stops_zh), "stops_en": tuple(self.stops_en)}
        return RouteFacts(**{**told, **lists, "season": self.season.value})


class CityVoucher(OfCity, Model):
    """An offer to use in the city later: `stock` in all, `taken` counted in each taking's transaction."""

    __tablename__ = "city_voucher"
    __table_args__ = (CheckConstraint("taken >= 0 AND taken <= stock", name="stock"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    title_zh: Mapped[str] = mapped_column(String(80))
    title_en: Mapped[str] = mapped_column(String(120))
    partner_zh: Mapped[str] = mapped_column(String(80))
    partner_en: Mapped[str] = mapped_column(String(120))
    place_zh: Mapped[str] = mapped_column(String(120))
    place_en: Mapped[str] = mapped_column(String(160))
    terms_zh: Mapped[str] = mapped_column(Text)
    terms_en: Mapped[str] = mapped_column(Text)
    valid_until: Mapped[date]
    stock: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    offered: Mapped[bool] = mapped_column(default=True)

    organization: Mapped[Organization | None] = relationship()

    @property
    def left(self) -> int:
        """Return how many are left."""
        return self.stock - self.taken

    @property
    def scopes(self) -> frozenset[str]:
        """Return what it lies in: its delegation, and the partner that takes it."""
        partner = {f"organization:{self.organization.ref}"} if self.organization else set()
        return frozenset({f"delegation:{self.delegation.ref}", *partner})

    @property
    def facts(self) -> VoucherFacts:
        """Return what a form shows and changes."""
        partner = self.organization.ref if self.organization else None
        return VoucherFacts(**{**_facts(self, VoucherFacts), "organization": partner})


class TakenVoucher(EventOwned, Model):
    """A visitor's voucher: `key` is the body of its `/r/` token, `typed_code` what the partner types."""

    __tablename__ = "taken_voucher"
    __table_args__ = (
        UniqueConstraint("voucher_id", "pass_id"),
        UniqueConstraint("key"),
        UniqueConstraint("typed_code"),
        Index("ix_taken_voucher_pass_id", "pass_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    voucher_id: Mapped[int] = mapped_column(ForeignKey("city_voucher.id"))
    pass_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("visitor_pass.id"))
    key: Mapped[bytes] = mapped_column(LargeBinary(12))
    typed_code: Mapped[str] = mapped_column(String(8))
    taken_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    used_by: Mapped[str | None] = mapped_column(String(80))
    used_by_label: Mapped[str | None] = mapped_column(String(254))

    voucher: Mapped[CityVoucher] = relationship()
    visitor: Mapped[VisitorPass] = relationship()


append_only(TakenVoucher.__table__, Kept(once=("used_at", "used_by", "used_by_label")))


class ShowcasePhoto(Entry, Model):
    """A photo of a booth, of a city or of an inheritor: of exactly one of them."""

    __tablename__ = "showcase_photo"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN booth_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN delegation_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN inheritor_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_subject",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    booth_id: Mapped[int | None] = mapped_column(ForeignKey("booth.id"), index=True)
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"), index=True)
    inheritor_id: Mapped[int | None] = mapped_column(ForeignKey("inheritor.id"), index=True)
    alt_zh: Mapped[str] = mapped_column(String(120))
    alt_en: Mapped[str] = mapped_column(String(160))
    credit: Mapped[str] = mapped_column(String(80))
    consent: Mapped[str] = mapped_column(String(200))

    file: Mapped[StoredFile] = relationship()
    booth: Mapped[Booth | None] = relationship()
    delegation: Mapped[Delegation | None] = relationship()
    inheritor: Mapped[Inheritor | None] = relationship()

    @property
    def facts(self) -> PhotoFacts:
        """Return what a form shows and changes."""
        return PhotoFacts(**_facts(self, PhotoFacts))

    @property
    def small_size(self) -> tuple[int, int]:
        """Return the thumbnail's width and height."""
        width, height = self.file.width or 4, self.file.height or 3
        scale = min(1.0, 400 / max(width, height))
        return max(1, round(width * scale)), max(1, round(height * scale))


class CityVisit(Model):
    """A stamped pass opened a city's pages on a local day; counted once, told of nobody."""

    __tablename__ = "city_visit"
    __table_args__ = ({"sqlite_with_rowid": False},)

    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    pass_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("visitor_pass.id"), primary_key=True)


def _facts(row: Any, shape: type[Any]) -> dict[str, Any]:
    """Return the columns that are facts as they stand."""
    own = {field.name for field in fields(shape)}
    return {name: getattr(row, name) for name in own if name != "organization"}
