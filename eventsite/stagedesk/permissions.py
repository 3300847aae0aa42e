"""Who may do what on the day."""

from eventsite.accounts.core import Permission, Rules, holds, within
from eventsite.accounts.enums import Role
from eventsite.kernel.words import N_


class StagedeskPermission(Permission):
    """What members of the team may do with the stages on the day."""

    SEE_DESKS = N_("see the stage desks")
    RUN_STAGE = N_("run this stage")
    SWITCH_PLAN = N_("put another plan in force")


RULES: Rules = {
    StagedeskPermission.SEE_DESKS: (holds(Role.ORGANIZER), holds(Role.STAGE_MANAGER), holds(Role.AUDITOR)),
    StagedeskPermission.RUN_STAGE: (holds(Role.ORGANIZER), within(Role.STAGE_MANAGER)),
    StagedeskPermission.SWITCH_PLAN: (holds(Role.ORGANIZER),),
}
