"""A plan beside the draft, and the place of an item in it, as plain values."""

from dataclasses import dataclass, fields
from typing import Any

from eventsite.kernel.errors import DomainError
from eventsite.kernel.ranges import TimeRange
from eventsite.kernel.words import N_
from eventsite.programme.enums import SCHEDULED


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """What a form says of a plan; `why_*` is what visitors read when it is switched on."""

    name_zh: str
    name_en: str
    why_zh: str = ""
    why_en: str = ""

    @classmethod
    def of(cls, plan: Any) -> "PlanFacts":
        """Return the facts of a plan's row."""
        return cls(**{field.name: getattr(plan, field.name) for field in fields(cls)})


@dataclass(frozen=True, kw_only=True)
class PlanPlace:
    """Where an item is in a plan: a stage (by code) with a time, or neither.

    Raises `DomainError` where only one of the two is given.
    """

    stage: str | None
    slot: TimeRange | None
    status: str = SCHEDULED
    notice_zh: str = ""
    notice_en: str = ""

    def __post_init__(self) -> None:
        if (self.stage is None) != (self.slot is None):
            raise DomainError(N_("An item on a stage needs a date, a start and an end."), field="start")
