"""Tables of raffles, their prizes and draws, and of all that happens in a draw.

What was published, drawn or given stays as it is: each file says by `append_only` what may still change.
"""

from eventsite.draws.models.awards import Award, HandOver
from eventsite.draws.models.draws import Draw, DrawRecord, DrawRules, FrozenList
from eventsite.draws.models.proposals import Proposal
from eventsite.draws.models.raffles import Prize, Raffle
from eventsite.draws.models.rounds import DrawRound, DrawValues
from eventsite.draws.models.witnesses import Witness

__all__ = [
    "Award",
    "Draw",
    "DrawRecord",
    "DrawRound",
    "DrawRules",
    "DrawValues",
    "FrozenList",
    "HandOver",
    "Prize",
    "Proposal",
    "Raffle",
    "Witness",
]
