"""Who may do what with the stamp rally."""

from eventsite.accounts.core import Permission, Rules, Thing, holds, within
from eventsite.accounts.enums import Role
from eventsite.checkin.models import Checkpoint
from eventsite.kernel.words import N_


class CheckinPermission(Permission):
    """What members of the team may do with checkpoints and stamps."""

    SEE_CHECKPOINTS = N_("see checkpoints and how many stamps they gave")
    SHOW_CODES = N_("show a checkpoint's sign and the digits of the minute")
    EDIT_CHECKPOINTS = N_("edit checkpoints and renew their codes")
    STAMP_VISITORS = N_("stamp visitors' passes")
    OWN_CARD = N_("mark the stamp card of one's own phone as the team's")
    SEE_STAFF_CARDS = N_("see which stamp cards are the team's")
    MARK_STAFF_CARDS = N_("mark stamp cards as the team's")
    UNMARK_STAFF_CARDS = N_("take back that a stamp card is the team's")


RULES: Rules = {
    CheckinPermission.SEE_CHECKPOINTS: (holds(Role.ORGANIZER), holds(Role.AUDITOR), holds(Role.ZONE_LEAD)),
    CheckinPermission.SHOW_CODES: (holds(Role.ORGANIZER), within(Role.ZONE_LEAD)),
    CheckinPermission.EDIT_CHECKPOINTS: (holds(Role.ORGANIZER), within(Role.ZONE_LEAD)),
    CheckinPermission.STAMP_VISITORS: (holds(Role.ORGANIZER), holds(Role.DESK), within(Role.ZONE_LEAD)),
    CheckinPermission.OWN_CARD: tuple(holds(role) for role in Role),
    CheckinPermission.SEE_STAFF_CARDS: (holds(Role.ORGANIZER), holds(Role.DESK), holds(Role.AUDITOR)),
    CheckinPermission.MARK_STAFF_CARDS: (holds(Role.ORGANIZER), holds(Role.DESK)),
    CheckinPermission.UNMARK_STAFF_CARDS: (holds(Role.ORGANIZER),),
}


def checkpoint_thing(checkpoint: Checkpoint) -> Thing:
    """Return a checkpoint as a thing that rights are asked about: it lies in its zone."""
    return Thing(event_id=checkpoint.event_id, scopes=frozenset({f"zone:{checkpoint.zone.code}"}))
