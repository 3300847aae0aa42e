"""Who may do what with giveaways."""

from eventsite.accounts.core import Permission, Rules, holds
from eventsite.accounts.enums import Role
from eventsite.kernel.words import N_


class GiveawayPermission(Permission):
    """What members of an event's team may do with giveaways."""

    SEE_GIVEAWAYS = N_("see stocks and timed releases")


RULES: Rules = {
    GiveawayPermission.SEE_GIVEAWAYS: tuple(
        holds(role)
        for role in (Role.ORGANIZER, Role.ZONE_LEAD, Role.DESK, Role.DELEGATION_LEAD, Role.AUDITOR)
    ),
}
