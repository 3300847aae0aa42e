"""What the fair promotes, city by city."""

from flask import Blueprint, render_template

from eventsite.events.models import Delegation, Event
from eventsite.events.queries import get_delegation, list_delegations
from eventsite.giveaways.models import Giveaway
from eventsite.kernel import clock
from eventsite.market.models import Booth
from eventsite.market.queries import list_booths_of, list_floats
from eventsite.programme.core.board import board_at
from eventsite.programme.core.values import Item
from eventsite.programme.enums import KINDS
from eventsite.programme.queries import current_release
from eventsite.public.queries import offers_at
from eventsite.showcase.queries import first_photos, list_inheritors, show_of_city
from eventsite.showcase.views_public import taken_by
from eventsite.web.access import public
from eventsite.web.collation import sort_key
from eventsite.web.language import pick
from eventsite.web.passes import read_pass

blueprint = Blueprint("cities", __name__)


@blueprint.get("/e/<slug:event>/cities")
@public
def cities(event: Event) -> str:
    """List the cities by name, by pinyin in Chinese."""
    found = sorted(list_delegations(event), key=lambda delegation: sort_key(pick(delegation, "city")))
    return render_template(
        "public/cities.html",
        delegations=found,
        photos=first_photos(event),
        has_inheritors=bool(list_inheritors(event)),
    )


@blueprint.get("/e/<slug:event>/cities/<ref>")
@public
def city(event: Event, ref: str) -> str:
    """Show what a city promotes: photos, highlights, routes, acts, booths, float, gifts and vouchers."""
    delegation = get_delegation(event, ref)
    booths = list_booths_of(delegation)
    show = show_of_city(delegation)
    release = current_release(event)
    now = clock.now()
    board = board_at(release.programme, now) if release else None
    return render_template(
        "public/city.html",
        delegation=delegation,
        show=show,
        taken=taken_by(read_pass(event.slug), event, show.vouchers),
        today=now.astimezone(event.zone).date(),
        acts=_acts_of(delegation, release.programme.items) if release else [],
        places=release.programme.places if release else {},
        kinds=KINDS,
        release=release,
        board=board,
        now=now,
        booths=booths,
        gifts=_gifts_at(event, booths),
        floats=[row for row in list_floats(event) if row.delegation_id == delegation.id],
    )


def _acts_of(delegation: Delegation, items: tuple[Item, ...]) -> list[Item]:
    """Return the acts of a city in the current release, in the order of their start."""
    return [item for item in items if item.delegation and item.delegation.ref == delegation.ref]


def _gifts_at(event: Event, booths: list[Booth]) -> list[Giveaway]:
    """Return what is handed out at a city's booths."""
    return [gift for booth in booths for gift in offers_at(event, booth=booth.code).gifts]
