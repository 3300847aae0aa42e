"""Adding, editing and removing products, inheritors, routes and vouchers. Each act is one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, TypeVar

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import FOREIGN_KEY, atomic, attempt, db
from eventsite.events.models import Delegation, Event
from eventsite.events.queries import list_organizations
from eventsite.kernel.edits import changed, refuse_stale
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.words import N_
from eventsite.market.models import Booth
from eventsite.showcase.core import InheritorFacts, ProductFacts, RouteFacts, VoucherFacts, check_stock
from eventsite.showcase.enums import Rank, Season
from eventsite.showcase.models import CityVoucher, Inheritor, Product, TravelRoute
from eventsite.showcase.operations.photos import remove_portraits
from eventsite.showcase.queries import get_entry_to_write

Row = TypeVar("Row", Product, Inheritor, TravelRoute, CityVoucher)
CONVERT: Mapping[str, Callable[[Any], Any]] = {
    "rank": Rank,
    "season": Season,
    "stops_zh": list,
    "stops_en": list,
}


def create_product(
    actor: Actor, event: Event, booth: Booth, facts: ProductFacts, *, source: str = "article"
) -> Product:
    """Add what a booth sells or shows."""
    return _create(actor, Product(event_id=event.id, booth_id=booth.id, source=source), facts)


def edit_product(
    actor: Actor, event: Event, product_id: int, facts: ProductFacts, *, version: int
) -> Product:
    """Change a product that was read at `version`; raises `StaleEdit` if somebody saved since."""
    return _edit(actor, event, Product, product_id, facts=facts, version=version)


def remove_product(actor: Actor, event: Event, product_id: int, *, version: int) -> None:
    """Remove a product; raises `StaleEdit` if somebody saved since `version`."""
    _remove(actor, event, Product, product_id, version)


def create_inheritor(
    actor: Actor, event: Event, booth: Booth, facts: InheritorFacts, *, source: str = "article"
) -> Inheritor:
    """Add a heritage holder to a booth."""
    return _create(actor, Inheritor(event_id=event.id, booth_id=booth.id, source=source), facts)


def edit_inheritor(
    actor: Actor, event: Event, inheritor_id: int, facts: InheritorFacts, *, version: int
) -> Inheritor:
    """Change a heritage holder who was read at `version`; raises `StaleEdit` if somebody saved since."""
    return _edit(actor, event, Inheritor, inheritor_id, facts=facts, version=version)


def remove_inheritor(actor: Actor, event: Event, inheritor_id: int, *, version: int) -> None:
    """Remove a heritage holder with the photos of them; raises `StaleEdit` if somebody saved since."""
    with atomic():
        remove_portraits(actor, event, inheritor_id)
        _remove(actor, event, Inheritor, inheritor_id, version)


def create_route(
    actor: Actor, event: Event, delegation: Delegation, facts: RouteFacts, *, source: str = "article"
) -> TravelRoute:
    """Add a way to travel through a city."""
    return _create(actor, TravelRoute(event_id=event.id, delegation_id=delegation.id, source=source), facts)


def edit_route(actor: Actor, event: Event, route_id: int, facts: RouteFacts, *, version: int) -> TravelRoute:
    """Change a route that was read at `version`; raises `StaleEdit` if somebody saved since."""
    return _edit(actor, event, TravelRoute, route_id, facts=facts, version=version)


def remove_route(actor: Actor, event: Event, route_id: int, *, version: int) -> None:
    """Remove a route; raises `StaleEdit` if somebody saved since `version`."""
    _remove(actor, event, TravelRoute, route_id, version)


def create_voucher(
    actor: Actor, event: Event, delegation: Delegation, facts: VoucherFacts, *, source: str = "article"
) -> CityVoucher:
    """Add an offer to use in a city later."""
    voucher = CityVoucher(event_id=event.id, delegation_id=delegation.id, taken=0, source=source)
    return _create(actor, voucher, facts)


def edit_voucher(
    actor: Actor, event: Event, voucher_id: int, facts: VoucherFacts, *, version: int
) -> CityVoucher:
    """Change an offer that was read at `version`.

    Raises `StaleEdit` if somebody saved since, `Conflict` on `stock` below what visitors have taken.
    """
    with atomic():
        check_stock(facts.stock, get_entry_to_write(CityVoucher, event, voucher_id).taken)
        return _edit(actor, event, CityVoucher, voucher_id, facts=facts, version=version)


def remove_voucher(actor: Actor, event: Event, voucher_id: int, *, version: int) -> None:
    """Remove an offer that nobody has taken; raises `StaleEdit`, or `Conflict` where somebody has."""
    _remove(actor, event, CityVoucher, voucher_id, version)


def _create(actor: Actor, row: Row, facts: Any) -> Row:
    with atomic():
        with attempt() as session:
            _write(row, facts)
            session.add(row)
        record(actor, "create", _thing(row), event_id=row.event_id, after=_told(facts))
    return row


def _edit(actor: Actor, event: Event, kind: type[Row], entry_id: int, *, facts: Any, version: int) -> Row:
    with atomic():
        row = get_entry_to_write(kind, event, entry_id)
        before = row.facts
        if facts == before:
            return row
        old, new = changed(_told(before), _told(facts))
        refuse_stale(row.version, version, theirs=old, mine=new)
        with attempt():
            _write(row, facts)
        record(actor, "edit", _thing(row), event_id=event.id, before=old, after=new)
    return row


def _remove(actor: Actor, event: Event, kind: type[Row], entry_id: int, version: int) -> None:
    with atomic():
        row = get_entry_to_write(kind, event, entry_id)
        refuse_stale(row.version, version, theirs={}, mine={})
        thing, told = _thing(row), _told(row.facts)
        with attempt(USED) as session:
            session.delete(row)
        record(actor, "remove", thing, event_id=event.id, before=told)


def _write(row: Product | Inheritor | TravelRoute | CityVoucher, facts: Any) -> None:
    for name, value in vars(facts).items():
        if name == "organization":
            continue
        setattr(row, name, CONVERT[name](value) if name in CONVERT else value)
    if isinstance(row, CityVoucher):
        row.organization_id = _organization_id(row.event_id, facts.organization)


def _organization_id(event_id: int, ref: str | None) -> int | None:
    event = db.session.get_one(Event, event_id)
    known = {one.ref: one.id for one in list_organizations(event)}
    if ref is not None and ref not in known:
        raise Conflict(N_("There is no such organization."), field="organization")
    return known[ref] if ref else None


def _told(facts: Any) -> dict[str, Any]:
    """Return facts as the log tells them."""
    told = asdict(facts)
    return told | {"valid_until": told["valid_until"].isoformat()} if "valid_until" in told else told


def _thing(row: Product | Inheritor | TravelRoute | CityVoucher) -> str:
    return f"{row.__tablename__}:{row.id}"


USED: Mapping[str, DomainError] = {
    FOREIGN_KEY: Conflict(
        N_(
            "Visitors have taken this voucher already. Stop handing it out instead: what was taken stays"
            " valid."
        )
    )
}
