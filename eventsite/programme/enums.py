"""Words of the programme: what an item is, how it stands, and what a release changed."""

from enum import Enum

from eventsite.kernel.words import N_

CANCELLED = "cancelled"
SCHEDULED = "scheduled"
SKIPPED = "skipped"
OFF = frozenset({CANCELLED, "withdrawn", SKIPPED})
BREAK, BLOCKER = "break", "blocker"
FIXED_KINDS = frozenset({"signing", "raffle"})
"""Kinds that stay where they are unless an item says otherwise: people come for their hour."""

# Kinds and states are open words: unknown ones are kept and shown as they are.
KINDS: dict[str, str] = {
    "warm_up": N_("Warm-up"),
    "opening": N_("Opening ceremony"),
    "presentation": N_("Presentation"),
    "performance": N_("Performance"),
    "heritage_demo": N_("Heritage showcase"),
    "signing": N_("Signing ceremony"),
    "raffle": N_("Prize draw"),
    "workshop": N_("Workshop"),
    "parade": N_("Parade"),
    "closing": N_("Closing ceremony"),
    BREAK: N_("Break"),
    BLOCKER: N_("Blocked (not public)"),
}
STATES: dict[str, str] = {
    SCHEDULED: N_("Scheduled"),
    CANCELLED: N_("Cancelled"),
    "withdrawn": N_("Withdrawn"),
    SKIPPED: N_("Skipped today"),
}


class ResourceKind(Enum):
    """What items share."""

    PERSON = "person"
    PROP = "prop"
    MICROPHONES = "microphones"


RESOURCE_WORDS: dict[ResourceKind, str] = {
    ResourceKind.PERSON: N_("Person"),
    ResourceKind.PROP: N_("Prop"),
    ResourceKind.MICROPHONES: N_("Microphone set"),
}


class Severity(Enum):
    """What a broken rule does: it stops a release, it is shown, or it is passed over."""

    BLOCK = "block"
    WARN = "warn"
    SILENT = "silent"


SEVERITY_WORDS: dict[Severity, str] = {
    Severity.BLOCK: N_("Blocks a release"),
    Severity.WARN: N_("Warns"),
    Severity.SILENT: N_("Is passed over"),
}


class ClashRule(Enum):
    """A rule that a draft is held to."""

    STAGE = "stage"
    SETUP = "setup"
    TROUPE = "troupe"
    WALK = "walk"
    PERSON = "person"
    PROP = "prop"
    MICROPHONES = "microphones"
    AVAILABILITY = "availability"
    HOURS = "hours"
    UNIT = "unit"


RULE_WORDS: dict[ClashRule, str] = {
    ClashRule.STAGE: N_("Two items at one time on one stage"),
    ClashRule.SETUP: N_("Set-up or tear-down runs into another item of the stage"),
    ClashRule.TROUPE: N_("A troupe in two places at one time"),
    ClashRule.WALK: N_("Too little time for a troupe to reach its next stage"),
    ClashRule.PERSON: N_("A person in two places at one time"),
    ClashRule.PROP: N_("A prop is used twice at one time"),
    ClashRule.MICROPHONES: N_("More microphones than there are"),
    ClashRule.AVAILABILITY: N_("Outside the times when the troupe can perform"),
    ClashRule.HOURS: N_("Outside the hours of the fair"),
    ClashRule.UNIT: N_("Two parts of one unit do not follow each other"),
}
SEVERITIES: dict[ClashRule, Severity] = {
    ClashRule.STAGE: Severity.BLOCK,
    ClashRule.SETUP: Severity.WARN,
    ClashRule.TROUPE: Severity.BLOCK,
    ClashRule.WALK: Severity.WARN,
    ClashRule.PERSON: Severity.BLOCK,
    ClashRule.PROP: Severity.WARN,
    ClashRule.MICROPHONES: Severity.WARN,
    ClashRule.AVAILABILITY: Severity.WARN,
    ClashRule.HOURS: Severity.WARN,
    ClashRule.UNIT: Severity.WARN,
}
"""How grave each rule is where an event has not said otherwise."""


class ChangeKind(Enum):
    """What a release did to an item, the gravest first."""

    CANCELLED = "cancelled"
    REMOVED = "removed"
    MOVED = "moved"
    RESTORED = "restored"
    ADDED = "added"
    EDITED = "edited"


class ActKind(Enum):
    """What a desk does to its stage on the day."""

    DELAY = "delay"
    START = "start"
    FINISH = "finish"
    SKIP = "skip"
    SWAP = "swap"
    UNDO = "undo"


ACT_WORDS: dict[ActKind, str] = {
    ActKind.DELAY: N_("%(minutes)s min later from “%(item)s” on"),
    ActKind.START: N_("“%(item)s” started"),
    ActKind.FINISH: N_("“%(item)s” ended"),
    ActKind.SKIP: N_("“%(item)s” skipped"),
    ActKind.SWAP: N_("“%(item)s” and “%(other)s” changed places"),
    ActKind.UNDO: N_("an act was taken back (“%(item)s”)"),
}
"""What was done, as a desk tells it to another."""


class CheckKind(Enum):
    """What has to be there before an item comes on, in the order in which it is looked at."""

    CALLED = "called"
    ARRIVED = "arrived"
    MIC = "mic"
    MUSIC = "music"
    PROPS = "props"


CHECK_WORDS: dict[CheckKind, str] = {
    CheckKind.CALLED: N_("Called"),
    CheckKind.ARRIVED: N_("Arrived"),
    CheckKind.MIC: N_("Mics"),
    CheckKind.MUSIC: N_("Music"),
    CheckKind.PROPS: N_("Props"),
}


class Daypart(Enum):
    """A part of a fair day, as visitors speak of it."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


# What the history says, by kind of thing and verb.
ACTS: dict[str, dict[str, str]] = {
    "programme_item": {
        "create": N_("added the item"),
        "edit": N_("changed the item"),
        "cancel": N_("cancelled the item"),
        "remove": N_("removed the item"),
        "place": N_("moved the item"),
        "use": N_("said what the item uses"),
        "join": N_("made it part of a unit"),
        "part": N_("dissolved its unit"),
        "delay": N_("put it off on its stage"),
        "start": N_("started it on its stage"),
        "finish": N_("ended it on its stage"),
        "skip": N_("skipped it on its stage"),
        "swap": N_("let it change places with the next on its stage"),
        "undo": N_("took the last act on its stage back"),
    },
    "troupe": {
        "tell": N_("sent the troupe a message from the stage"),
        "open": N_("added a time when the troupe can perform"),
        "close": N_("took away a time when the troupe can perform"),
    },
    "release": {
        "release": N_("released the programme"),
        "switch": N_("switched to another plan"),
    },
    "programme_plan": {
        "create": N_("prepared a plan"),
        "edit": N_("changed the plan"),
        "place": N_("moved an item in the plan"),
        "reset": N_("put an item back to where the draft has it"),
        "remove": N_("removed the plan"),
    },
    "resource": {
        "create": N_("added what items share"),
        "edit": N_("changed what items share"),
        "remove": N_("removed what items share"),
    },
    "clash_setting": {"edit": N_("changed how grave the rules are")},
}
