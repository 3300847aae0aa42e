"""Who may do what with notices, answers, tickets, posts and footfall."""

from eventsite.accounts.core import Permission, Rules, holds
from eventsite.accounts.enums import Role
from eventsite.kernel.words import N_


class HelpdeskPermission(Permission):
    """What members of an event's team may do at the help desk."""

    SEE_NOTICES = N_("see notices and answers")
    SEE_SERVICE = N_("see tickets, posts and footfall")


RULES: Rules = {
    HelpdeskPermission.SEE_NOTICES: tuple(
        holds(role)
        for role in (
            Role.ORGANIZER,
            Role.ZONE_LEAD,
            Role.STAGE_MANAGER,
            Role.DESK,
            Role.DELEGATION_LEAD,
            Role.AUDITOR,
        )
    ),
    HelpdeskPermission.SEE_SERVICE: tuple(
        holds(role) for role in (Role.ORGANIZER, Role.ZONE_LEAD, Role.DESK, Role.AUDITOR)
    ),
}
