"""Closed words of loading."""

from enum import Enum


class Outcome(Enum):
    """What loading an event file came to."""

    CREATED = "created"
    IDENTICAL = "identical"
    REPLACED = "replaced"
