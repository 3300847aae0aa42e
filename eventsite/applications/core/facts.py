"""What an applicant says, as the form shows and changes it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I O S V Z
CREDIT_SHAPE = re.compile(rf"[{CREDIT_SIGNS}]{{18}}\Z")


@dataclass(frozen=True, kw_only=True)
class Appliance:
    """A kind of appliance: how many of it, and the kW of each."""

    name: str
    kw: float
    number: int


@dataclass(frozen=True, kw_only=True)
class Product:
    """A product and its price in fen; `None`: not said."""

    name: str
    price_fen: int | None


@dataclass(frozen=True, kw_only=True)
class ApplicationFacts:
    """All that the form asks. `zone` is a zone's code ("" not chosen), `delegation` an id of the file.

    `wishes` are booth codes in order; `near` and `partner` are numbers of other applications; `answers` go by
    the question's id.
    """

    unit_zh: str
    unit_en: str
    credit_code: str
    contact_post_zh: str
    phone: str
    email: str
    delegation: str | None
    zone: str
    trade: str
    wishes: tuple[str, ...]
    near: str
    places: int
    partner: str
    products: tuple[Product, ...]
    appliances: tuple[Appliance, ...]
    needs_water: bool
    open_flame: bool
    food_required: bool
    street_occupation: bool
    vehicle_passes: int
    staff_passes: int
    insured: bool
    answers: Mapping[str, str]
    commitment_signed: bool
    consented: bool


CONTACTS = frozenset({"contact_post_zh", "phone", "email"})
"""What is erased on the announced day, and no log ever holds."""


def logged(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts as the log keeps them: without contacts."""
    return {name: value for name, value in facts.items() if name not in CONTACTS}


def power_of(appliances: Sequence[Appliance]) -> float:
    """Return the sum of the appliances in kW, free of the tails of binary fractions."""
    return round(fsum(row.kw * row.number for row in appliances), 2)


def is_credit_code(text: str) -> bool:
    """Tell whether a text is a unified social credit code by its check digit (GB 32100-2015)."""
    if not CREDIT_SHAPE.match(text):
        return False
    weighed = sum(CREDIT_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(text[:17]))
    return CREDIT_SIGNS[(31 - weighed % 31) % 31] == text[17]


def masked(phone: str) -> str:
    """Return a telephone number as a page may show it: `138****1234`."""
    own = phone.removeprefix("+86")
    return f"{own[:3]}****{own[-4:]}" if len(own) > 7 else "****"
