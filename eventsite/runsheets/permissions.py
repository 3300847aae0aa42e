"""Who may take which paper."""

from eventsite.accounts.core import Permission, Rules, holds, within
from eventsite.accounts.enums import Role
from eventsite.kernel.words import N_


class RunsheetPermission(Permission):
    """What members of the team may print."""

    SEE_PAPERS = N_("see the papers of the programme")
    SEE_STAGE_PAPERS = N_("print the papers of this stage")
    SEE_ALL_PAPERS = N_("print the papers of all stages")


RULES: Rules = {
    RunsheetPermission.SEE_PAPERS: (
        holds(Role.ORGANIZER),
        holds(Role.STAGE_MANAGER),
        holds(Role.AUDITOR),
    ),
    RunsheetPermission.SEE_STAGE_PAPERS: (
        holds(Role.ORGANIZER),
        within(Role.STAGE_MANAGER),
        holds(Role.AUDITOR),
    ),
    RunsheetPermission.SEE_ALL_PAPERS: (holds(Role.ORGANIZER), holds(Role.AUDITOR)),
}
