"""Words of imports: what becomes of an item, and how it was found in the draft."""

from collections.abc import Mapping
from enum import Enum

from eventsite.kernel.words import N_


class Move(Enum):
    """What a file does to an item of the draft."""

    ADDED = "added"
    MOVED = "moved"
    REWORDED = "reworded"
    SAME = "same"


class FoundBy(Enum):
    """By what an item of the draft was found; `NOTHING` makes it a new one."""

    NOTHING = "nothing"
    GUID = "guid"
    REF = "ref"
    SLOT = "slot"
    TITLE = "title"


FOUND_WORDS: Mapping[FoundBy, str] = {
    FoundBy.SLOT: N_("by title and start"),
    FoundBy.TITLE: N_("by its title alone"),
}

FIELD_WORDS: Mapping[str, str] = {
    "stage": N_("Stage"),
    "start": N_("Start"),
    "minutes": N_("Minutes"),
    "title_zh": N_("Title (Chinese)"),
    "title_en": N_("Title (English)"),
    "kind": N_("Kind"),
    "status": N_("State"),
    "troupe": N_("Troupe"),
    "delegation": N_("Delegation"),
    "notice_zh": N_("Note for visitors (Chinese)"),
    "notice_en": N_("Note for visitors (English)"),
    "languages": N_("Languages"),
    "audio": N_("Audio"),
    "props_zh": N_("Props"),
    "call_minutes_before": N_("Call time (minutes before)"),
    "setup_minutes": N_("Set-up (minutes)"),
    "teardown_minutes": N_("Tear-down (minutes)"),
    "walk_minutes": N_("Walk (minutes)"),
    "wireless_mics": N_("Wireless microphones"),
}

ACTS: Mapping[str, Mapping[str, str]] = {
    "event": {"import programme": N_("took a programme from a file")},
    "troupe": {"create": N_("added the troupe")},
}
