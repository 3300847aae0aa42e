"""Reading what cities show. Every lookup goes through its event."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from eventsite.checkin.models import VisitorPass
from eventsite.database import db
from eventsite.events.models import Delegation, Event
from eventsite.events.queries import list_delegations
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.market.models import Booth
from eventsite.showcase.models import (
    CityVisit,
    CityVoucher,
    Inheritor,
    Product,
    ShowcasePhoto,
    TakenVoucher,
    TravelRoute,
)

Row = TypeVar("Row", Product, Inheritor, TravelRoute, CityVoucher, ShowcasePhoto)


@dataclass(frozen=True, kw_only=True)
class BoothShow:
    """What a booth shows."""

    photos: Sequence[ShowcasePhoto]
    products: Sequence[Product]
    inheritors: Sequence[Inheritor]
    portraits: dict[int, ShowcasePhoto]


@dataclass(frozen=True, kw_only=True)
class CityShow:
    """What a city shows."""

    photos: Sequence[ShowcasePhoto]
    routes: Sequence[TravelRoute]
    vouchers: Sequence[CityVoucher]


@dataclass(frozen=True, kw_only=True)
class CityFigures:
    """What a city got of the fair: `visits` counts passes by day, `visitors` passes, both stamped ones."""

    delegation: Delegation
    photos: int
    products: int
    routes: int
    inheritors: int
    visits: int
    visitors: int
    vouchers: int
    taken: int
    used: int

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return self.delegation.words


def get_entry(kind: type[Row], event: Event, entry_id: int) -> Row:
    """Return the event's product, inheritor, route, voucher or photo with that id; raises `NotFound`."""
    return _found(db.session.scalar(select(kind).where(kind.event_id == event.id, kind.id == entry_id)))


def get_entry_to_write(kind: type[Row], event: Event, entry_id: int) -> Row:
    """Return it with its row locked until the commit (PostgreSQL; on SQLite the turn does it)."""
    own = select(kind).where(kind.event_id == event.id, kind.id == entry_id)
    return _found(db.session.scalar(own.with_for_update(of=kind)))


def show_of_booth(booth: Booth) -> BoothShow:
    """Return what a booth shows, in the order of its team."""
    products = select(Product).where(Product.booth_id == booth.id).order_by(Product.position, Product.id)
    holders = select(Inheritor).where(Inheritor.booth_id == booth.id)
    inheritors = db.session.scalars(holders.order_by(Inheritor.position, Inheritor.id)).all()
    return BoothShow(
        photos=db.session.scalars(_photos().where(ShowcasePhoto.booth_id == booth.id)).all(),
        products=db.session.scalars(products).all(),
        inheritors=inheritors,
        portraits=portraits_of(inheritors),
    )


def show_of_city(delegation: Delegation) -> CityShow:
    """Return what a city shows, in the order of its team."""
    routes = select(TravelRoute).where(TravelRoute.delegation_id == delegation.id)
    vouchers = select(CityVoucher).where(CityVoucher.delegation_id == delegation.id)
    return CityShow(
        photos=db.session.scalars(_photos().where(ShowcasePhoto.delegation_id == delegation.id)).all(),
        routes=db.session.scalars(routes.order_by(TravelRoute.position, TravelRoute.id)).all(),
        vouchers=db.session.scalars(vouchers.order_by(CityVoucher.position, CityVoucher.id)).all(),
    )


def portraits_of(inheritors: Sequence[Inheritor]) -> dict[int, ShowcasePhoto]:
    """Return the first photo of each inheritor, by the inheritor's id."""
    shown = _photos().where(ShowcasePhoto.inheritor_id.in_([one.id for one in inheritors]))
    first: dict[int, ShowcasePhoto] = {}
    for photo in db.session.scalars(shown) if inheritors else ():
        first.setdefault(photo.inheritor_id or 0, photo)
    return first


def list_inheritors(event: Event) -> Sequence[Inheritor]:
    """Return the event's heritage holders with their booths, booth by booth."""
    own = select(Inheritor).join(Booth).where(Inheritor.event_id == event.id)
    own = own.order_by(Booth.code, Inheritor.position, Inheritor.id)
    return db.session.scalars(own.options(joinedload(Inheritor.booth).joinedload(Booth.delegation))).all()


def first_photos(event: Event) -> dict[int, ShowcasePhoto]:
    """Return the first photo of each city, by the delegation's id."""
    shown = _photos().where(ShowcasePhoto.event_id == event.id, ShowcasePhoto.delegation_id.is_not(None))
    first: dict[int, ShowcasePhoto] = {}
    for photo in db.session.scalars(shown):
        first.setdefault(photo.delegation_id or 0, photo)
    return first


def find_taken(voucher: CityVoucher, visitor: VisitorPass) -> TakenVoucher | None:
    """Return the voucher that a visitor took of an offer."""
    return db.session.scalar(
        select(TakenVoucher).where(TakenVoucher.voucher_id == voucher.id, TakenVoucher.pass_id == visitor.id)
    )


def list_taken(visitor: VisitorPass) -> Sequence[TakenVoucher]:
    """Return a visitor's vouchers, the newest first."""
    own = select(TakenVoucher).where(TakenVoucher.pass_id == visitor.id)
    own = own.order_by(TakenVoucher.taken_at.desc(), TakenVoucher.id)
    return db.session.scalars(
        own.options(joinedload(TakenVoucher.voucher).joinedload(CityVoucher.delegation))
    ).all()


def find_taken_by_key(key: bytes) -> TakenVoucher | None:
    """Return the voucher whose token has this body, of any event: the token proves itself."""
    return db.session.scalar(select(TakenVoucher).where(TakenVoucher.key == key))


def find_taken_by_typed_code(code: str) -> TakenVoucher | None:
    """Return the voucher of any event with that typed code."""
    return db.session.scalar(select(TakenVoucher).where(TakenVoucher.typed_code == code))


def get_taken(event: Event, taken_id: int) -> TakenVoucher:
    """Return the event's taken voucher with that id; raises `NotFound`."""
    own = select(TakenVoucher).where(TakenVoucher.event_id == event.id, TakenVoucher.id == taken_id)
    taken = db.session.scalar(own)
    if taken is None:
        raise NotFound(N_("There is no such voucher."))
    return taken


def event_of(taken: TakenVoucher) -> Event:
    """Return the event that a taken voucher belongs to."""
    return db.session.get_one(Event, taken.event_id)


def figures_of_cities(event: Event) -> list[CityFigures]:
    """Return what each city shows and what came of it, in the order of the file."""
    by_booth = Booth.delegation_id
    counted = {
        "photos": _count(select(ShowcasePhoto.delegation_id, func.count()), ShowcasePhoto, event),
        "routes": _count(select(TravelRoute.delegation_id, func.count()), TravelRoute, event),
        "vouchers": _count(select(CityVoucher.delegation_id, func.count()), CityVoucher, event),
        "taken": _count(select(CityVoucher.delegation_id, func.sum(CityVoucher.taken)), CityVoucher, event),
        "products": _count(select(by_booth, func.count()).join_from(Product, Booth), Product, event),
        "inheritors": _count(select(by_booth, func.count()).join_from(Inheritor, Booth), Inheritor, event),
        "used": _used(event),
        **_visits(event),
    }
    pictured = _count(select(by_booth, func.count()).join_from(ShowcasePhoto, Booth), ShowcasePhoto, event)
    counted["photos"] = {
        key: counted["photos"].get(key, 0) + pictured.get(key, 0) for key in {*counted["photos"], *pictured}
    }
    return [
        CityFigures(delegation=one, **{name: found.get(one.id, 0) for name, found in counted.items()})
        for one in list_delegations(event)
    ]


def _count(wanted: object, kind: type[object], event: Event) -> dict[int, int]:
    """Return numbers by delegation; `wanted` selects the delegation and the number."""
    selected = wanted.where(kind.event_id == event.id)  # type: ignore[attr-defined]
    column = selected.selected_columns[0]
    rows = db.session.execute(selected.where(column.is_not(None)).group_by(column))
    return {row[0]: int(row[1]) for row in rows}


def _used(event: Event) -> dict[int, int]:
    used = (
        select(CityVoucher.delegation_id, func.count())
        .join_from(TakenVoucher, CityVoucher)
        .where(TakenVoucher.event_id == event.id, TakenVoucher.used_at.is_not(None))
        .group_by(CityVoucher.delegation_id)
    )
    return {row[0]: row[1] for row in db.session.execute(used)}


def _visits(event: Event) -> dict[str, dict[int, int]]:
    counted = (
        select(CityVisit.delegation_id, func.count(), func.count(CityVisit.pass_id.distinct()))
        .join(Delegation, Delegation.id == CityVisit.delegation_id)
        .where(Delegation.event_id == event.id)
        .group_by(CityVisit.delegation_id)
    )
    rows = db.session.execute(counted).all()
    return {"visits": {row[0]: row[1] for row in rows}, "visitors": {row[0]: row[2] for row in rows}}


def _photos() -> Select[ShowcasePhoto]:
    shown = select(ShowcasePhoto).order_by(ShowcasePhoto.position, ShowcasePhoto.id)
    return shown.options(joinedload(ShowcasePhoto.file))


def _found(row: Row | None) -> Row:
    if row is None:
        raise NotFound(N_("There is no such entry."))
    return row
