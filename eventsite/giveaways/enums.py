"""Closed words of giveaways."""

from collections.abc import Mapping
from enum import Enum

from eventsite.kernel.words import N_


class LimitScope(Enum):
    """What a claim limit counts over."""

    PER_DAY = "per_day"
    PER_EVENT = "per_event"


class Eligibility(Enum):
    """Who may claim."""

    OPEN = "open"
    STAMPS = "stamps"
    AFTER_WORKSHOP = "after_workshop"


class BatchState(Enum):
    """Where the clock stands in a timed release."""

    PAST = "past"
    ON = "on"
    SOON = "soon"


ELIGIBILITY_WORDS: Mapping[str, str] = {
    Eligibility.OPEN.value: N_("For everybody"),
    Eligibility.STAMPS.value: N_("For stamps"),
    Eligibility.AFTER_WORKSHOP.value: N_("After the workshop"),
}
"""Who may claim, as people read it."""
