"""Closed words of draws and their life cycles."""

from collections.abc import Mapping
from enum import Enum

from eventsite.kernel.words import N_


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


STATUS_WORDS: Mapping[DrawStatus, str] = {
    DrawStatus.DRAFT: N_("in preparation"),
    DrawStatus.OPEN: N_("entries open"),
    DrawStatus.CLOSED: N_("entries closed"),
    DrawStatus.FROZEN: N_("list frozen"),
    DrawStatus.REVEALED: N_("waiting for the digits on stage"),
    DrawStatus.DRAWN: N_("drawn"),
    DrawStatus.PUBLISHED: N_("drawn, record published"),
    DrawStatus.VOIDED: N_("void"),
}
"""The states of a draw as people read them."""

AWARD_WORDS: Mapping[AwardState, str] = {
    AwardState.WON: N_("to be claimed"),
    AwardState.CLAIMED: N_("handed over"),
    AwardState.ABSENT: N_("did not come"),
    AwardState.FORFEITED: N_("given up"),
    AwardState.VOIDED: N_("draw void"),
}
"""The states of a prize as the team reads them."""

WITNESS_WORDS: Mapping[WitnessKind, str] = {
    WitnessKind.PARTNER: N_("a partner"),
    WitnessKind.NOTARY: N_("a notary"),
    WitnessKind.ORGANIZER: N_("organizer of the fair"),
}
"""The kinds of witnesses as people read them."""

ACTS: Mapping[str, Mapping[str, str]] = {
    "draw": {
        "write rules": N_("wrote the rules"),
        "publish rules": N_("published the rules"),
        "open": N_("opened entries"),
        "close": N_("closed entries"),
        "add witness": N_("added a witness"),
        "remove witness": N_("removed a witness"),
        "give witness hash": N_("entered a witness's hash"),
        "reveal witness number": N_("entered a witness's number"),
        "end reveals": N_("ended the reveals"),
        "postpone": N_("postponed the draw"),
        "propose freeze": N_("proposed to freeze the list"),
        "withdraw freeze": N_("took back the proposal to freeze"),
        "freeze": N_("confirmed the freeze of the list"),
        "enter digits": N_("entered the digits made on stage"),
        "run": N_("ran the draw"),
        "propose absent": N_("proposed a list of absent winners"),
        "withdraw absent": N_("took back the list of absent winners"),
        "declare absent": N_("confirmed the list of absent winners"),
        "redraw": N_("drew the unclaimed prizes anew"),
        "publish record": N_("published the record"),
        "propose void": N_("proposed to void the draw"),
        "withdraw void": N_("took back the proposal to void"),
        "void": N_("confirmed that the draw is void"),
        "forfeit prizes": N_("counted unclaimed prizes as given up"),
    },
    "award": {
        "hand over": N_("handed the prize over"),
        "undo hand-over": N_("took the hand-over back"),
    },
}
"""What the history says, by kind of thing and verb."""
