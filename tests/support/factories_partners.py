"""Partners for tests: an organization with a token, its machine, and webhooks."""

from datetime import datetime
from typing import Any

from flask import current_app

from eventsite.accounts.core import system
from eventsite.events.models import Event, Organization
from eventsite.partners.core.addresses import Bounds
from eventsite.partners.core.tokens import TokenFacts
from eventsite.partners.core.webhooks import WebhookFacts
from eventsite.partners.enums import HookEvent, Scope
from eventsite.partners.operations import Added, Issued, add_webhook, issue_token
from eventsite.sealing.core import Sealer
from eventsite.sealing.operations import load_sealer
from tests.support.factories import NOW, make_organization

SITE = system("test")
OPEN = "93.184.215.14"  # an address of the open Internet; nothing is sent to it
ALL = tuple(Scope)


def the_sealer() -> Sealer:
    """Return the site's own."""
    return load_sealer(current_app.config["KEYS_DIR"])


def make_token(
    event: Event,
    organization: Organization | None = None,
    *,
    name: str = "网站",
    scopes: tuple[Scope, ...] = ALL,
    expires_at: datetime | None = None,
    now: datetime = NOW,
) -> Issued:
    """Issue a token that opens everything, for an organization of its own unless one is given."""
    return issue_token(
        SITE,
        event,
        organization or make_organization(event),
        TokenFacts(name=name, scopes=scopes, expires_at=expires_at),
        keyring=current_app.extensions["keyring"],
        sealer=the_sealer(),
        now=now,
    )


def make_webhook(
    event: Event,
    organization: Organization | None = None,
    *,
    url: str = "https://partner.example/hook",
    kinds: tuple[HookEvent, ...] = (HookEvent.RELEASED, HookEvent.SWITCHED),
    **given: Any,
) -> Added:
    """Add a webhook whose name leads to an open address."""
    return add_webhook(
        SITE,
        event,
        organization or make_organization(event),
        WebhookFacts(url=url, kinds=kinds),
        bounds=given.pop("bounds", Bounds(insecure=True)),
        sealer=the_sealer(),
        now=NOW,
        resolve=given.pop("resolve", lambda _host, _port: [OPEN]),
    )
