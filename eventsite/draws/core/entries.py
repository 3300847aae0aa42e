"""Which weight an entry has, how its id is shown to others, and how a prize slot is called."""

from collections.abc import Mapping
from typing import Any

from eventsite.draws.enums import WeightPer

SHOWN = 3


def weight_of(stamps: int, *, per: WeightPer, most: int) -> int:
    """Return a person's weight: 1, or one for each stamp up to `most`."""
    return 1 if per is WeightPer.PERSON else max(1, min(stamps, most))


def masked(entry: str) -> str:
    """Return an entry id as the public sees it: `BII····P3F`."""
    return f"{entry[:SHOWN]}····{entry[-SHOWN:]}"


def read_entry(text: str) -> str:
    """Return a typed entry id in its one spelling: upper case, without blanks, hyphens or dots."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def slot_words(slot: str, rules: Mapping[str, Any]) -> str:
    """Return a prize slot as people read it: its level and its number, which a level of one piece lacks."""
    code, _, number = slot.rpartition("-")
    tier = next((tier for tier in rules["tiers"] if tier["code"] == code), None)
    if tier is None:
        return slot
    return str(tier["name"]) if tier["count"] == 1 else f"{tier['name']} {number}"
