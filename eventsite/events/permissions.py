"""Who may do what with an event as a whole."""

from eventsite.accounts.core import Permission, Rules, holds
from eventsite.accounts.enums import Role


class EventPermission(Permission):
    """What members of an event's team may do with the event."""

    OPEN_DESK = "open the event's admin pages"
    EDIT_EVENT = "edit the event and publish it"
    SEE_HISTORY = "see who changed what"
    SEE_PLACES = "see zones, stages, facilities, delegations and organizations"
    EDIT_ZONES = "add, edit and remove zones"


RULES: Rules = {
    EventPermission.OPEN_DESK: tuple(holds(role) for role in Role if role is not Role.ADMINISTRATOR),
    EventPermission.EDIT_EVENT: (holds(Role.ORGANIZER),),
    EventPermission.SEE_HISTORY: (holds(Role.ORGANIZER), holds(Role.AUDITOR)),
    EventPermission.SEE_PLACES: tuple(holds(role) for role in Role if role is not Role.ADMINISTRATOR),
    EventPermission.EDIT_ZONES: (holds(Role.ORGANIZER),),
}
