"""Closed words of events."""

from enum import Enum


class EventStatus(Enum):
    """Where an event stands; *live* and *over* follow from its days and the clock."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


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
