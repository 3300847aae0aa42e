"""Who may do what with draws and with the prizes that were won."""

from eventsite.accounts.core import Permission, Rules, holds, within
from eventsite.accounts.enums import Role
from eventsite.kernel.words import N_


class DrawsPermission(Permission):
    """What members of the team, and witnesses, may do with draws."""

    SEE_DRAWS = N_("see draws and how they stand")
    EDIT_RULES = N_("write and publish the rules of a draw")
    RUN_DRAWS = N_("freeze, run, redraw, publish and void a draw")
    WITNESS_DRAWS = N_("give and reveal a witness's number")
    HAND_OVER = N_("hand over prizes")


RULES: Rules = {
    DrawsPermission.SEE_DRAWS: (
        holds(Role.ORGANIZER),
        holds(Role.DESK),
        holds(Role.PARTNER),
        holds(Role.AUDITOR),
    ),
    DrawsPermission.EDIT_RULES: (holds(Role.ORGANIZER),),
    DrawsPermission.RUN_DRAWS: (holds(Role.ORGANIZER),),
    DrawsPermission.WITNESS_DRAWS: (holds(Role.ORGANIZER), within(Role.PARTNER)),
    DrawsPermission.HAND_OVER: (holds(Role.ORGANIZER), holds(Role.DESK)),
}
