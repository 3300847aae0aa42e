"""Who may do what with the placement of exhibitors."""

from eventsite.accounts.core import Permission, Rules, holds
from eventsite.accounts.enums import Role
from eventsite.kernel.words import N_


class PlacementPermission(Permission):
    """What members of the team may do when booths are given out."""

    SEE_PLACEMENT = N_("see proposals and lots for booths")
    PLACE_EXHIBITORS = N_("give out booths: by hand, by proposal or by lot")


RULES: Rules = {
    PlacementPermission.SEE_PLACEMENT: (holds(Role.ORGANIZER), holds(Role.AUDITOR)),
    PlacementPermission.PLACE_EXHIBITORS: (holds(Role.ORGANIZER),),
}
