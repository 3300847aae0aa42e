"""Which papers there are, and the words for them."""

from collections.abc import Mapping
from enum import Enum

from eventsite.kernel.words import N_


class Paper(Enum):
    """A paper; the value stands in addresses."""

    RUN_SHEET = "run-sheet"
    MICROPHONES = "microphones"
    MC_ORDER = "mc-order"
    HANDBOOK = "handbook"


PAPER_WORDS: Mapping[Paper, str] = {
    Paper.RUN_SHEET: N_("Run sheet"),
    Paper.MICROPHONES: N_("Microphone plan"),
    Paper.MC_ORDER: N_("Order for the hosts"),
    Paper.HANDBOOK: N_("Handbook"),
}
PAPER_USES: Mapping[Paper, str] = {
    Paper.RUN_SHEET: N_("A4 across, a stage and day to a sheet, with room for actual times"),
    Paper.MICROPHONES: N_("A4 upright: who has which set when, and the peak of each set"),
    Paper.MC_ORDER: N_("A4 upright: titles, one line to announce, what comes next"),
    Paper.HANDBOOK: N_("A5 upright, to be stapled: agenda, delegations, stages, rules, posts"),
}
TEMPLATES: Mapping[Paper, str] = {
    Paper.RUN_SHEET: "runsheet",
    Paper.MICROPHONES: "microphones",
    Paper.MC_ORDER: "mc_order",
    Paper.HANDBOOK: "handbook",
}
OF_A_STAGE = (Paper.RUN_SHEET, Paper.MICROPHONES, Paper.MC_ORDER)
