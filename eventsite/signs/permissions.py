"""Who may print signs and codes."""

from eventsite.accounts.core import Permission, Rules, holds
from eventsite.accounts.enums import Role
from eventsite.kernel.words import N_


class SignsPermission(Permission):
    """What members of an event's team may do with signs. A checkpoint's code is for who may show it there."""

    SEE_SIGNS = N_("print signs, boards and codes")


RULES: Rules = {SignsPermission.SEE_SIGNS: (holds(Role.ORGANIZER), holds(Role.ZONE_LEAD))}
