"""Closed words of events; and open ones, whose known members have plain words."""

from collections.abc import Mapping
from enum import Enum

from eventsite.kernel.words import N_

ZONE_KINDS: Mapping[str, str] = {
    "performance": N_("Shows"),
    "food": N_("Food"),
    "heritage": N_("Heritage"),
    "city_show": N_("City floats"),
    "wellness": N_("Wellness"),
    "interactive": N_("Games and try-outs"),
}
FACILITY_KINDS: Mapping[str, str] = {
    "gate": N_("Gate"),
    "toilet": N_("Toilets"),
    "first_aid": N_("First aid"),
    "information": N_("Information desk"),
    "emergency_exit": N_("Emergency exit"),
}
ORGANIZATION_ROLES: Mapping[str, str] = {
    "organizer": N_("Organizing body"),
    "partner": N_("Partner body"),
    "signing_party": N_("Signing party"),
    "venue": N_("Venue"),
    "operator": N_("Operator"),
    "security": N_("Security"),
    "medical": N_("Medical care"),
    "volunteer": N_("Volunteers"),
}
ACTS: Mapping[str, Mapping[str, str]] = {
    "event": {
        "publish": N_("published the event"),
        "archive": N_("archived the event"),
        "add day": N_("opened the fair on one more day"),
    },
    "zone": {
        "create": N_("added the zone"),
        "edit": N_("changed the zone"),
        "remove": N_("removed the zone"),
    },
    "stage": {
        "create": N_("added the stage"),
        "edit": N_("changed the stage"),
        "remove": N_("removed the stage"),
    },
    "facility": {
        "create": N_("added the facility"),
        "edit": N_("changed the facility"),
        "remove": N_("removed the facility"),
    },
}
"""What the history says, by kind of thing and verb."""


class EventStatus(Enum):
    """Where an event stands; *live* and *over* follow from its days and the clock."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


STATUS_MOVES: dict[EventStatus, frozenset[EventStatus]] = {
    EventStatus.DRAFT: frozenset({EventStatus.PUBLISHED}),
    EventStatus.PUBLISHED: frozenset({EventStatus.ARCHIVED}),
    EventStatus.ARCHIVED: frozenset(),
}


class Phase(Enum):
    """Where the clock stands in an event's days."""

    BEFORE = "before"
    OPEN = "open"
    BETWEEN = "between"
    OVER = "over"

    @property
    def rank(self) -> int:
        """Return the place in a list of events: what is on, what comes, what was."""
        return (Phase.OPEN, Phase.BETWEEN, Phase.BEFORE, Phase.OVER).index(self)
