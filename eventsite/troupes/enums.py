"""How troupes, their slots and their notices stand, and the words of the history."""

from enum import Enum

from eventsite.kernel.words import N_


class SlotState(Enum):
    """How a slot stands with its troupe."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    CHANGED = "changed"
    OFF = "off"


SLOT_WORDS: dict[SlotState, str] = {
    SlotState.ASKED: N_("Not confirmed yet"),
    SlotState.CONFIRMED: N_("Confirmed"),
    SlotState.CHANGED: N_("Changed since you confirmed"),
    SlotState.OFF: N_("Cancelled"),
}


class TroupeState(Enum):
    """How a troupe stands, what needs somebody first."""

    PROBLEM = "problem"
    CHANGED = "changed"
    NO_LINK = "no_link"
    ASKED = "asked"
    PARTLY = "partly"
    CONFIRMED = "confirmed"
    NO_SLOTS = "no_slots"


STATE_WORDS: dict[TroupeState, str] = {
    TroupeState.PROBLEM: N_("Reports a problem"),
    TroupeState.CHANGED: N_("Changed since confirming"),
    TroupeState.NO_LINK: N_("Has no link yet"),
    TroupeState.ASKED: N_("Asked, no answer"),
    TroupeState.PARTLY: N_("Confirmed in part"),
    TroupeState.CONFIRMED: N_("Confirmed"),
    TroupeState.NO_SLOTS: N_("No slots"),
}


class Verdict(Enum):
    """What became of a proposed time."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


VERDICT_WORDS: dict[Verdict, str] = {
    Verdict.WAITING: N_("Waiting for the organizers"),
    Verdict.ACCEPTED: N_("Taken over"),
    Verdict.DECLINED: N_("Declined"),
}


class NoticeStatus(Enum):
    """What became of a notice."""

    DRAFT = "draft"
    SENT = "sent"
    LEFT_OUT = "left_out"


class Reader(Enum):
    """Who a notice goes to."""

    TROUPE = "troupe"
    LEAD = "lead"
    STAGE = "stage"


READER_WORDS: dict[Reader, str] = {
    Reader.TROUPE: N_("Troupe"),
    Reader.LEAD: N_("Delegation lead"),
    Reader.STAGE: N_("Stage manager"),
}

ACTS: dict[str, dict[str, str]] = {
    "troupe": {
        "issue link": N_("issued the troupe's private link"),
        "revoke link": N_("revoked the troupe's private link"),
        "set contact": N_("changed where the troupe gets its mail"),
        "erase contact": N_("erased where the troupe got its mail"),
        "confirm": N_("confirmed its slots"),
    },
    "troupe_problem": {
        "report": N_("reported a problem"),
        "answer": N_("answered the problem"),
    },
    "window_proposal": {
        "propose": N_("said when it cannot perform"),
        "accept": N_("took over when the troupe cannot perform"),
        "decline": N_("declined when the troupe said it cannot perform"),
    },
    "troupe_notice": {
        "draft": N_("drafted what the troupe is told"),
        "edit": N_("changed what the troupe is told"),
        "send": N_("sent the notice"),
        "leave out": N_("left the notice out"),
    },
}
