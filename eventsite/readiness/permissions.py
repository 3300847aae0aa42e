"""Who may see and say that a booth is ready."""

from eventsite.accounts.core import Permission, Rules, Thing, holds, within
from eventsite.accounts.enums import Role
from eventsite.kernel.words import N_
from eventsite.market.permissions import booth_thing
from eventsite.readiness.enums import MATTERS
from eventsite.readiness.models import AccessPass, Certificate, Fault


class ReadinessPermission(Permission):
    """What members of an event's team may do between placing a booth and opening it."""

    SEE_DATES = N_("see permits and milestones")
    EDIT_DATES = N_("edit permits and milestones")
    SEE_READINESS = N_("see which booths are ready, time slots and faults")
    SEE_BOOTH_FILE = N_("see what is filed about a booth")
    SEE_CERTIFICATE = N_("see a certificate and its document")
    EDIT_CHECKS = N_("tick what is in at a booth, and see to faults")
    ADD_SLOT = N_("add time slots")
    EDIT_SLOTS = N_("edit and remove time slots of a zone")
    EDIT_BOOTH_PAPERS = N_("keep a booth's certificates, time slots, photos and faults")
    EDIT_PASSES = N_("issue and withdraw a booth's passes")
    CHECK_CERTIFICATE = N_("say that a certificate is in order")
    SEE_PASSES = N_("see who may pass the gates")
    SEE_PACKS = N_("see delegations' packs")
    SEE_PACK = N_("see the pack of a delegation")
    PASS_GATE = N_("let passes in and out at a gate")
    OPEN_BOOTH = N_("open a booth that is ready")
    OPEN_UNREADY_BOOTH = N_("open a booth that is not ready, with a reason")


RULES: Rules = {
    ReadinessPermission.SEE_DATES: tuple(
        holds(role) for role in (Role.ORGANIZER, Role.REVIEWER, Role.ZONE_LEAD, Role.AUDITOR)
    ),
    ReadinessPermission.EDIT_DATES: (holds(Role.ORGANIZER),),
    ReadinessPermission.SEE_READINESS: tuple(
        holds(role) for role in (Role.ORGANIZER, Role.REVIEWER, Role.ZONE_LEAD, Role.AUDITOR)
    ),
    ReadinessPermission.SEE_BOOTH_FILE: (
        *(holds(role) for role in (Role.ORGANIZER, Role.REVIEWER, Role.ZONE_LEAD, Role.AUDITOR)),
        within(Role.DELEGATION_LEAD),
    ),
    ReadinessPermission.SEE_CERTIFICATE: (
        holds(Role.ORGANIZER),
        holds(Role.AUDITOR),
        within(Role.REVIEWER),
        within(Role.ZONE_LEAD),
        within(Role.DELEGATION_LEAD),
    ),
    ReadinessPermission.EDIT_CHECKS: (holds(Role.ORGANIZER), within(Role.ZONE_LEAD)),
    ReadinessPermission.ADD_SLOT: (holds(Role.ORGANIZER), holds(Role.ZONE_LEAD)),
    ReadinessPermission.EDIT_SLOTS: (holds(Role.ORGANIZER), within(Role.ZONE_LEAD)),
    ReadinessPermission.EDIT_BOOTH_PAPERS: (
        holds(Role.ORGANIZER),
        within(Role.ZONE_LEAD),
        within(Role.DELEGATION_LEAD),
    ),
    ReadinessPermission.EDIT_PASSES: (
        holds(Role.ORGANIZER),
        within(Role.ZONE_LEAD),
        within(Role.DELEGATION_LEAD),
    ),
    ReadinessPermission.CHECK_CERTIFICATE: (holds(Role.ORGANIZER), within(Role.REVIEWER)),
    ReadinessPermission.SEE_PASSES: tuple(
        holds(role) for role in (Role.ORGANIZER, Role.ZONE_LEAD, Role.DESK, Role.AUDITOR)
    ),
    ReadinessPermission.SEE_PACKS: tuple(
        holds(role) for role in (Role.ORGANIZER, Role.DELEGATION_LEAD, Role.AUDITOR)
    ),
    ReadinessPermission.SEE_PACK: (
        holds(Role.ORGANIZER),
        holds(Role.AUDITOR),
        within(Role.DELEGATION_LEAD),
    ),
    ReadinessPermission.PASS_GATE: tuple(holds(role) for role in (Role.ORGANIZER, Role.ZONE_LEAD, Role.DESK)),
    ReadinessPermission.OPEN_BOOTH: (holds(Role.ORGANIZER), within(Role.ZONE_LEAD)),
    ReadinessPermission.OPEN_UNREADY_BOOTH: (holds(Role.ORGANIZER),),
}


def certificate_thing(certificate: Certificate) -> Thing:
    """Return a certificate as a thing: it lies where its booth does, and in the matter that it proves."""
    booth = booth_thing(certificate.booth)
    return Thing(event_id=booth.event_id, scopes=booth.scopes | {f"matter:{MATTERS[certificate.kind]}"})


def pass_thing(found: AccessPass) -> Thing:
    """Return a pass as a thing: it lies where its booth does, and in its delegation."""
    holder = {f"delegation:{found.delegation.ref}"} if found.delegation else set()
    lies_in = booth_thing(found.booth).scopes if found.booth else frozenset()
    return Thing(event_id=found.event_id, scopes=lies_in | holder)


def fault_thing(fault: Fault) -> Thing:
    """Return a fault as a thing: it lies in its zone, and where its booth does."""
    lies_in = booth_thing(fault.booth).scopes if fault.booth else frozenset()
    return Thing(event_id=fault.event_id, scopes=lies_in | {f"zone:{fault.zone.code}"})
