"""Closed words of the stamp rally."""

from collections.abc import Mapping
from enum import Enum

from eventsite.kernel.words import N_


class CodeMode(Enum):
    """How a checkpoint proves that the visitor is there."""

    STATIC = "static"
    ROTATING_CODE = "rotating_code"
    STAFF_SCAN = "staff_scan"


class TokenRule(Enum):
    """How often one pass may be stamped at one checkpoint."""

    PER_DAY = "one_per_checkpoint_per_day"
    PER_EVENT = "one_per_checkpoint_per_event"


ACTS: Mapping[str, Mapping[str, str]] = {
    "checkpoint": {
        "edit": N_("changed the checkpoint"),
        "renew codes": N_("made new codes"),
        "stamp": N_("gave a stamp"),
    },
    "pass": {
        "restore": N_("moved a stamp card to another phone"),
        "fail to restore": N_("entered a wrong recovery code"),
    },
}
"""What the history says, by kind of thing and verb."""
