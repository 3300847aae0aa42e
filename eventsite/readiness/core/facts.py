"""What forms say of permits, milestones, slots, passes, certificates and faults; which days fit together."""

from dataclasses import dataclass
from datetime import date, datetime

from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_


@dataclass(frozen=True, kw_only=True)
class PermitFacts:
    """What the team says of a permit; `due_on` stands where the last day to apply is another than counted."""

    status: str
    concerns: str
    due_on: date | None
    applied_on: date | None
    decided_on: date | None
    number: str | None
    note_zh: str | None


@dataclass(frozen=True, kw_only=True)
class MilestoneFacts:
    """What the team says of a milestone; `offset_days` counts from the first day of the fair."""

    offset_days: int
    owner_team: str
    note_zh: str | None


@dataclass(frozen=True, kw_only=True)
class SlotFacts:
    """A window of time in a zone (its code), and for how many booths."""

    zone: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    capacity: int


@dataclass(frozen=True, kw_only=True)
class AccessFacts:
    """What a pass is issued for."""

    kind: str
    label: str
    plate: str
    valid_from: datetime
    valid_until: datetime
    single_use: bool


@dataclass(frozen=True, kw_only=True)
class CertificateFacts:
    """What is written on a certificate; without `expires_on` it has no end."""

    kind: str
    number: str
    expires_on: date | None


@dataclass(frozen=True, kw_only=True)
class FaultFacts:
    """What is broken, and where in the zone."""

    zone: str
    booth: str | None
    place: str
    words_zh: str


def check_days(facts: PermitFacts, today: date) -> None:
    """Raise `Conflict` where a permit's days contradict each other or its status."""
    applied, decided = facts.applied_on, facts.decided_on
    for name, day in (("applied_on", applied), ("decided_on", decided)):
        if day is not None and day > today:
            raise Conflict(N_("This day has not come yet."), field=name)
    if applied and decided and decided < applied:
        raise Conflict(N_("It cannot be decided before it was applied for."), field="decided_on")
    if facts.status in ("approved", "rejected") and decided is None:
        raise Conflict(N_("Say on which day the authority decided."), field="decided_on")
    if facts.status == "submitted" and applied is None:
        raise Conflict(N_("Say on which day it was applied for."), field="applied_on")


def check_window(start: datetime, end: datetime, *, field: str) -> None:
    """Raise `Conflict` on the field unless the window of time ends after it begins."""
    if end <= start:
        raise Conflict(N_("This is not after the beginning."), field=field)
