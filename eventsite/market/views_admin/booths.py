"""The team's pages of the market: booths to find and edit, and what stands around them to read."""

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.audit.queries import history_of
from eventsite.events.models import Event, Zone
from eventsite.events.queries import list_delegations, list_zones
from eventsite.market import operations, queries, sheets
from eventsite.market.core import total_power
from eventsite.market.enums import CATEGORIES, STATUSES
from eventsite.market.forms import BoothForm
from eventsite.market.models import Booth
from eventsite.market.permissions import MarketPermission, booth_thing, zone_thing
from eventsite.market.views_admin import blueprint
from eventsite.web.access import current_actor, may, requires
from eventsite.web.forms import EditForm, labels_of
from eventsite.web.history import tell
from eventsite.web.language import pick, word
from eventsite.web.lists import list_page, render_list, searched

blueprint.add_app_template_filter(partial(word, STATUSES), "booth_status")


def booth_scopes(event: Event, code: str) -> frozenset[str]:
    """Return what the booth of an address lies in, for `@requires`."""
    return booth_thing(queries.get_booth(event, code)).scopes


@list_page(blueprint, "/booths")
@requires(MarketPermission.SEE_BOOTHS)
def booths(event: Event) -> Any:
    """List the booths, narrowed by `?q=`, `?zone=`, `?category=` and `?status=`."""
    chosen = {name: request.args.get(name, "") for name in ("zone", "category", "status")}
    found = searched(queries.list_booths(event, **chosen))
    return render_list(
        "market/admin/booths.html",
        found,
        chosen=chosen,
        zone_options=[(zone.code, f"{zone.code} {pick(zone, 'name')}") for zone in list_zones(event)],
        category_options=[(value, _(label)) for value, label in CATEGORIES.items()],
        status_options=[(value, _(label)) for value, label in STATUSES.items()],
        power=total_power(booth.power_kw for booth in found),
        may_add=may(MarketPermission.ADD_BOOTH, Thing(event_id=event.id)),
        may_import=may(MarketPermission.IMPORT_BOOTHS, Thing(event_id=event.id)),
        table=sheets.BOOTHS,
    )


@blueprint.route("/new-booth", methods=["GET", "POST"])
@requires(MarketPermission.ADD_BOOTH)
def new_booth(event: Event) -> tuple[str, int] | Redirect:
    """Add a booth in a zone where the reader may place booths."""
    form = _form(event)
    if not form.may_place:
        flash(_("There is no zone where you may place a booth."), "warn")
        return redirect(url_for(".booths", event=event.slug), 303)
    if form.saves(lambda: operations.create_booth(current_actor(), event, form.facts)):
        flash(_("Booth %(code)s is added.", code=form.facts.code), "ok")
        return redirect(url_for(".booth", event=event.slug, code=form.facts.code), 303)
    return render_template("market/admin/new_booth.html", form=form), form.http_status


@blueprint.get("/booths/<code:code>")
@requires(MarketPermission.SEE_BOOTHS)
def booth(event: Event, code: str) -> str:
    """Show a booth with its form and its history."""
    shown = queries.get_booth(event, code)
    return _page(event, shown, _form(event, shown))


@blueprint.post("/booths/<code:code>")
@requires(MarketPermission.EDIT_BOOTH, scopes=booth_scopes)
def edit_booth(event: Event, code: str) -> tuple[str, int] | Redirect:
    """Save a booth; somebody else's newer save is shown beside the reader's, and nothing is written."""
    form = _form(event, queries.get_booth(event, code))
    if form.saves(
        lambda: operations.edit_booth(current_actor(), event, code, form.facts, version=form.read_at)
    ):
        flash(_("Booth %(code)s is saved.", code=form.facts.code), "ok")
        return redirect(url_for(".booth", event=event.slug, code=form.facts.code), 303)
    return _page(event, queries.get_booth(event, code), form), form.http_status


@blueprint.post("/booths/<code:code>/remove")
@requires(MarketPermission.PLACE_BOOTH, scopes=booth_scopes)
def remove_booth(event: Event, code: str) -> tuple[str, int] | Redirect:
    """Remove a booth that nothing needs any more."""
    removal = EditForm()
    if removal.saves(lambda: operations.remove_booth(current_actor(), event, code, version=removal.read_at)):
        flash(_("Booth %(code)s is removed.", code=code), "ok")
        return redirect(url_for(".booths", event=event.slug), 303)
    shown = queries.get_booth(event, code)
    return _page(event, shown, _form(event, shown, formdata=None), removal), removal.http_status


@list_page(blueprint, "/floats")
@requires(MarketPermission.SEE_BOOTHS)
def floats(event: Event) -> Any:
    """List the floats."""
    return render_list("market/admin/floats.html", searched(queries.list_floats(event)), table=sheets.FLOATS)


def _form(event: Event, booth: Booth | None = None, **more: Any) -> BoothForm:
    return BoothForm(
        zones=_zones_to_offer(event, booth),
        delegations=list_delegations(event),
        circuits=queries.list_circuits(event),
        before=booth.facts if booth else None,
        version=booth.version if booth else None,
        **more,
    )


def _zones_to_offer(event: Event, booth: Booth | None) -> list[Zone]:
    """Offer where the reader may place the booth: nowhere if it must stay, anywhere to who only reads."""
    zones = list_zones(event)
    if booth:
        thing = booth_thing(booth)
        if not may(MarketPermission.EDIT_BOOTH, thing):
            return list(zones)
        if not may(MarketPermission.PLACE_BOOTH, thing):
            return []
    return [zone for zone in zones if may(MarketPermission.PLACE_BOOTH, zone_thing(zone))]


def _page(event: Event, booth: Booth, form: BoothForm, removal: EditForm | None = None) -> str:
    thing = booth_thing(booth)
    return render_template(
        "market/admin/booth.html",
        booth=booth,
        form=form,
        removal=removal,
        may_edit=may(MarketPermission.EDIT_BOOTH, thing),
        may_remove=may(MarketPermission.PLACE_BOOTH, thing),
        history=tell(history_of(event.id, f"booth:{booth.id}"), labels=labels_of(BoothForm)),
    )
