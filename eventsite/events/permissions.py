"""Who may do what with an event as a whole."""

from eventsite.accounts.core import Permission, Rules, holds
from eventsite.accounts.enums import Role
from eventsite.kernel.words import N_


class EventPermission(Permission):
    """What members of an event's team may do with the event."""

    OPEN_DESK = N_("open the event's admin pages")
    SEE_HISTORY = N_("see who changed what")
    SEE_PLACES = N_("see zones, stages, facilities, delegations and organizations")
    EDIT_ZONES = N_("add, edit and remove zones")
    EDIT_PLACES = N_("add, edit and remove stages and facilities")
    PUBLISH_EVENT = N_("publish and archive the event")


RULES: Rules = {
    EventPermission.OPEN_DESK: tuple(holds(role) for role in Role if role is not Role.ADMINISTRATOR),
    EventPermission.SEE_HISTORY: (holds(Role.ORGANIZER), holds(Role.AUDITOR)),
    EventPermission.SEE_PLACES: tuple(holds(role) for role in Role if role is not Role.ADMINISTRATOR),
    EventPermission.EDIT_ZONES: (holds(Role.ORGANIZER),),
    EventPermission.EDIT_PLACES: (holds(Role.ORGANIZER),),
    EventPermission.PUBLISH_EVENT: (holds(Role.ORGANIZER),),
}
