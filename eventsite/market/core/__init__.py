"""What is true of booths and of the plan they stand on: plain values in, plain values out."""

from eventsite.market.core.booths import (
    BoothFacts,
    check_place,
    check_status,
    is_moved,
    natural_key,
    total_power,
)
from eventsite.market.core.changes import Change, Op, Stale, StalePlan, read_changes
from eventsite.market.core.circuits import CircuitFacts
from eventsite.market.core.facts import Kind
from eventsite.market.core.labels import WHOLE_WORDS, Label, fit_label, head_height
from eventsite.market.core.live import is_news, standing
from eventsite.market.core.rules import RULES, Breach, Thing, load_by, other_grounds, warnings
from eventsite.market.core.shapes import ShapeFacts, check_shape

__all__ = [
    "RULES",
    "WHOLE_WORDS",
    "BoothFacts",
    "Breach",
    "Change",
    "CircuitFacts",
    "Kind",
    "Label",
    "Op",
    "ShapeFacts",
    "Stale",
    "StalePlan",
    "Thing",
    "check_place",
    "check_shape",
    "check_status",
    "fit_label",
    "head_height",
    "is_moved",
    "is_news",
    "load_by",
    "natural_key",
    "other_grounds",
    "read_changes",
    "standing",
    "total_power",
    "warnings",
]
