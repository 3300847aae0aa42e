"""Passes as plain values: what the rooms that issue them say, and what `passes.typ` prints."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from eventsite.printing.codes import Code


@dataclass(frozen=True, kw_only=True)
class Said:
    """Words in both languages: paper serves everybody at once."""

    zh: str
    en: str


@dataclass(frozen=True, kw_only=True)
class ZoneMark:
    """A zone as a print shows it: letter, name and colour (`#rrggbb`)."""

    code: str
    zh: str
    en: str
    color: str


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A line of a pass: what it is, and which."""

    label: Said
    value: str


@dataclass(frozen=True, kw_only=True)
class PassCard:
    """A pass of a vehicle or of somebody: whose it is, what it opens, its code and the address below that.

    `bearer` is a plate, or a name or post; `holder` the unit it was given to; `number` what people read out.
    """

    vehicle: bool
    title: Said
    bearer: str
    holder: Said
    zone: ZoneMark
    number: str
    facts: tuple[Fact, ...]
    drawing: Code
    address: str
    demo: bool = False


def pass_sheets(cards: Iterable[PassCard], *, title: str) -> Mapping[str, Any]:
    """Return the data of `compile_pdf("passes", …)`: vehicles two to a page, then people, eight to a page."""
    given = list(cards)
    return {
        "title": title,
        "vehicles": [card for card in given if card.vehicle],
        "staff": [card for card in given if not card.vehicle],
    }
