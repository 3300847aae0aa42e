"""The team's pages of what cities show: what a booth or city has, a form for each, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from limits import RateLimitItemPerMinute
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.audit.queries import history_of
from eventsite.events.models import Delegation, Event
from eventsite.events.queries import get_delegation, list_organizations
from eventsite.files.enums import FileKind
from eventsite.files.queries import read_upload
from eventsite.kernel.tokens import Purpose, read_typed, seal
from eventsite.kernel.words import N_
from eventsite.market.models import Booth
from eventsite.market.permissions import booth_thing
from eventsite.market.queries import get_booth, list_booths, list_booths_of
from eventsite.showcase import queries, sheets
from eventsite.showcase.enums import RANK_WORDS, SEASON_WORDS
from eventsite.showcase.forms import (
    CodeForm,
    InheritorForm,
    PhotoForm,
    ProductForm,
    RouteForm,
    UploadForm,
    VoucherForm,
)
from eventsite.showcase.models import CityVoucher, Inheritor, Product, ShowcasePhoto, TravelRoute
from eventsite.showcase.operations import entries, photos
from eventsite.showcase.permissions import Entry, ShowcasePermission, city_thing, entry_thing
from eventsite.web.access import current_actor, may, requires
from eventsite.web.forms import EditForm, labels_of
from eventsite.web.history import tell
from eventsite.web.language import pick, word
from eventsite.web.limits import note, refuse_spent
from eventsite.web.lists import list_page, render_list, searched
from eventsite.web.passes import keyring
from eventsite.web.uploads import takes_files

blueprint = Blueprint("showcase_admin", __name__, url_prefix="/admin/e/<slug:event>/showcase")
blueprint.add_app_template_filter(partial(word, SEASON_WORDS), "season")
blueprint.add_app_template_filter(partial(word, RANK_WORDS), "heritage_rank")
ENTRIES = "<any(products, inheritors, routes, vouchers, photos):kind>/<int:number>"

WRONG_CODES = RateLimitItemPerMinute(30, namespace="voucher-code")  # by member, as those of `/x/CODE`


@dataclass(frozen=True)
class Kind:
    """How the entries of one kind are edited and what their pages say."""

    model: Any
    form: Any
    edit: Callable[..., Any]
    remove: Callable[..., None]
    create: Callable[..., Any] | None
    new: str
    name: str


KINDS = {
    "products": Kind(
        Product,
        ProductForm,
        entries.edit_product,
        entries.remove_product,
        entries.create_product,
        N_("New product"),
        "name",
    ),
    "inheritors": Kind(
        Inheritor,
        InheritorForm,
        entries.edit_inheritor,
        entries.remove_inheritor,
        entries.create_inheritor,
        N_("New heritage holder"),
        "name",
    ),
    "routes": Kind(
        TravelRoute,
        RouteForm,
        entries.edit_route,
        entries.remove_route,
        entries.create_route,
        N_("New route"),
        "name",
    ),
    "vouchers": Kind(
        CityVoucher,
        VoucherForm,
        entries.edit_voucher,
        entries.remove_voucher,
        entries.create_voucher,
        N_("New city voucher"),
        "title",
    ),
    "photos": Kind(ShowcasePhoto, PhotoForm, photos.edit_photo, photos.remove_photo, None, "", "alt"),
}


def city_scopes(event: Event, ref: str, **_more: object) -> frozenset[str]:
    """Return what the city of an address lies in, for `@requires`."""
    return city_thing(get_delegation(event, ref)).scopes


def booth_scopes(event: Event, code: str, **_more: object) -> frozenset[str]:
    """Return what the booth of an address lies in, for `@requires`."""
    return booth_thing(get_booth(event, code)).scopes


def entry_scopes(event: Event, kind: str, number: int) -> frozenset[str]:
    """Return what the entry of an address lies in, for `@requires`."""
    return entry_thing(_entry(event, kind, number)).scopes


def inheritor_scopes(event: Event, number: int) -> frozenset[str]:
    """Return what the heritage holder of an address lies in, for `@requires`."""
    return entry_scopes(event, "inheritors", number)


@list_page(blueprint, "/cities")
@requires(ShowcasePermission.SEE_SHOWCASE)
def cities(event: Event) -> Any:
    """Show city by city what is shown, and what came of it."""
    return render_list(
        "showcase/admin/cities.html",
        searched(queries.figures_of_cities(event)),
        table=sheets.CITIES,
        others=[booth for booth in list_booths(event) if booth.delegation is None],
        may_use=_uses_some(event),
    )


@blueprint.get("/cities/<ref>")
@requires(ShowcasePermission.SEE_SHOWCASE)
def city(event: Event, ref: str) -> str:
    """Show what a city shows, with its booths."""
    delegation = get_delegation(event, ref)
    return render_template(
        "showcase/admin/city.html",
        delegation=delegation,
        show=queries.show_of_city(delegation),
        booths=list_booths_of(delegation),
        may_edit=may(ShowcasePermission.EDIT_SHOWCASE, city_thing(delegation)),
    )


@blueprint.get("/booths/<code:code>")
@requires(ShowcasePermission.SEE_SHOWCASE)
def booth(event: Event, code: str) -> str:
    """Show what a booth shows."""
    shown = get_booth(event, code)
    return render_template(
        "showcase/admin/booth.html",
        booth=shown,
        show=queries.show_of_booth(shown),
        may_edit=may(ShowcasePermission.EDIT_SHOWCASE, booth_thing(shown)),
    )


@blueprint.route("/cities/<ref>/<any(routes, vouchers):kind>/new", methods=["GET", "POST"])
@requires(ShowcasePermission.EDIT_SHOWCASE, scopes=city_scopes)
def new_of_city(event: Event, ref: str, kind: str) -> tuple[str, int] | Redirect:
    """Add a route or a voucher to a city."""
    back = url_for(".city", event=event.slug, ref=ref)
    return _new(event, kind, get_delegation(event, ref), back)


@blueprint.route("/booths/<code:code>/<any(products, inheritors):kind>/new", methods=["GET", "POST"])
@requires(ShowcasePermission.EDIT_SHOWCASE, scopes=booth_scopes)
def new_of_booth(event: Event, code: str, kind: str) -> tuple[str, int] | Redirect:
    """Add a product or a heritage holder to a booth."""
    return _new(event, kind, get_booth(event, code), url_for(".booth", event=event.slug, code=code))


@blueprint.route("/cities/<ref>/upload", methods=["GET", "POST"])
@takes_files
@requires(ShowcasePermission.EDIT_SHOWCASE, scopes=city_scopes)
def photo_of_city(event: Event, ref: str) -> tuple[str, int] | Redirect:
    """Add a photo to a city."""
    return _upload(event, get_delegation(event, ref), url_for(".city", event=event.slug, ref=ref))


@blueprint.route("/booths/<code:code>/upload", methods=["GET", "POST"])
@takes_files
@requires(ShowcasePermission.EDIT_SHOWCASE, scopes=booth_scopes)
def photo_of_booth(event: Event, code: str) -> tuple[str, int] | Redirect:
    """Add a photo to a booth."""
    return _upload(event, get_booth(event, code), url_for(".booth", event=event.slug, code=code))


@blueprint.route("/inheritors/<int:number>/upload", methods=["GET", "POST"])
@takes_files
@requires(ShowcasePermission.EDIT_SHOWCASE, scopes=inheritor_scopes)
def photo_of_inheritor(event: Event, number: int) -> tuple[str, int] | Redirect:
    """Add a photo to a heritage holder."""
    inheritor = queries.get_entry(Inheritor, event, number)
    return _upload(event, inheritor, url_for(".booth", event=event.slug, code=inheritor.booth.code))


@blueprint.get(f"/{ENTRIES}")
@requires(ShowcasePermission.SEE_SHOWCASE)
def entry(event: Event, kind: str, number: int) -> str:
    """Show an entry with its form and its history."""
    shown = _entry(event, kind, number)
    return _page(event, kind, shown, _form(event, kind, shown))


@blueprint.post(f"/{ENTRIES}")
@requires(ShowcasePermission.EDIT_SHOWCASE, scopes=entry_scopes)
def edit_entry(event: Event, kind: str, number: int) -> tuple[str, int] | Redirect:
    """Save an entry; somebody else's newer save is shown beside the reader's, and nothing is written."""
    form = _form(event, kind, _entry(event, kind, number))
    if form.saves(lambda: KINDS[kind].edit(current_actor(), event, number, form.facts, version=form.read_at)):
        flash(_("Saved."), "ok")
        return redirect(url_for(".entry", event=event.slug, kind=kind, number=number), 303)
    return _page(event, kind, _entry(event, kind, number), form), form.http_status


@blueprint.post(f"/{ENTRIES}/remove")
@requires(ShowcasePermission.EDIT_SHOWCASE, scopes=entry_scopes)
def remove_entry(event: Event, kind: str, number: int) -> tuple[str, int] | Redirect:
    """Remove an entry that nothing needs any more."""
    shown = _entry(event, kind, number)
    back, removal = _home_of(event, shown), EditForm()
    if removal.saves(lambda: KINDS[kind].remove(current_actor(), event, number, version=removal.read_at)):
        flash(_("Removed."), "ok")
        return redirect(back, 303)
    shown = _entry(event, kind, number)
    return _page(event, kind, shown, _form(event, kind, shown, formdata=None), removal), removal.http_status


@blueprint.route("/vouchers/code", methods=["GET", "POST"])
@requires(ShowcasePermission.SEE_SHOWCASE)
def find_voucher(event: Event) -> tuple[str, int] | Redirect:
    """Lead from the typed code of a visitor's voucher to its page; whether it may be used is asked there."""
    form, who = CodeForm(), current_actor().ref
    if form.validate_on_submit():
        refuse_spent(WRONG_CODES, who)
        taken = queries.find_taken_by_typed_code(read_typed(str(form.code.data)))
        if taken is not None and taken.event_id == event.id:
            return redirect(url_for("redeem.show", token=seal(keyring(), Purpose.REDEEM, taken.key)), 303)
        note(WRONG_CODES, who)
        form.code.errors = [_("There is no voucher with this code. Please check its letters and digits.")]
        form.http_status = 404
    return render_template("showcase/admin/code.html", form=form), form.http_status


def _new(event: Event, kind: str, parent: Booth | Delegation, back: str) -> tuple[str, int] | Redirect:
    own, form = KINDS[kind], _form(event, kind)
    create = own.create
    assert create is not None
    if form.saves(lambda: create(current_actor(), event, parent, form.facts)):
        flash(_("Added."), "ok")
        return redirect(back, 303)
    page = render_template(
        "showcase/admin/new.html", form=form, kind=kind, heading=_(own.new), parent=parent, back=back
    )
    return page, form.http_status


def _upload(event: Event, subject: Booth | Delegation | Inheritor, back: str) -> tuple[str, int] | Redirect:
    """Add a photo; it is read before anything is written, so that a slow picture holds nobody up."""
    form = UploadForm()

    def act() -> None:
        upload = read_upload(form.photo.data, kind=FileKind.PHOTO)
        photos.add_photo(current_actor(), event, subject, upload, form.facts)

    if form.saves(act):
        flash(_("The photo is shown from now on."), "ok")
        return redirect(back, 303)
    page = render_template("showcase/admin/upload.html", form=form, subject=subject, back=back)
    return page, form.http_status


def _form(event: Event, kind: str, before: Any = None, **more: Any) -> Any:
    if kind == "vouchers":
        more["organizations"] = list_organizations(event)
    return KINDS[kind].form(
        before=before.facts if before else None, version=before.version if before else None, **more
    )


def _page(event: Event, kind: str, shown: Any, form: Any, removal: EditForm | None = None) -> str:
    own = KINDS[kind]
    thing = f"{own.model.__tablename__}:{shown.id}"
    return render_template(
        "showcase/admin/entry.html",
        entry=shown,
        kind=kind,
        heading=pick(shown, own.name),
        form=form,
        removal=removal,
        back=_home_of(event, shown),
        may_edit=may(ShowcasePermission.EDIT_SHOWCASE, entry_thing(shown)),
        history=tell(history_of(event.id, thing, without="take"), labels=labels_of(own.form)),
    )


def _entry(event: Event, kind: str, number: int) -> Any:
    return queries.get_entry(KINDS[kind].model, event, number)


def _home_of(event: Event, shown: Entry) -> str:
    """Return the address of the page of the booth or city that an entry belongs to."""
    city_of = shown.delegation if isinstance(shown, TravelRoute | CityVoucher | ShowcasePhoto) else None
    if city_of is not None:
        return url_for(".city", event=event.slug, ref=city_of.ref)
    if isinstance(shown, ShowcasePhoto) and shown.inheritor:
        return url_for(".booth", event=event.slug, code=shown.inheritor.booth.code)
    assert not isinstance(shown, TravelRoute | CityVoucher)
    assert shown.booth is not None
    return url_for(".booth", event=event.slug, code=shown.booth.code)


def _uses_some(event: Event) -> bool:
    """Tell whether the reader's role may take vouchers of any city or partner."""
    scopes = {grant.scope for grant in current_actor().grants if grant.event_id == event.id}
    return any(
        may(ShowcasePermission.USE_VOUCHER, Thing(event_id=event.id, scopes=frozenset({scope})))
        for scope in scopes
    )
