"""Who may do what with workshops."""

from eventsite.accounts.core import Permission, Rules, holds
from eventsite.accounts.enums import Role
from eventsite.kernel.words import N_


class WorkshopPermission(Permission):
    """What members of an event's team may do with workshops."""

    SEE_WORKSHOPS = N_("see workshops and what they need")


RULES: Rules = {
    WorkshopPermission.SEE_WORKSHOPS: tuple(
        holds(role)
        for role in (Role.ORGANIZER, Role.ZONE_LEAD, Role.DESK, Role.DELEGATION_LEAD, Role.AUDITOR)
    ),
}
