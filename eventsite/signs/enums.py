"""What can be printed, and the words that stand on it."""

from collections.abc import Mapping
from enum import Enum

from eventsite.kernel.words import N_


class Paper(Enum):
    """A kind of print; the value stands in addresses."""

    BOOTH_SIGNS = "booth-signs"
    ZONE_BOARDS = "zone-boards"
    BOOTH_CODES = "booth-codes"
    CHECKPOINT_CODES = "checkpoint-codes"


PAPER_WORDS: Mapping[Paper, str] = {
    Paper.BOOTH_SIGNS: N_("Booth signs"),
    Paper.ZONE_BOARDS: N_("Zone boards"),
    Paper.BOOTH_CODES: N_("Codes of booths"),
    Paper.CHECKPOINT_CODES: N_("Codes of checkpoints"),
}
PAPER_SIZES: Mapping[Paper, str] = {
    Paper.BOOTH_SIGNS: N_("A4 across, one booth to a page"),
    Paper.ZONE_BOARDS: N_("A3 upright, one zone to a page"),
    Paper.BOOTH_CODES: N_("A4 upright, with lines to cut along"),
    Paper.CHECKPOINT_CODES: N_("A4 upright, with lines to cut along"),
}
TEMPLATES: Mapping[Paper, str] = {
    Paper.BOOTH_SIGNS: "booths",
    Paper.ZONE_BOARDS: "zones",
    Paper.BOOTH_CODES: "codes",
    Paper.CHECKPOINT_CODES: "codes",
}
CARDS_A_PAGE = (1, 4, 8)
MOST = 1000  # signs or cards in one PDF

SCAN_BOOTH = N_("Scan for more about this booth")
SCAN_ZONE = N_("Scan for all booths of this zone")
SCAN_STAMP = N_("Scan with WeChat to collect this zone's stamp.")
TYPE_ADDRESS = N_("No camera? Type this address:")
NO_HOLDER = N_("Organizing committee")
