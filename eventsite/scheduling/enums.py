"""The closed words of scheduling: how far a proposal has come."""

from collections.abc import Mapping
from enum import Enum

from eventsite.kernel.transitions import Moves
from eventsite.kernel.words import N_


class ProposalStatus(Enum):
    """How far a proposal has come. `SOLVING` is one that a job process has taken."""

    WAITING = "waiting"
    SOLVING = "solving"
    CANCELLED = "cancelled"
    READY = "ready"
    TAKEN = "taken"
    UNDONE = "undone"
    DISCARDED = "discarded"
    FAILED = "failed"


OPEN = frozenset({ProposalStatus.WAITING, ProposalStatus.SOLVING})
PROPOSAL_MOVES: Moves[ProposalStatus] = {
    ProposalStatus.WAITING: frozenset({ProposalStatus.SOLVING, ProposalStatus.CANCELLED}),
    ProposalStatus.SOLVING: frozenset(
        {ProposalStatus.READY, ProposalStatus.FAILED, ProposalStatus.CANCELLED}
    ),
    ProposalStatus.CANCELLED: frozenset(),
    ProposalStatus.READY: frozenset({ProposalStatus.TAKEN, ProposalStatus.DISCARDED}),
    ProposalStatus.TAKEN: frozenset({ProposalStatus.UNDONE}),
    ProposalStatus.UNDONE: frozenset(),
    ProposalStatus.DISCARDED: frozenset(),
    ProposalStatus.FAILED: frozenset({ProposalStatus.DISCARDED}),
}
"""Every move that a proposal may make; one whose job process died is taken by another as it is."""
PROPOSAL_WORDS: Mapping[ProposalStatus, str] = {
    ProposalStatus.WAITING: N_("Waiting"),
    ProposalStatus.SOLVING: N_("Being worked out"),
    ProposalStatus.CANCELLED: N_("Called off"),
    ProposalStatus.READY: N_("Ready to look at"),
    ProposalStatus.TAKEN: N_("In the draft"),
    ProposalStatus.UNDONE: N_("Taken back"),
    ProposalStatus.DISCARDED: N_("Discarded"),
    ProposalStatus.FAILED: N_("Failed"),
}
ACTS: Mapping[str, Mapping[str, str]] = {
    "schedule_proposal": {
        "ask": N_("asked for a timetable proposal"),
        "solve": N_("worked out the timetable"),
        "fail to solve": N_("could not work out the timetable"),
        "cancel": N_("called the proposal off"),
        "take": N_("took the proposal into the draft"),
        "undo": N_("took the proposal back out of the draft"),
        "discard": N_("discarded the proposal"),
    },
}
"""What the history says, by kind of thing and verb."""
