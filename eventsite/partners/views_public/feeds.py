"""Feeds and bundles of a partner, by an address that holds its token."""

from typing import NoReturn

from flask import Response, current_app, request

from eventsite.events.models import Event
from eventsite.exports.asked import asked_language, asked_number, asked_writer
from eventsite.exports.core.choice import Choice, is_known, narrow
from eventsite.exports.formats import FORMATS
from eventsite.exports.links import links_of
from eventsite.exports.queries import take_snapshot
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.partners.core.tokens import Holder
from eventsite.partners.enums import BUNDLE, Scope
from eventsite.partners.operations import build_bundle, bundle_seal
from eventsite.partners.queries import last_bundle
from eventsite.partners.views_public.doors import (
    ANSWERS,
    BUNDLES,
    KEPT_BY_THEM,
    WINDOW,
    Asked,
    counted,
    expect,
    feeds_blueprint,
    holder_of,
    refuse_closed,
)
from eventsite.programme.queries import Shown, find_shown, get_release
from eventsite.web.access import public
from eventsite.web.downloads import content_disposition
from eventsite.web.errors import answer
from eventsite.web.kept import Body, Place, keep, name_bytes
from eventsite.web.language import say
from eventsite.web.limits import Throttled
from eventsite.web.links import base_url

NO_SUCH_FEED = N_("This address opens nothing. It may have been revoked: ask the organizers for a new one.")
EDITION = 1  # rises when a bundle's bytes change for the same release


@feeds_blueprint.errorhandler(Throttled)
def throttled(error: Throttled) -> Response:
    """Say when to come back."""
    response = answer(error.status, say(error))
    response.headers["Retry-After"] = WINDOW
    return response


def _enter(token: str, slug: str, scope: Scope) -> Holder:
    """Return who holds the token for this event; `NotFound` alike for all that is none."""
    holder = holder_of(token)
    if holder is None or holder.slug != slug:
        _refuse()
    refuse_closed(holder, scope)
    return holder


def _refuse() -> NoReturn:
    raise NotFound(NO_SUCH_FEED)


def _choice() -> Choice:
    """Return the part of the programme that the address asks for."""
    asked = request.args
    return Choice(day=asked.get("day", ""), stage=asked.get("stage", ""), city=asked.get("city", ""))


def _shown(slug: str, number: int | None) -> Shown:
    shown = find_shown(slug, number)
    if shown is None:
        raise NotFound(N_("There is no version %(number)s of this programme."), number=number or 0)
    if shown.number is None:
        raise NotFound(N_("This programme has not been released yet."))
    return shown


def _feed_place(token: str, event: str, extension: str) -> Place:
    holder = _enter(token, event, Scope.FEED)
    if extension not in FORMATS:
        raise NotFound(N_("There is no such format of the programme."))
    number = asked_number()
    shown, language = _shown(event, number), asked_language()
    expect(
        Asked(
            holder=holder,
            what=f"programme.{extension}",
            number=shown.number or 0,
            live_revision=shown.live_revision,
            limit=ANSWERS,
        )
    )
    live = shown.live_revision if number is None else "alone"
    edition, part = FORMATS[extension].edition, (_choice(), request.args.get("by", ""))
    name = name_bytes(extension, edition, shown.sha256, shown.number, live, language, part)
    return Place(key=("feed", event, name), etag=name, cache_control=KEPT_BY_THEM)


@feeds_blueprint.get("/feeds/<token>/<slug:event>/programme.<extension>")
@counted
@keep(_feed_place)
@public
def programme(token: str, event: Event, extension: str) -> Body:
    """Serve what the public address of the format serves, and count who took it."""
    number, form, choice = asked_number(), FORMATS[extension], _choice()
    view = get_release(event, number)
    whole = take_snapshot(view, links_of(event.slug), alone=number is not None)
    if not is_known(whole, choice):
        raise NotFound(N_("The programme has no such day, stage or city."))
    snapshot = narrow(whole, choice, links_of(event.slug, choice))
    name = f"{event.slug}-programme-v{view.number}.{extension}"
    return Body(
        data=asked_writer(form)(snapshot, asked_language()),
        mimetype=form.mimetype,
        headers={"Content-Disposition": content_disposition(name, inline=form.inline)},
    )


def _bundle_place(token: str, event: str) -> Place:
    holder = _enter(token, event, Scope.BUNDLE)
    shown = _shown(event, asked_number())
    number = shown.number or 0
    expect(Asked(holder=holder, what=BUNDLE, number=number, live_revision=0, limit=BUNDLES))
    return bundle_place(event, shown, since_of(holder.event_id, holder.organization_id, number))


def since_of(event_id: int, organization_id: int, number: int) -> int | None:
    """Return the release that a bundle's changes count from: the asked one, else the last taken before."""
    asked = asked_number("since")
    return asked if asked is not None else last_bundle(event_id, organization_id, below=number)


def bundle_place(slug: str, shown: Shown, since: int | None) -> Place:
    """Return where a bundle is kept; its name holds all that decides its bytes."""
    editions = sorted((name, form.edition) for name, form in FORMATS.items())
    kid = bundle_seal(current_app.config["KEYS_DIR"], base_url()).kid
    name = name_bytes(BUNDLE, EDITION, editions, shown.sha256, shown.number, since, asked_language(), kid)
    return Place(key=(BUNDLE, slug, name), etag=name, cache_control=KEPT_BY_THEM)


@feeds_blueprint.get("/feeds/<token>/<slug:event>/bundle.zip")
@counted
@keep(_bundle_place)
@public
def bundle(token: str, event: Event) -> Body:
    """Serve every format of one release with its signed manifest."""
    holder = _enter(token, event.slug, Scope.BUNDLE)
    return make_bundle(event, holder.organization_id)


def make_bundle(event: Event, organization_id: int) -> Body:
    """Return the bundle that the address asks for, for an organization."""
    number = _shown(event.slug, asked_number()).number or 0
    data = build_bundle(
        event,
        number,
        since=since_of(event.id, organization_id, number),
        language=asked_language(),
        links=links_of(event.slug),
        seal=bundle_seal(current_app.config["KEYS_DIR"], base_url()),
    )
    disposition = content_disposition(f"{event.slug}-v{number}.zip")
    return Body(data=data, mimetype="application/zip", headers={"Content-Disposition": disposition})
