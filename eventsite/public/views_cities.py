"""What the fair promotes, city by city."""

from flask import Blueprint, render_template

from eventsite.events.models import Event
from eventsite.events.queries import get_delegation, list_delegations
from eventsite.market.queries import list_booths_of, list_floats
from eventsite.web.access import public
from eventsite.web.collation import sort_key
from eventsite.web.language import pick

blueprint = Blueprint("cities", __name__)


@blueprint.get("/e/<slug:event>/cities")
@public
def cities(event: Event) -> str:
    """List the cities by name, by pinyin in Chinese."""
    found = sorted(list_delegations(event), key=lambda delegation: sort_key(pick(delegation, "city")))
    return render_template("public/cities.html", delegations=found)


@blueprint.get("/e/<slug:event>/cities/<ref>")
@public
def city(event: Event, ref: str) -> str:
    """Show a city's highlights, its booths and its float."""
    delegation = get_delegation(event, ref)
    return render_template(
        "public/city.html",
        delegation=delegation,
        booths=list_booths_of(delegation),
        floats=[row for row in list_floats(event) if row.delegation_id == delegation.id],
    )
