"""Closed words of the stamp rally."""

from collections.abc import Mapping
from enum import Enum

from eventsite.kernel.words import N_


class CodeMode(Enum):
    """How a checkpoint proves that the visitor is there."""

    STATIC = "static"
    ROTATING_CODE = "rotating_code"
    STAFF_SCAN = "staff_scan"


CODE_MODES: Mapping[str, str] = {
    CodeMode.STATIC.value: N_("printed code alone"),
    CodeMode.ROTATING_CODE.value: N_("printed code and the digits of the minute"),
    CodeMode.STAFF_SCAN.value: N_("staff scan the visitor's pass"),
}

CODE_MODES_EXPLAINED: Mapping[str, str] = {
    CodeMode.STATIC.value: N_(
        "The printed code alone. A photo of the sign stamps from anywhere: choose this where stamps are worth"
        " little."
    ),
    CodeMode.ROTATING_CODE.value: N_(
        "The printed code and six digits that change every minute. A photo of the sign is not enough; the"
        " digits can be called out to a friend for a minute or two."
    ),
    CodeMode.STAFF_SCAN.value: N_(
        "Staff scan the code on the visitor's phone after signing in here. Nobody can stamp without being"
        " seen; it is the slowest of the three."
    ),
}


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
        "mark own as staff": N_("marked the stamp card of the own phone as the team's"),
        "mark as staff": N_("marked a stamp card as the team's"),
        "unmark as staff": N_("took back that a stamp card is the team's"),
    },
}
"""What the history says, by kind of thing and verb."""
