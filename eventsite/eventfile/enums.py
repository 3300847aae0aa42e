"""Closed words of loading."""

from collections.abc import Mapping
from enum import Enum

from eventsite.kernel.words import N_


class Outcome(Enum):
    """What loading an event file came to."""

    CREATED = "created"
    IDENTICAL = "identical"
    REPLACED = "replaced"


ACTS: Mapping[str, Mapping[str, str]] = {
    "event": {
        "load": N_("loaded the event file"),
        "replace": N_("replaced the event by a file"),
        "clone": N_("made the event from the plan of another"),
    },
}
"""What the history says, by kind of thing and verb."""
