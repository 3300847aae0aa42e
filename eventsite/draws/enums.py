"""Closed words of draws and their life cycles."""

from enum import Enum


class RaffleMode(Enum):
    """How a raffle gives its prizes."""

    STAGE_DRAW = "stage_draw"
    INSTANT = "instant"


class DrawStatus(Enum):
    """Where a draw stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    FROZEN = "frozen"
    REVEALED = "revealed"
    DRAWN = "drawn"
    PUBLISHED = "published"
    VOIDED = "voided"


MOVES: dict[DrawStatus, frozenset[DrawStatus]] = {
    DrawStatus.DRAFT: frozenset({DrawStatus.OPEN, DrawStatus.VOIDED}),
    DrawStatus.OPEN: frozenset({DrawStatus.CLOSED, DrawStatus.VOIDED}),
    DrawStatus.CLOSED: frozenset({DrawStatus.FROZEN, DrawStatus.VOIDED}),
    DrawStatus.FROZEN: frozenset({DrawStatus.REVEALED, DrawStatus.VOIDED}),
    DrawStatus.REVEALED: frozenset({DrawStatus.DRAWN, DrawStatus.VOIDED}),
    DrawStatus.DRAWN: frozenset({DrawStatus.PUBLISHED, DrawStatus.VOIDED}),
    DrawStatus.PUBLISHED: frozenset({DrawStatus.VOIDED}),
    DrawStatus.VOIDED: frozenset(),
}

NOT_DRAWN = (
    DrawStatus.DRAFT,
    DrawStatus.OPEN,
    DrawStatus.CLOSED,
    DrawStatus.FROZEN,
    DrawStatus.REVEALED,
)
"""The states of a draw that is still to come, in order."""


class WeightPer(Enum):
    """What a person's weight in a draw grows with."""

    PERSON = "person"
    STAMP = "stamp"


class WitnessKind(Enum):
    """Who a witness speaks for."""

    PARTNER = "partner"
    NOTARY = "notary"
    ORGANIZER = "organizer"


class ProposalKind(Enum):
    """What one person proposes and another confirms."""

    FREEZE = "freeze"
    ABSENT = "absent"
    VOID = "void"


class AwardState(Enum):
    """What became of a prize that was won."""

    WON = "won"
    CLAIMED = "claimed"
    ABSENT = "absent"
    FORFEITED = "forfeited"
    VOIDED = "voided"


class HandOverKind(Enum):
    """Whether a prize was given out or taken back into stock."""

    HANDED = "handed"
    UNDONE = "undone"
