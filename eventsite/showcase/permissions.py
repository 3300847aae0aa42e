"""Who may do what with what cities show."""

from eventsite.accounts.core import Permission, Rules, Thing, holds, within
from eventsite.accounts.enums import Role
from eventsite.events.models import Delegation
from eventsite.kernel.words import N_
from eventsite.market.permissions import booth_thing
from eventsite.showcase.models import CityVoucher, Inheritor, Product, ShowcasePhoto, TravelRoute


class ShowcasePermission(Permission):
    """What members of an event's team may do with what cities show."""

    SEE_SHOWCASE = N_("see what cities show, and what came of it")
    EDIT_SHOWCASE = N_("edit what a booth or city shows")
    USE_VOUCHER = N_("take a visitor's city voucher")


RULES: Rules = {
    ShowcasePermission.SEE_SHOWCASE: tuple(
        holds(role)
        for role in (
            Role.ORGANIZER,
            Role.ZONE_LEAD,
            Role.DELEGATION_LEAD,
            Role.DESK,
            Role.PARTNER,
            Role.AUDITOR,
        )
    ),
    ShowcasePermission.EDIT_SHOWCASE: (
        holds(Role.ORGANIZER),
        within(Role.ZONE_LEAD),
        within(Role.DELEGATION_LEAD),
    ),
    ShowcasePermission.USE_VOUCHER: (
        holds(Role.ORGANIZER),
        within(Role.DELEGATION_LEAD),
        within(Role.PARTNER),
    ),
}

Entry = Product | Inheritor | TravelRoute | CityVoucher | ShowcasePhoto


def city_thing(delegation: Delegation) -> Thing:
    """Return a city as a thing that rights are asked about."""
    return Thing(event_id=delegation.event_id, scopes=frozenset({f"delegation:{delegation.ref}"}))


def voucher_thing(voucher: CityVoucher) -> Thing:
    """Return an offer as a thing: it lies in its delegation and with the partner that takes it."""
    return Thing(event_id=voucher.event_id, scopes=voucher.scopes)


def entry_thing(entry: Entry) -> Thing:
    """Return an entry as a thing: it lies where its booth or city does."""
    if isinstance(entry, TravelRoute | CityVoucher):
        return city_thing(entry.delegation)
    if isinstance(entry, ShowcasePhoto) and entry.delegation:
        return city_thing(entry.delegation)
    if isinstance(entry, ShowcasePhoto) and entry.inheritor:
        return booth_thing(entry.inheritor.booth)
    assert entry.booth is not None
    return booth_thing(entry.booth)
