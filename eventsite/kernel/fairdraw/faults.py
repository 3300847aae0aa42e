"""Faults: what is wrong with rules, entries or a record, each naming its part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from eventsite.kernel.errors import DomainError


class Part(Enum):
    """The part of a draw that a fault lies in."""

    LAYOUT = "layout"
    RULES = "rules"
    ENTRY = "entry"
    WEIGHT = "weight"
    FREEZE = "freeze"
    NONCE = "nonce"
    UNCLAIMED = "unclaimed"
    VALUE = "value"
    WINNER = "winner"
    DECK = "deck"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: a sentence marked for translation and what fills its placeholders."""

    part: Part
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


def fault(part: Part, message: str, **params: Any) -> Fault:
    """Make a fault."""
    return Fault(part, message, params)


class Faulty(DomainError):
    """The draw cannot go on with this; `faults` holds all that was found, the message is the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults[0].message, **faults[0].params)
        self.faults = tuple(faults)


def refuse_faults(faults: Sequence[Fault]) -> None:
    """Raise `Faulty` where there are any."""
    if faults:
        raise Faulty(faults)
