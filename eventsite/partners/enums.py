"""What a token opens, what a webhook is told, and how a delivery stands."""

from collections.abc import Mapping
from enum import Enum

from eventsite.kernel.words import N_


class Scope(Enum):
    """What a token opens; the values stand in the database and in the documentation."""

    FEED = "feed"
    BUNDLE = "bundle"
    FACTS = "api:facts"
    PROGRAMME = "api:programme"
    CHANGES = "api:changes"
    AGREEMENTS = "api:agreements-public"


SCOPE_WORDS: Mapping[str, str] = {
    Scope.FEED.value: N_("Programme files (feeds)"),
    Scope.BUNDLE.value: N_("Signed bundle"),
    Scope.FACTS.value: N_("API: event, stages, delegations"),
    Scope.PROGRAMME.value: N_("API: programme, now and next"),
    Scope.CHANGES.value: N_("API: changes between versions"),
    Scope.AGREEMENTS.value: N_("API: public records of agreements"),
}


class TokenState(Enum):
    """How a token stands."""

    ACTIVE = "active"
    EXPIRED = "expired"
    REVOKED = "revoked"


TOKEN_WORDS: Mapping[str, str] = {
    TokenState.ACTIVE.value: N_("In use"),
    TokenState.EXPIRED.value: N_("Expired"),
    TokenState.REVOKED.value: N_("Revoked"),
}


class HookEvent(Enum):
    """What a webhook is told."""

    RELEASED = "programme.released"
    SWITCHED = "programme.switched"
    LIVE = "programme.live"
    TEST = "test"


HOOK_WORDS: Mapping[str, str] = {
    HookEvent.RELEASED.value: N_("A version is released"),
    HookEvent.SWITCHED.value: N_("Another plan is in force"),
    HookEvent.LIVE.value: N_("Expected times have moved (live clock)"),
    HookEvent.TEST.value: N_("Test"),
}
CHOSEN_EVENTS = (HookEvent.RELEASED, HookEvent.SWITCHED, HookEvent.LIVE)
"""What an address may be told; a test it is sent on request alone."""


class DeliveryState(Enum):
    """How a delivery stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


DELIVERY_WORDS: Mapping[str, str] = {
    DeliveryState.WAITING.value: N_("Waiting"),
    DeliveryState.DELIVERED.value: N_("Delivered"),
    DeliveryState.FAILED.value: N_("Given up"),
}

BUNDLE = "bundle.zip"

ACTS: Mapping[str, Mapping[str, str]] = {
    "partner_token": {
        "issue": N_("issued the token"),
        "revoke": N_("revoked the token"),
    },
    "webhook": {
        "create": N_("added the webhook"),
        "edit": N_("changed the webhook"),
        "renew secret": N_("gave the webhook a new secret"),
        "disable": N_("switched the webhook off"),
        "enable": N_("switched the webhook on"),
        "test": N_("sent a test to the webhook"),
        "send again": N_("sent a delivery of the webhook again"),
    },
}
"""What the history says, by kind of thing and verb."""
