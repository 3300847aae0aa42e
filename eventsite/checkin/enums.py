"""Closed words of the stamp rally."""

from enum import Enum


class CodeMode(Enum):
    """How a checkpoint proves that the visitor is there."""

    STATIC = "static"
    ROTATING_CODE = "rotating_code"
    STAFF_SCAN = "staff_scan"


class TokenRule(Enum):
    """How often one pass may be stamped at one checkpoint."""

    PER_DAY = "one_per_checkpoint_per_day"
    PER_EVENT = "one_per_checkpoint_per_event"
