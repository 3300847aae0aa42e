"""Words of the programme: what an item is, how it stands, and what a release changed."""

from enum import Enum

from eventsite.kernel.words import N_

CANCELLED = "cancelled"
SCHEDULED = "scheduled"
OFF = frozenset({CANCELLED, "withdrawn"})

# Kinds and states are open words: unknown ones are kept and shown as they are.
KINDS: dict[str, str] = {
    "warm_up": N_("Warm-up"),
    "opening": N_("Opening ceremony"),
    "presentation": N_("Presentation"),
    "performance": N_("Performance"),
    "heritage_demo": N_("Heritage showcase"),
    "signing": N_("Signing ceremony"),
    "raffle": N_("Prize draw"),
    "workshop": N_("Workshop"),
    "parade": N_("Parade"),
    "closing": N_("Closing ceremony"),
}
STATES: dict[str, str] = {
    SCHEDULED: N_("Scheduled"),
    CANCELLED: N_("Cancelled"),
    "withdrawn": N_("Withdrawn"),
}


class ChangeKind(Enum):
    """What a release did to an item, the gravest first."""

    CANCELLED = "cancelled"
    REMOVED = "removed"
    MOVED = "moved"
    RESTORED = "restored"
    ADDED = "added"
    EDITED = "edited"


class Daypart(Enum):
    """A part of a fair day, as visitors speak of it."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


# What the history says, by kind of thing and verb.
ACTS: dict[str, dict[str, str]] = {
    "programme_item": {
        "create": N_("added the item"),
        "edit": N_("changed the item"),
        "cancel": N_("cancelled the item"),
        "remove": N_("removed the item"),
    },
    "release": {"release": N_("released the programme")},
}
