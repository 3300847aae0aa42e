"""Closed words of giveaways."""

from enum import Enum


class LimitScope(Enum):
    """What a claim limit counts over."""

    PER_DAY = "per_day"
    PER_EVENT = "per_event"


class Eligibility(Enum):
    """Who may claim."""

    OPEN = "open"
    STAMPS = "stamps"
    AFTER_WORKSHOP = "after_workshop"
