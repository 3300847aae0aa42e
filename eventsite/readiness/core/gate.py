"""May a pass go through the gate now, and what of its plate may be shown."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from eventsite.readiness.enums import Direction

SHOWN_HEAD, SHOWN_TAIL = 2, 2


class Verdict(Enum):
    """What the gate does with a pass."""

    LET_IN = "let_in"
    LET_OUT = "let_out"
    REVOKED = "revoked"
    EARLY = "early"
    EXPIRED = "expired"
    USED = "used"


@dataclass(frozen=True, kw_only=True)
class PassState:
    """What of a pass decides at the gate."""

    valid_from: datetime
    valid_until: datetime
    single_use: bool
    entries: int
    inside: bool
    revoked: bool

    @property
    def next_direction(self) -> Direction:
        """Return which way it goes next."""
        return Direction.OUT if self.inside else Direction.IN


def judge_pass(state: PassState, now: datetime) -> Verdict:
    """Return whether a pass may go through; whoever is inside is always let out."""
    if state.inside:
        return Verdict.LET_OUT
    if state.revoked:
        return Verdict.REVOKED
    if now < state.valid_from:
        return Verdict.EARLY
    if now >= state.valid_until:
        return Verdict.EXPIRED
    if state.single_use and state.entries:
        return Verdict.USED
    return Verdict.LET_IN


def masked(text: str) -> str:
    """Return a plate or number of which lists show the first and last two signs; short ones show nothing."""
    if len(text) <= SHOWN_HEAD + SHOWN_TAIL:
        return "·" * len(text)
    return f"{text[:SHOWN_HEAD]}{'·' * (len(text) - SHOWN_HEAD - SHOWN_TAIL)}{text[-SHOWN_TAIL:]}"
