"""Closed words of accounts."""

from enum import Enum


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
