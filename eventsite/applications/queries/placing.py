"""What placing has to know: who waits for a booth with which wishes, and who holds which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from eventsite.applications.core.facts import Product
from eventsite.applications.enums import PLACEABLE
from eventsite.applications.models import Application, Holding
from eventsite.database import db
from eventsite.events.models import Event
from eventsite.market.core import natural_key
from eventsite.market.models import Booth


@dataclass(frozen=True, kw_only=True)
class Placeable:
    """An accepted application as placing sees it.

    `zone` is a zone's code, `wishes` are booth codes in order, `near` and `partner` numbers of other
    applications ("" for none; a partner stands only where both name each other), `delegation` a delegation's
    id in the file, `trade` what rivals have in common ("" for none), `held` the codes of its booths.
    """

    ref: str
    unit_zh: str
    unit_en: str
    category: str
    zone: str
    wishes: tuple[str, ...]
    near: str
    places: int
    partner: str
    kw: float
    water: bool
    flame: bool
    delegation: str
    trade: str
    held: tuple[str, ...]


def list_placeable(event: Event) -> list[Placeable]:
    """Return the approved and confirmed applications that want a booth, in the order of their numbers."""
    own = select(Application).where(
        Application.event_id == event.id,
        Application.status.in_(PLACEABLE),
        Application.wants_booth.is_(True),
    )
    rows = db.session.scalars(
        own.order_by(Application.ref).options(
            joinedload(Application.zone),
            joinedload(Application.delegation),
            selectinload(Application.holdings).joinedload(Holding.booth),
        )
    ).all()
    partners = {row.ref: row.partner for row in rows}
    return [_placeable(row, partners) for row in rows]


def list_holdings(event: Event) -> Sequence[Holding]:
    """Return who holds which booth, in the natural order of the booths' codes."""
    own = select(Holding).where(Holding.event_id == event.id)
    found = db.session.scalars(
        own.options(joinedload(Holding.booth), joinedload(Holding.application)).order_by(Holding.id)
    )
    return sorted(found, key=lambda holding: natural_key(holding.booth.code))


def declared_loads(event: Event) -> dict[int, float]:
    """Return the kW that who holds a booth declared, by the booth's id, spread evenly over all it holds."""
    many = select(Holding.application_id, func.count().label("booths")).where(Holding.event_id == event.id)
    shares = many.group_by(Holding.application_id).subquery()
    own = (
        select(Holding.booth_id, Application.power_kw, shares.c.booths)
        .join(Application, Application.id == Holding.application_id)
        .join(shares, shares.c.application_id == Holding.application_id)
        .where(Holding.event_id == event.id)
    )
    return {booth_id: kw / booths for booth_id, kw, booths in db.session.execute(own)}


def find_holding(booth: Booth) -> Holding | None:
    """Return who holds a booth."""
    return db.session.scalar(select(Holding).where(Holding.booth_id == booth.id))


def list_brought(booth: Booth) -> list[Product]:
    """Return what the exhibitor of a booth brings, as it was applied for; nothing where nobody holds it."""
    holding = find_holding(booth)
    if holding is None:
        return []
    row = holding.application
    prices = {product["name"]: product["price_fen"] for product in row.products}
    return [Product(name=name, price_fen=prices.get(name)) for name in row.products_zh]


def _placeable(row: Application, partners: Mapping[str, str]) -> Placeable:
    return Placeable(
        ref=row.ref,
        unit_zh=row.unit_zh,
        unit_en=row.unit_en,
        category=row.category,
        zone=row.zone.code if row.zone else "",
        wishes=tuple(row.wishes),
        near=row.near,
        places=row.places,
        partner=row.partner if partners.get(row.partner) == row.ref else "",
        kw=row.power_kw,
        water=row.needs_water,
        flame=row.open_flame,
        delegation=row.delegation.ref if row.delegation else "",
        trade=row.trade,
        held=tuple(holding.booth.code for holding in row.holdings),
    )
