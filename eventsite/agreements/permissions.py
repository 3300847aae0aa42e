"""Who may do what with agreements and deals."""

from eventsite.accounts.core import Permission, Rules, holds
from eventsite.accounts.enums import Role
from eventsite.kernel.words import N_


class AgreementPermission(Permission):
    """What members of an event's team may do with agreements."""

    SEE_AGREEMENTS = N_("see agreements and what follows from them")
    SEE_DEALS = N_("see deals and their amounts")


RULES: Rules = {
    AgreementPermission.SEE_AGREEMENTS: (
        holds(Role.ORGANIZER),
        holds(Role.PARTNER),
        holds(Role.AUDITOR),
    ),
    AgreementPermission.SEE_DEALS: (holds(Role.ORGANIZER), holds(Role.AUDITOR)),
}
