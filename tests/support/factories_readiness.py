"""Facts of passes, slots, certificates and faults as forms give them, and booths that are nearly ready."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from eventsite.events.models import Event
from eventsite.market.models import Booth
from eventsite.readiness import operations
from eventsite.readiness.core import (
    AccessFacts,
    CertificateFacts,
    Evidence,
    FaultFacts,
    Paper,
    SlotFacts,
    load_of,
)
from eventsite.readiness.enums import CertificateKind, CheckKind
from eventsite.readiness.models import AccessPass
from tests.support.factories import DAY, NOW, make_booth
from tests.support.factories_market import ORGANIZER, Fair, make_fair

MORNING = datetime(2025, 9, 6, 0, 0, tzinfo=UTC)
NIGHT = datetime(2025, 9, 6, 15, 0, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Stall:
    """A fair with one booth, A-01, that needs no papers and draws 2.5 kW."""

    fair: Fair
    booth: Booth

    @property
    def event(self) -> Event:
        """Return its event."""
        return self.fair.event


def make_stall(*, slug: str = "fair-a", **given: Any) -> Stall:
    """Make a fair with booth A-01."""
    fair = make_fair(slug=slug)
    plain = {"code": "A-01", "category": "folk", "food_permit_required": False}
    return Stall(fair=fair, booth=make_booth(zone=fair.zone, **{**plain, **given}))


def access_facts(**given: Any) -> AccessFacts:
    """Return the facts of a staff pass for the day of the fair."""
    usual = AccessFacts(
        kind="staff", label="展位值守", plate="", valid_from=MORNING, valid_until=NIGHT, single_use=False
    )
    return replace(usual, **given)


def vehicle_facts(**given: Any) -> AccessFacts:
    """Return the facts of a vehicle pass for one entry."""
    return access_facts(**{"kind": "vehicle", "plate": "辽B·12345", "single_use": True, **given})


def slot_facts(**given: Any) -> SlotFacts:
    """Return the facts of a set-up slot of zone A on the eve of the fair, for two booths."""
    start = datetime(2025, 9, 5, 6, 0, tzinfo=UTC)
    usual = SlotFacts(zone="A", kind="setup", starts_at=start, ends_at=start + timedelta(hours=2), capacity=2)
    return replace(usual, **given)


def certificate_facts(**given: Any) -> CertificateFacts:
    """Return the facts of a food licence that outlasts the fair."""
    usual = CertificateFacts(kind="food", number="JY13702020001234", expires_on=date(2026, 6, 30))
    return replace(usual, **given)


def fault_facts(**given: Any) -> FaultFacts:
    """Return the facts of a fault at booth A-01."""
    return replace(FaultFacts(zone="A", booth="A-01", place="", words_zh="灯箱不亮"), **given)


def evidence(**given: Any) -> Evidence:
    """Return the evidence of a food booth that is ready."""
    usual = Evidence(
        needed=(CertificateKind.FOOD,),
        papers=(Paper(kind=CertificateKind.FOOD, expires_on=date(2026, 6, 30), checked=True),),
        permits=(),
        last_day=DAY,
        draws_power=True,
        needs_circuit=False,
        loads=(load_of("B-Q1", [2.5], 10),),
        inspected=True,
        allowed=4,
        passes=2,
        inside=1,
        people_ticked=False,
        sign_up=True,
        has_gifts=True,
        gifts_counted=True,
    )
    return replace(usual, **given)


def make_pass(stall: Stall, facts: AccessFacts | None = None) -> AccessPass:
    """Issue a pass to the booth."""
    return operations.issue_pass(ORGANIZER, stall.event, stall.booth.code, facts or access_facts(), now=NOW)


def make_ready(stall: Stall) -> None:
    """Bring the booth in: a pass is issued, power, people and sign are ticked."""
    make_pass(stall)
    for kind in (CheckKind.POWER, CheckKind.PEOPLE, CheckKind.SIGN):
        operations.tick(ORGANIZER, stall.event, stall.booth.code, kind, now=NOW)
