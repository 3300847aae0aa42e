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
