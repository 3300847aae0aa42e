"""Words of the market: open ones, whose known members have plain words, and closed ones."""

from collections.abc import Mapping
from enum import Enum

from eventsite.kernel.words import N_

CATEGORIES: Mapping[str, str] = {
    "food": N_("Food"),
    "heritage": N_("Heritage"),
    "folk": N_("Folk arts"),
    "city_show": N_("City float"),
    "wellness": N_("Wellness"),
    "interactive": N_("Interactive"),
    "experience": N_("Try-out"),
    "creative": N_("Creative goods"),
    "photo_spot": N_("Photo spot"),
    "service": N_("Service"),
}
KINDS: Mapping[str, str] = {"booth": N_("Booth"), "float": N_("Float")}
PLANNED, CANCELLED = "planned", "cancelled"
STATUSES: Mapping[str, str] = {
    PLANNED: N_("Planned"),
    "confirmed": N_("Confirmed"),
    CANCELLED: N_("Cancelled"),
}
FACILITY_ICONS: Mapping[str, str] = {
    "gate": "gate",
    "toilet": "toilet",
    "first_aid": "aid",
    "information": "info",
    "emergency_exit": "exit",
}


class LiveState(Enum):
    """How a booth does right now, as its zone's or its delegation's lead says."""

    CLOSED = "closed"
    OPEN = "open"
    BUSY = "busy"
    SOLD_OUT = "sold_out"


LIVE_WORDS: Mapping[LiveState, str] = {
    LiveState.CLOSED: N_("Not open"),
    LiveState.OPEN: N_("Open"),
    LiveState.BUSY: N_("Busy"),
    LiveState.SOLD_OUT: N_("Sold out"),
}


class ShapeKind(Enum):
    """What lies on the plan beside places that people use."""

    FIRE_LANE = "fire_lane"
    ROUTE = "route"
    LABEL = "label"
    WATER = "water"


SHAPE_WORDS: Mapping[ShapeKind, str] = {
    ShapeKind.FIRE_LANE: N_("Fire lane"),
    ShapeKind.ROUTE: N_("Float route"),
    ShapeKind.LABEL: N_("Words on the plan"),
    ShapeKind.WATER: N_("Water"),
}
ACTS: Mapping[str, Mapping[str, str]] = {
    "booth": {
        "create": N_("added the booth"),
        "edit": N_("changed the booth"),
        "remove": N_("removed the booth"),
        "name exhibitor": N_("wrote down who stands at the booth"),
        "say how it does": N_("said how the booth does"),
    },
    "event": {"import booths": N_("took booths from a spreadsheet")},
    "circuit": {
        "create": N_("added the circuit"),
        "edit": N_("changed the circuit"),
        "remove": N_("removed the circuit"),
    },
    "plan_background": {
        "create": N_("laid a picture under the plan"),
        "remove": N_("took the picture from under the plan"),
    },
    "plan_shape": {
        "create": N_("drew it on the plan"),
        "edit": N_("changed it on the plan"),
        "remove": N_("took it off the plan"),
    },
}
"""What the history says, by kind of thing and verb."""
