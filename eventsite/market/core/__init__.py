"""What is true of booths and of the plan they stand on: plain values in, plain values out."""

from eventsite.market.core.booths import BoothFacts, check_place, is_moved, natural_key, total_power
from eventsite.market.core.labels import WHOLE_WORDS, Label, fit_label, head_height

__all__ = [
    "WHOLE_WORDS",
    "BoothFacts",
    "Label",
    "check_place",
    "fit_label",
    "head_height",
    "is_moved",
    "natural_key",
    "total_power",
]
