"""Who has taken what: the list of partners, a partner's page, its bundle, and the list of takings."""

from typing import Any

from flask import Response, render_template

from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.partners import sheets
from eventsite.partners.enums import BUNDLE
from eventsite.partners.operations import Take, note_taking
from eventsite.partners.permissions import PartnerPermission, is_liaison, partner_thing
from eventsite.partners.queries import (
    get_organization,
    last_used,
    list_deliveries,
    list_partner_rows,
    list_takings,
    list_tokens,
    list_webhooks,
)
from eventsite.partners.views_admin import blueprint
from eventsite.partners.views_admin.scopes import organization_scopes, seen, taken_once
from eventsite.partners.views_public.feeds import make_bundle
from eventsite.programme.queries import find_live_state, get_release
from eventsite.web.access import current_actor, may, requires
from eventsite.web.downloads import download
from eventsite.web.links import absolute
from eventsite.web.lists import list_page, render_list, searched

SAMPLE = "TOKEN"  # stands in addresses where the partner's own goes
LATEST = 8  # rows of takings and deliveries on a partner's page


@list_page(blueprint, "/", file="partners")
@requires(PartnerPermission.SEE_PARTNERS)
def partners(event: Event) -> Any:
    """List the organizations: their tokens, what they took last, which version they are on."""
    rows = seen(event, list_partner_rows(event, clock.now()), lambda row: row.organization)
    return render_list("partners/admin/partners.html", searched(rows), table=sheets.PARTNERS)


@list_page(blueprint, "/takings")
@requires(PartnerPermission.SEE_PARTNERS)
def takings(event: Event) -> Any:
    """List what was taken, newest first."""
    rows = seen(event, list_takings(event), lambda row: row.organization)
    return render_list("partners/admin/takings.html", searched(rows), table=sheets.TAKINGS)


@blueprint.get("/organizations/<ref>")
@requires(PartnerPermission.SEE_PARTNER, scopes=organization_scopes)
def partner(event: Event, ref: str) -> str:
    """Show a partner: tokens, what it took, webhooks, and how its feeds are addressed."""
    organization = get_organization(event, ref)
    rows = {row.organization.id: row for row in list_partner_rows(event, clock.now())}
    thing = partner_thing(event, organization)
    return render_template(
        "partners/admin/partner.html",
        organization=organization,
        standing=rows[organization.id],
        tokens=list_tokens(event, organization),
        takings=list_takings(event, organization, limit=LATEST),
        webhooks=list_webhooks(event, organization),
        deliveries=list_deliveries(event, organization=organization, limit=LATEST),
        now=clock.now(),
        used=last_used(event),
        live=find_live_state(event),
        secret=taken_once(f"tokens:{organization.ref}"),
        feed=absolute("feeds.programme", token=SAMPLE, event=event.slug, extension="ics"),
        bundle=absolute("feeds.bundle", token=SAMPLE, event=event.slug),
        manages=may(PartnerPermission.MANAGE_TOKENS, thing),
        takes=may(PartnerPermission.TAKE_BUNDLE, thing),
    )


@blueprint.get("/organizations/<ref>/bundle.zip")
@requires(PartnerPermission.TAKE_BUNDLE, scopes=organization_scopes)
def take_bundle(event: Event, ref: str) -> Response:
    """Hand the bundle to somebody who has signed in; only a liaison takes it for the partner."""
    organization = get_organization(event, ref)
    number = get_release(event).number
    body = make_bundle(event, organization.id)
    if is_liaison(current_actor(), event, organization):
        note_taking(
            Take(
                event_id=event.id,
                organization_id=organization.id,
                token_id=None,
                taker=current_actor().ref,
                what=BUNDLE,
                number=number,
                live_revision=0,
                size=len(body.data),
                now=clock.now(),
            )
        )
    return download(body.data, name=f"{event.slug}-v{number}.zip", mimetype=body.mimetype)
