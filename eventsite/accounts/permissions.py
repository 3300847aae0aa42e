"""Who may do what with accounts."""

from eventsite.accounts.core import Actor, Permission, Rules, Thing, holds
from eventsite.accounts.enums import Role
from eventsite.kernel.words import N_


class AccountPermission(Permission):
    """What is done with people, on the site and in an event."""

    OWN_ACCOUNT = N_("see and change one's own account")
    SEE_PEOPLE = N_("see the accounts of the site")
    MANAGE_PEOPLE = N_("make accounts and give roles on the site")
    READ_OUTBOX = N_("read the mail that the site has written")
    RETRY_MAIL = N_("have a mail sent again")
    SEE_MEMBERS = N_("see who belongs to the event")
    MANAGE_MEMBERS = N_("add people to the event and take them out")


def signed_in(actor: Actor, _: Thing) -> bool:
    """Allow everybody who has signed in."""
    return not actor.is_anonymous


RULES: Rules = {
    AccountPermission.OWN_ACCOUNT: (signed_in,),
    AccountPermission.SEE_PEOPLE: (holds(Role.ADMINISTRATOR), holds(Role.AUDITOR)),
    AccountPermission.MANAGE_PEOPLE: (holds(Role.ADMINISTRATOR),),
    AccountPermission.READ_OUTBOX: (holds(Role.ADMINISTRATOR),),
    AccountPermission.RETRY_MAIL: (holds(Role.ADMINISTRATOR),),
    AccountPermission.SEE_MEMBERS: (holds(Role.ORGANIZER), holds(Role.AUDITOR)),
    AccountPermission.MANAGE_MEMBERS: (holds(Role.ORGANIZER),),
}
