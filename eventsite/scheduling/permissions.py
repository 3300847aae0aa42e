"""Who may do what with proposals for the timetable."""

from eventsite.accounts.core import Permission, Rules, holds
from eventsite.accounts.enums import Role
from eventsite.kernel.words import N_


class SchedulingPermission(Permission):
    """What members of the team may do with proposals for the timetable."""

    SEE_TIMETABLES = N_("see proposals for the timetable")
    PROPOSE_TIMETABLE = N_("let the site propose a timetable, and take it into the draft")


RULES: Rules = {
    SchedulingPermission.SEE_TIMETABLES: (holds(Role.ORGANIZER), holds(Role.AUDITOR)),
    SchedulingPermission.PROPOSE_TIMETABLE: (holds(Role.ORGANIZER),),
}
