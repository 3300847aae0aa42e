"""Who may do what with troupes and their notices."""

from eventsite.accounts.core import Permission, Rules, Thing, holds, within
from eventsite.accounts.enums import Role
from eventsite.kernel.words import N_
from eventsite.programme.models import Troupe


class TroupePermission(Permission):
    """What members of the team may do with troupes. A delegation's lead looks after its own."""

    SEE_TROUPES = N_("see the troupes")
    SEE_TROUPE = N_("see this troupe")
    EDIT_TROUPE = N_("issue this troupe's link and set its e-mail")
    ANSWER_TROUPE = N_("answer what troupes report")
    SEE_NOTICES = N_("read what troupes are told")
    SEND_NOTICES = N_("send notices to troupes")


RULES: Rules = {
    TroupePermission.SEE_TROUPES: (
        holds(Role.ORGANIZER),
        holds(Role.STAGE_MANAGER),
        holds(Role.DELEGATION_LEAD),
        holds(Role.AUDITOR),
    ),
    TroupePermission.SEE_TROUPE: (
        holds(Role.ORGANIZER),
        holds(Role.STAGE_MANAGER),
        within(Role.DELEGATION_LEAD),
        holds(Role.AUDITOR),
    ),
    TroupePermission.EDIT_TROUPE: (holds(Role.ORGANIZER), within(Role.DELEGATION_LEAD)),
    TroupePermission.ANSWER_TROUPE: (holds(Role.ORGANIZER), holds(Role.STAGE_MANAGER)),
    TroupePermission.SEE_NOTICES: (holds(Role.ORGANIZER), holds(Role.STAGE_MANAGER), holds(Role.AUDITOR)),
    TroupePermission.SEND_NOTICES: (holds(Role.ORGANIZER),),
}


def troupe_thing(troupe: Troupe) -> Thing:
    """Return a troupe as a thing: it lies in its delegation."""
    delegation = troupe.delegation
    scopes = {f"delegation:{delegation.ref}"} if delegation else set()
    return Thing(event_id=troupe.event_id, scopes=frozenset(scopes))
