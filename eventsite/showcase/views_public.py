"""What visitors see of booths and cities beside their pages: photos, drawings, heritage holders, vouchers."""

from collections.abc import Sequence

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from limits import RateLimitItemPerMinute
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Actor
from eventsite.checkin.core import passes
from eventsite.checkin.queries import find_pass
from eventsite.events.models import Delegation, Event
from eventsite.events.queries import get_delegation
from eventsite.files.queries import open_file
from eventsite.kernel import clock
from eventsite.kernel.errors import DomainError, NotFound
from eventsite.kernel.tokens import Purpose, seal
from eventsite.kernel.words import N_
from eventsite.market.models import Booth
from eventsite.showcase import queries
from eventsite.showcase.core import motif_of, silhouette_of
from eventsite.showcase.models import CityVoucher, ShowcasePhoto, TakenVoucher
from eventsite.showcase.operations.vouchers import take_voucher, visit_city
from eventsite.showcase.queries import BoothShow
from eventsite.web.access import public, refuse_archived
from eventsite.web.downloads import kept_photo
from eventsite.web.language import say
from eventsite.web.limits import note, refuse_spent
from eventsite.web.passes import check_proof, keyring, proves_origin, read_pass

blueprint = Blueprint("showcase", __name__)
TRIES = RateLimitItemPerMinute(30, namespace="city-voucher")  # by pass
SHORT_HASH = 16


@blueprint.app_template_filter()
def silhouette(category: str) -> str:
    """Return the name of the drawing that stands for a booth of that category."""
    return silhouette_of(category)


@blueprint.app_template_global()
def booth_show(booth: Booth) -> BoothShow:
    """Return what a booth shows."""
    return queries.show_of_booth(booth)


@blueprint.app_template_global()
def city_motif(delegation: Delegation) -> str:
    """Return which drawing stands for a city without a photo."""
    return motif_of([*delegation.highlights_zh, *delegation.highlights_en])


@blueprint.app_template_global()
def photo_url(photo: ShowcasePhoto, slug: str, *, small: bool = False) -> str:
    """Return a photo's address, which holds its hash; `small` for the thumbnail."""
    sha256 = (photo.file.small_sha256 if small else None) or photo.file.sha256
    return url_for("showcase.photo", event=slug, number=photo.id, sha=sha256[:SHORT_HASH])


@blueprint.app_template_global()
def voucher_token(taken: TakenVoucher) -> str:
    """Return the token of a visitor's voucher."""
    return seal(keyring(), Purpose.REDEEM, taken.key)


@blueprint.get("/e/<slug:event>/photos/<int:number>-<sha>.jpg")
@public
def photo(event: Event, number: int, sha: str) -> Response:
    """Send a photo or its thumbnail, whichever has that hash."""
    shown = queries.get_entry(ShowcasePhoto, event, number)
    stored = shown.file
    small = bool(stored.small_sha256 and stored.small_sha256[:SHORT_HASH] == sha)
    if not small and stored.sha256[:SHORT_HASH] != sha:
        raise NotFound(N_("There is no such file."))
    data, hidden = open_file(stored, small=small), not event.is_public
    return kept_photo(data, name=stored.name, sha256=sha, private=hidden)


@blueprint.get("/e/<slug:event>/inheritors")
@public
def inheritors(event: Event) -> str:
    """List the heritage holders with their booths."""
    found = queries.list_inheritors(event)
    return render_template(
        "showcase/inheritors.html", inheritors=found, portraits=queries.portraits_of(found)
    )


@blueprint.get("/e/<slug:event>/vouchers")
@public
def vouchers(event: Event) -> Response:
    """List the visitor's city vouchers."""
    key = read_pass(event.slug)
    visitor = find_pass(event, key) if key else None
    page = render_template("showcase/vouchers.html", taken=queries.list_taken(visitor) if visitor else ())
    return make_response(page)


@blueprint.post("/e/<slug:event>/vouchers/<int:number>/take")
@proves_origin
@public
def take(event: Event, number: int) -> Response | Redirect:
    """Take a voucher with the pass of this phone; the second time it is the first one again."""
    refuse_archived(event)
    key = read_pass(event.slug)
    check_proof(key)
    holder = key or passes.new_key()
    try:
        refuse_spent(TRIES, holder.hex())
        receipt = take_voucher(_visitor(), event, number, holder, now=clock.now())
    except DomainError as error:
        note(TRIES, holder.hex())
        return _refused(event, number, error)
    token = voucher_token(receipt.taken)
    return redirect(url_for("redeem.show", token=token), 303)


@blueprint.post("/e/<slug:event>/cities/<ref>/visit")
@proves_origin
@public
def visit(event: Event, ref: str) -> Response:
    """Count a stamped pass that looks at a city; the page's script asks for it, a `GET` counts nobody."""
    key = read_pass(event.slug)
    check_proof(key)
    delegation = get_delegation(event, ref)
    if key is not None and not event.is_archived:
        visit_city(event, delegation.id, key, now=clock.now())
    return Response(status=204)


def taken_by(key: bytes | None, event: Event, offers: Sequence[CityVoucher]) -> dict[int, TakenVoucher]:
    """Return which of the offers the pass has taken, by the offer's id."""
    visitor = find_pass(event, key) if key else None
    if visitor is None:
        return {}
    ids = {offer.id for offer in offers}
    return {one.voucher_id: one for one in queries.list_taken(visitor) if one.voucher_id in ids}


def _refused(event: Event, number: int, error: DomainError) -> Response:
    """Say on a page of its own why there is no voucher, with the way back to the city."""
    offer = queries.get_entry(CityVoucher, event, number)
    page = render_template("showcase/refused.html", offer=offer, sentence=say(error))
    return make_response(page, error.status)


def _visitor() -> Actor:
    return Actor(ref="visitor", label="visitor", origin=request.remote_addr or "")
