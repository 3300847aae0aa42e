"""A partner of the demo fair: its machine has a token, and took the first version's bundle."""

from datetime import datetime

from flask import current_app

from eventsite.accounts.core import Actor
from eventsite.events.models import Event, Organization
from eventsite.events.queries import list_organizations
from eventsite.exports.links import links_of
from eventsite.partners.core.tokens import TokenFacts
from eventsite.partners.enums import BUNDLE, Scope
from eventsite.partners.operations import Take, build_bundle, bundle_seal, issue_token, note_taking
from eventsite.partners.queries import list_tokens
from eventsite.programme.queries import list_releases
from eventsite.sealing.core import Sealer

ROLE = "partner"
NAME = "官网（演示）"
FIRST = 1  # the version that it took; later ones it has not


def give_token(actor: Actor, event: Event, *, sealer: Sealer, now: datetime) -> str:
    """Issue the partner's first token and count the first bundle; return the token, empty where one is."""
    partner = next((one for one in list_organizations(event) if ROLE in one.roles), None)
    if partner is None or list_tokens(event) or not list_releases(event, limit=1):
        return ""
    issued = issue_token(
        actor,
        event,
        partner,
        TokenFacts(name=NAME, scopes=tuple(Scope)),
        keyring=current_app.extensions["keyring"],
        sealer=sealer,
        now=now,
    )
    _take_bundle(event, partner, issued.row.id, now)
    return issued.token


def _take_bundle(event: Event, partner: Organization, token_id: int, now: datetime) -> None:
    settings = current_app.config
    seal = bundle_seal(settings["KEYS_DIR"], settings["BASE_URL"])
    with current_app.test_request_context():
        links = links_of(event.slug)
    data = build_bundle(event, FIRST, since=None, language="zh", links=links, seal=seal)
    note_taking(
        Take(
            event_id=event.id,
            organization_id=partner.id,
            token_id=token_id,
            taker=f"token:{token_id}",
            what=BUNDLE,
            number=FIRST,
            live_revision=0,
            size=len(data),
            now=now,
        )
    )
