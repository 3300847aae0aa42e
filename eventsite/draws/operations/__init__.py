"""All that changes a draw, in the order in which it happens. Each act is one transaction with its audit row.

Acts on one draw never run side by side: the first statement of each raises the draw's version, which both
databases let only one transaction do at a time. What was done already is returned as it is, not done twice.
"""

from eventsite.draws.operations.absence import confirm_absent, propose_absent
from eventsite.draws.operations.claims import (
    HandOverReceipt,
    forfeit_unclaimed,
    hand_over_award,
    undo_hand_over,
)
from eventsite.draws.operations.digits import correct_values, enter_values
from eventsite.draws.operations.freezing import confirm_freeze, propose_freeze, withdraw_proposal
from eventsite.draws.operations.publishing import confirm_void, propose_void, publish_draw
from eventsite.draws.operations.rounds import run_round
from eventsite.draws.operations.rules import close_draw, open_draw, publish_rules, save_terms
from eventsite.draws.operations.witnesses import (
    add_witness,
    commit_witness,
    postpone_reveals,
    remove_witness,
    reveal,
    skip_missing,
)

__all__ = [
    "HandOverReceipt",
    "add_witness",
    "close_draw",
    "commit_witness",
    "confirm_absent",
    "confirm_freeze",
    "confirm_void",
    "correct_values",
    "enter_values",
    "forfeit_unclaimed",
    "hand_over_award",
    "open_draw",
    "postpone_reveals",
    "propose_absent",
    "propose_freeze",
    "propose_void",
    "publish_draw",
    "publish_rules",
    "remove_witness",
    "reveal",
    "run_round",
    "save_terms",
    "skip_missing",
    "undo_hand_over",
    "withdraw_proposal",
]
