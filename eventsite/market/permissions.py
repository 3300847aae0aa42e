"""Who may do what in the market."""

from eventsite.accounts.core import Permission, Rules, Thing, holds, within
from eventsite.accounts.enums import Role
from eventsite.events.models import Zone
from eventsite.kernel.words import N_
from eventsite.market.models import Booth


class MarketPermission(Permission):
    """What members of an event's team may do with booths and what stands around them."""

    SEE_BOOTHS = N_("see booths and floats")
    SEE_PAPERS = N_("see applications, permits and milestones")
    ADD_BOOTH = N_("add booths")
    PLACE_BOOTH = N_("say where a booth stands, who holds it, and remove it")
    EDIT_BOOTH = N_("edit a booth")
    IMPORT_BOOTHS = N_("add and change booths from a spreadsheet")
    SAVE_PLAN = N_("change the floor plan")
    EDIT_PLAN = N_("place zones, stages and facilities and draw on the floor plan")
    ADD_CIRCUIT = N_("add circuits")
    EDIT_CIRCUIT = N_("edit a circuit and say which booths hang on it")
    SAY_LIVE = N_("say how a booth does right now")


RULES: Rules = {
    MarketPermission.SEE_BOOTHS: tuple(
        holds(role)
        for role in (
            Role.ORGANIZER,
            Role.REVIEWER,
            Role.ZONE_LEAD,
            Role.STAGE_MANAGER,
            Role.DESK,
            Role.DELEGATION_LEAD,
            Role.AUDITOR,
        )
    ),
    MarketPermission.SEE_PAPERS: (
        holds(Role.ORGANIZER),
        holds(Role.REVIEWER),
        holds(Role.ZONE_LEAD),
        holds(Role.AUDITOR),
    ),
    MarketPermission.ADD_BOOTH: (holds(Role.ORGANIZER), holds(Role.ZONE_LEAD)),
    MarketPermission.PLACE_BOOTH: (holds(Role.ORGANIZER), within(Role.ZONE_LEAD)),
    MarketPermission.EDIT_BOOTH: (
        holds(Role.ORGANIZER),
        within(Role.ZONE_LEAD),
        within(Role.DELEGATION_LEAD),
    ),
    MarketPermission.IMPORT_BOOTHS: (holds(Role.ORGANIZER),),
    MarketPermission.SAVE_PLAN: (holds(Role.ORGANIZER), holds(Role.ZONE_LEAD)),
    MarketPermission.EDIT_PLAN: (holds(Role.ORGANIZER),),
    MarketPermission.ADD_CIRCUIT: (holds(Role.ORGANIZER), holds(Role.ZONE_LEAD)),
    MarketPermission.EDIT_CIRCUIT: (holds(Role.ORGANIZER), within(Role.ZONE_LEAD)),
    MarketPermission.SAY_LIVE: (
        holds(Role.ORGANIZER),
        within(Role.ZONE_LEAD),
        within(Role.DELEGATION_LEAD),
    ),
}


def zone_thing(zone: Zone) -> Thing:
    """Return a zone as a thing that rights are asked about."""
    return Thing(event_id=zone.event_id, scopes=frozenset({f"zone:{zone.code}"}))


def booth_thing(booth: Booth) -> Thing:
    """Return a booth as a thing: it lies in its zone and, where it has a holder, in that delegation."""
    holder = {f"delegation:{booth.delegation.ref}"} if booth.delegation else set()
    return Thing(event_id=booth.event_id, scopes=frozenset({f"zone:{booth.zone.code}", *holder}))
