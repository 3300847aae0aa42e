"""Closed words of accounts."""

from collections.abc import Mapping
from enum import Enum

from eventsite.kernel.words import N_


class Role(Enum):
    """What somebody is at a fair; each value is stored in memberships."""

    ADMINISTRATOR = "administrator"
    ORGANIZER = "organizer"
    REVIEWER = "reviewer"
    ZONE_LEAD = "zone_lead"
    STAGE_MANAGER = "stage_manager"
    DESK = "desk"
    DELEGATION_LEAD = "delegation_lead"
    PARTNER = "partner"
    AUDITOR = "auditor"


SCOPE_KINDS: dict[Role, str] = {
    Role.REVIEWER: "matter",
    Role.ZONE_LEAD: "zone",
    Role.STAGE_MANAGER: "stage",
    Role.DELEGATION_LEAD: "delegation",
    Role.PARTNER: "organization",
}
"""The kind of scope that a role is narrowed by; the other roles have none."""

ROLE_WORDS: dict[Role, str] = {
    Role.ADMINISTRATOR: N_("Site administrator"),
    Role.ORGANIZER: N_("Event organizer"),
    Role.REVIEWER: N_("Reviewer"),
    Role.ZONE_LEAD: N_("Zone lead"),
    Role.STAGE_MANAGER: N_("Stage manager"),
    Role.DESK: N_("Desk staff"),
    Role.DELEGATION_LEAD: N_("Delegation lead"),
    Role.PARTNER: N_("Partner's liaison"),
    Role.AUDITOR: N_("Auditor"),
}
"""The roles as people read them."""

SITE_ROLES = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
"""The roles that may be held on the site as a whole; an administrator holds no other kind."""

ACTS: Mapping[str, Mapping[str, str]] = {
    "account": {
        "create": N_("made the account"),
        "reset": N_("reset the account"),
        "mail link": N_("had a link mailed"),
        "set password": N_("set the password by link"),
        "change password": N_("changed the password"),
        "disable": N_("disabled the account"),
        "enable": N_("enabled the account"),
        "sign in": N_("signed in"),
        "fail to sign in": N_("tried to sign in and failed"),
        "sign out": N_("signed out"),
        "sign out everywhere": N_("ended all sessions"),
        "change second factor": N_("changed the second factor"),
        "make recovery codes": N_("made recovery codes"),
        "use recovery code": N_("used a recovery code"),
        "grant": N_("gave a role"),
        "revoke": N_("took a role away"),
    },
    "outbox_mail": {"retry": N_("had the mail sent again")},
}
"""What the history says, by kind of thing and verb."""
