"""Words of readiness: open ones of the event file, closed ones of our own, and what the history says."""

from collections.abc import Mapping
from enum import Enum

from eventsite.kernel.words import N_

PERMIT_STATUSES: Mapping[str, str] = {
    "preparing": N_("In preparation"),
    "submitted": N_("Submitted"),
    "approved": N_("Approved"),
    "rejected": N_("Rejected"),
    "not_required": N_("Not required"),
}
SETTLED = frozenset({"approved", "not_required"})
"""The statuses in which a permit keeps no booth waiting."""
PHASES: Mapping[str, str] = {
    "planning": N_("Planning"),
    "approval": N_("Approval"),
    "recruitment": N_("Recruitment"),
    "programme": N_("Programme"),
    "setup": N_("Set-up"),
    "execution": N_("Fair days"),
    "closing": N_("Closing"),
    "follow_up": N_("Follow-up"),
}
TEAMS: Mapping[str, str] = {
    "command": N_("Command team"),
    "stage": N_("Stage team"),
    "security": N_("Security team"),
    "logistics": N_("Logistics team"),
    "service": N_("Service team"),
    "media": N_("Media team"),
    "medical": N_("Medical team"),
    "grid": N_("Grid stewards"),
}


class Concern(Enum):
    """Which booths wait for a permit."""

    EVERY = "every"
    FOOD = "food"
    FLAME = "flame"
    FLOAT = "float"
    NONE = "none"


CONCERN_WORDS: Mapping[Concern, str] = {
    Concern.EVERY: N_("Every booth"),
    Concern.FOOD: N_("Booths that need a food permit"),
    Concern.FLAME: N_("Booths with an open flame"),
    Concern.FLOAT: N_("Floats"),
    Concern.NONE: N_("No booth waits for it"),
}


class SlotKind(Enum):
    """What a window of time at a zone is for."""

    SETUP = "setup"
    TEARDOWN = "teardown"


SLOT_WORDS: Mapping[SlotKind, str] = {SlotKind.SETUP: N_("Set-up"), SlotKind.TEARDOWN: N_("Tear-down")}


class PassKind(Enum):
    """Whom or what a pass lets through the gate."""

    VEHICLE = "vehicle"
    STAFF = "staff"


PASS_WORDS: Mapping[PassKind, str] = {
    PassKind.VEHICLE: N_("Vehicle pass"),
    PassKind.STAFF: N_("Staff pass"),
}


class Direction(Enum):
    """Which way a pass went through a gate."""

    IN = "in"
    OUT = "out"


DIRECTION_WORDS: Mapping[Direction, str] = {Direction.IN: N_("In"), Direction.OUT: N_("Out")}


class CertificateKind(Enum):
    """What a certificate proves."""

    BUSINESS = "business"
    FOOD = "food"
    HEALTH = "health"
    INSURANCE = "insurance"
    FIRE = "fire"
    OTHER = "other"


CERTIFICATE_WORDS: Mapping[CertificateKind, str] = {
    CertificateKind.BUSINESS: N_("Business licence"),
    CertificateKind.FOOD: N_("Food licence"),
    CertificateKind.HEALTH: N_("Health certificate"),
    CertificateKind.INSURANCE: N_("Insurance"),
    CertificateKind.FIRE: N_("Fire safety"),
    CertificateKind.OTHER: N_("Other certificate"),
}
MATTERS: Mapping[CertificateKind, str] = {
    CertificateKind.BUSINESS: "booth",
    CertificateKind.FOOD: "food",
    CertificateKind.HEALTH: "food",
    CertificateKind.INSURANCE: "insurance",
    CertificateKind.FIRE: "fire",
    CertificateKind.OTHER: "booth",
}
"""Which reviewers look at a certificate: the matter that their role is narrowed to."""


class CheckKind(Enum):
    """What somebody sees to at a booth and ticks."""

    PEOPLE = "people"
    POWER = "power"
    SIGN = "sign"
    GIFTS = "gifts"


CHECK_WORDS: Mapping[CheckKind, str] = {
    CheckKind.PEOPLE: N_("People are in"),
    CheckKind.POWER: N_("Power is inspected"),
    CheckKind.SIGN: N_("The sign is up"),
    CheckKind.GIFTS: N_("Giveaways are counted"),
}


class Moment(Enum):
    """When a photo of a booth was taken."""

    SETUP = "setup"
    CLEARED = "cleared"


MOMENT_WORDS: Mapping[Moment, str] = {
    Moment.SETUP: N_("Set up"),
    Moment.CLEARED: N_("Cleared"),
}


class FaultState(Enum):
    """How far a fault is; a fixed one is seen to by somebody before it is closed."""

    OPEN = "open"
    ASSIGNED = "assigned"
    FIXED = "fixed"
    CLOSED = "closed"


FAULT_MOVES: Mapping[FaultState, frozenset[FaultState]] = {
    FaultState.OPEN: frozenset({FaultState.ASSIGNED}),
    FaultState.ASSIGNED: frozenset({FaultState.ASSIGNED, FaultState.FIXED}),
    FaultState.FIXED: frozenset({FaultState.ASSIGNED, FaultState.CLOSED}),
    FaultState.CLOSED: frozenset(),
}
FAULT_WORDS: Mapping[FaultState, str] = {
    FaultState.OPEN: N_("Not assigned"),
    FaultState.ASSIGNED: N_("Assigned"),
    FaultState.FIXED: N_("Fixed, to be looked at"),
    FaultState.CLOSED: N_("Closed"),
}


class Part(Enum):
    """What has to be in before a booth is ready."""

    PERMIT = "permit"
    POWER = "power"
    PEOPLE = "people"
    SIGN = "sign"
    GIFTS = "gifts"


PART_WORDS: Mapping[Part, str] = {
    Part.PERMIT: N_("Papers"),
    Part.POWER: N_("Power"),
    Part.PEOPLE: N_("People on site"),
    Part.SIGN: N_("Sign"),
    Part.GIFTS: N_("Giveaways"),
}

ACTS: Mapping[str, Mapping[str, str]] = {
    "permit": {
        "edit": N_("changed the permit"),
        "attach": N_("filed a document"),
    },
    "milestone": {
        "edit": N_("changed the milestone"),
        "finish": N_("marked the milestone as done"),
        "reopen": N_("marked the milestone as not done"),
    },
    "slot": {
        "create": N_("added the time slot"),
        "edit": N_("changed the time slot"),
        "remove": N_("removed the time slot"),
    },
    "booth": {
        "book slot": N_("booked a time slot"),
        "give up slot": N_("gave a time slot up"),
        "check in": N_("checked the booth in by photo"),
        "check out": N_("checked the booth out by photo"),
        "add photo": N_("added a photo"),
        "tick": N_("ticked a check"),
        "untick": N_("took a tick back"),
        "open": N_("opened the booth"),
        "open unready": N_("opened the booth though it was not ready"),
    },
    "access_pass": {
        "issue": N_("issued the pass"),
        "revoke": N_("withdrew the pass"),
        "enter": N_("let it in at the gate"),
        "leave": N_("let it out at the gate"),
    },
    "certificate": {
        "create": N_("added the certificate"),
        "edit": N_("changed the certificate"),
        "attach": N_("filed a document"),
        "check": N_("checked the certificate"),
        "set aside": N_("set the check aside: the exhibitor left the booth"),
        "remove": N_("removed the certificate"),
    },
    "fault": {
        "raise": N_("raised the fault"),
        "assign": N_("assigned the fault"),
        "fix": N_("reported the fault as fixed"),
        "close": N_("closed the fault"),
    },
}
"""What the history says, by kind of thing and verb."""
