"""The closed words of placement: how far a proposal or a lot has come, what speaks for a spot."""

from collections.abc import Mapping
from enum import Enum

from eventsite.kernel.transitions import Moves
from eventsite.kernel.words import N_


class ProposalStatus(Enum):
    """How far a proposal has come. `SOLVING` is one that a job process has taken."""

    WAITING = "waiting"
    SOLVING = "solving"
    READY = "ready"
    APPLIED = "applied"
    DISCARDED = "discarded"
    FAILED = "failed"


PROPOSAL_MOVES: Moves[ProposalStatus] = {
    ProposalStatus.WAITING: frozenset({ProposalStatus.SOLVING, ProposalStatus.DISCARDED}),
    ProposalStatus.SOLVING: frozenset({ProposalStatus.READY, ProposalStatus.FAILED}),
    ProposalStatus.READY: frozenset({ProposalStatus.APPLIED, ProposalStatus.DISCARDED}),
    ProposalStatus.APPLIED: frozenset(),
    ProposalStatus.DISCARDED: frozenset(),
    ProposalStatus.FAILED: frozenset({ProposalStatus.DISCARDED}),
}
"""Every move that a proposal may make; one whose job process died is taken by another as it is."""
PROPOSAL_WORDS: Mapping[ProposalStatus, str] = {
    ProposalStatus.WAITING: N_("Waiting"),
    ProposalStatus.SOLVING: N_("Being worked out"),
    ProposalStatus.READY: N_("Ready to look at"),
    ProposalStatus.APPLIED: N_("Applied"),
    ProposalStatus.DISCARDED: N_("Discarded"),
    ProposalStatus.FAILED: N_("Failed"),
}


class LotStatus(Enum):
    """How far a lot has come."""

    DRAFT = "draft"
    FROZEN = "frozen"
    DRAWN = "drawn"
    APPLIED = "applied"
    VOIDED = "voided"


LOT_MOVES: Moves[LotStatus] = {
    LotStatus.DRAFT: frozenset({LotStatus.FROZEN, LotStatus.VOIDED}),
    LotStatus.FROZEN: frozenset({LotStatus.DRAWN, LotStatus.VOIDED}),
    LotStatus.DRAWN: frozenset({LotStatus.APPLIED, LotStatus.VOIDED}),
    LotStatus.APPLIED: frozenset(),
    LotStatus.VOIDED: frozenset(),
}
"""Every move that a lot may make; who holds a booth by it keeps it."""
LOT_WORDS: Mapping[LotStatus, str] = {
    LotStatus.DRAFT: N_("In preparation"),
    LotStatus.FROZEN: N_("List frozen"),
    LotStatus.DRAWN: N_("Drawn"),
    LotStatus.APPLIED: N_("Drawn, booths given out"),
    LotStatus.VOIDED: N_("Void"),
}
ACTS: Mapping[str, Mapping[str, str]] = {
    "placement_proposal": {
        "ask": N_("asked for a placement proposal"),
        "solve": N_("worked out the proposal"),
        "fail to solve": N_("could not work out the proposal"),
        "apply": N_("applied the proposal"),
        "discard": N_("discarded the proposal"),
    },
    "lot": {
        "create": N_("prepared the lot"),
        "propose freeze": N_("proposed to freeze the list"),
        "withdraw freeze": N_("withdrew the proposal to freeze the list"),
        "freeze": N_("froze the list"),
        "draw": N_("drew the lot"),
        "apply": N_("gave out the booths in the order drawn"),
        "void": N_("declared the lot void"),
    },
}
"""What the history says, by kind of thing and verb."""
