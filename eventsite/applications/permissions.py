"""Who may see and decide what of applications."""

from eventsite.accounts.core import Permission, Rules, Thing, holds, within
from eventsite.accounts.enums import Role
from eventsite.applications.enums import Matter
from eventsite.kernel.words import N_


class ApplicationPermission(Permission):
    """What members of an event's team may do with calls and applications."""

    SEE_APPLICATIONS = N_("see applications")
    SEE_WHOLE = N_("see all of an application")
    SEE_CONTACTS = N_("see an applicant's contacts")
    JUDGE_MATTER = N_("decide a matter of applications")
    DECIDE = N_("decide applications and give booths")
    RUN_CALLS = N_("write calls for exhibitors")


RULES: Rules = {
    ApplicationPermission.SEE_APPLICATIONS: (
        holds(Role.ORGANIZER),
        holds(Role.REVIEWER),
        holds(Role.AUDITOR),
    ),
    ApplicationPermission.SEE_WHOLE: (holds(Role.ORGANIZER), within(Role.REVIEWER), holds(Role.AUDITOR)),
    ApplicationPermission.SEE_CONTACTS: (holds(Role.ORGANIZER),),
    ApplicationPermission.JUDGE_MATTER: (holds(Role.ORGANIZER), within(Role.REVIEWER)),
    ApplicationPermission.DECIDE: (holds(Role.ORGANIZER),),
    ApplicationPermission.RUN_CALLS: (holds(Role.ORGANIZER),),
}


def matter_thing(event_id: int, matter: Matter) -> Thing:
    """Return a matter as a thing that rights are asked about."""
    return Thing(event_id=event_id, scopes=frozenset({f"matter:{matter.value}"}))
