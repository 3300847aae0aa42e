"""What a booth needs before it is ready: what is missing in sentences, loads against limits."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class PermitFacts:
    """What the team says of a permit."""

    status: str
    concerns: str
    due_on: date | None
    applied_on: date | None
    decided_on: date | None
    number: str | None
    note_zh: str | None
