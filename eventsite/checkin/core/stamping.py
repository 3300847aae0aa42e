"""What stamping gives back, and the day a stamp counts for."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from eventsite.checkin.enums import CodeMode, TokenRule

WHOLE_EVENT = date(1970, 1, 1)
"""The day under which a stamp is kept that may be given once in the event."""


@dataclass(frozen=True, kw_only=True)
class CheckpointFacts:
    """All that stamping needs to know of a checkpoint, read in one go.

    `edition` holds the versions of checkpoint, rally and event: what was read stands while they do.
    `rally_edition` changes when anything changes that pages show of the rally.
    """

    id: int
    event_id: int
    event_slug: str
    timezone: str
    zone_code: str
    mode: CodeMode
    rule: TokenRule
    period: int
    min_seconds: int
    secret: bytes
    active: bool
    event_public: bool
    edition: tuple[int, int, int]
    rally_edition: tuple[object, ...]


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """A stamp as it stands after the act: `fresh` is false where it was there before.

    `stamps` counts all stamps of the pass, `checkpoints` the different places.
    """

    fresh: bool
    at: datetime
    stamps: int
    checkpoints: int


def stamp_day(rule: TokenRule, now: datetime, zone: tzinfo) -> date:
    """Return the day that a stamp counts for, in the event's zone."""
    return WHOLE_EVENT if rule is TokenRule.PER_EVENT else now.astimezone(zone).date()
