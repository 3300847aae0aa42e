"""What a page of a partner lies in, and which organizations the reader may see."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from flask import session

from eventsite.events.models import Event, Organization
from eventsite.partners.permissions import PartnerPermission, partner_thing
from eventsite.partners.queries import get_delivery, get_organization, get_token, get_webhook
from eventsite.web.access import may

Row = TypeVar("Row")
SHOWN_ONCE = "shown_secret"


def organization_scopes(event: Event, ref: str, **_more: object) -> frozenset[str]:
    """Return what a page of an organization lies in."""
    return partner_thing(event, get_organization(event, ref)).scopes


def token_scopes(event: Event, token_id: int, **_more: object) -> frozenset[str]:
    """Return what a token lies in."""
    return partner_thing(event, get_token(event, token_id).organization).scopes


def webhook_scopes(event: Event, webhook_id: int, **_more: object) -> frozenset[str]:
    """Return what a webhook lies in."""
    return partner_thing(event, get_webhook(event, webhook_id).organization).scopes


def delivery_scopes(event: Event, delivery_id: int, **_more: object) -> frozenset[str]:
    """Return what a delivery lies in."""
    return partner_thing(event, get_delivery(event, delivery_id).webhook.organization).scopes


def seen(event: Event, rows: Iterable[Row], owner: Callable[[Row], Organization]) -> list[Row]:
    """Return the rows of organizations that the reader may see."""
    known: dict[int, bool] = {}
    found = []
    for row in rows:
        organization = owner(row)
        if organization.id not in known:
            thing = partner_thing(event, organization)
            known[organization.id] = may(PartnerPermission.SEE_PARTNER, thing)
        if known[organization.id]:
            found.append(row)
    return found


def show_once(place: str, secret: str) -> None:
    """Keep a secret for the next page of that place, which shows it once."""
    session[SHOWN_ONCE] = [place, secret]


def taken_once(place: str) -> str:
    """Return the secret that waits to be shown there, empty where none does; it is gone afterwards."""
    waiting = session.get(SHOWN_ONCE)
    if not waiting or waiting[0] != place:
        return ""
    return str(session.pop(SHOWN_ONCE)[1])
