"""Who may do what with draws and with the prizes that were won."""

from eventsite.accounts.core import Permission, Rules, holds, within
from eventsite.accounts.enums import Role


class DrawsPermission(Permission):
    """What members of the team, and witnesses, may do with draws."""

    SEE_DRAWS = "see draws and how they stand"
    EDIT_RULES = "write and publish the rules of a draw"
    RUN_DRAWS = "freeze, run, redraw, publish and void a draw"
    WITNESS_DRAWS = "give and reveal a witness's number"
    HAND_OVER = "hand over prizes"


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
