"""Sentences of the programme's editor, which its script fills in and shows."""

from flask_babel import gettext as _

from eventsite.kernel.words import N_

WORDS = {
    "saving": N_("Saving …"),
    "saved": N_("Saved %(time)s"),
    "as_saved": N_("Each move is saved at once"),
    "reading": N_("You may read this, not change it"),
    "queued": N_("No connection. Not saved yet: %(count)s. They go out when it is back."),
    "unsaved": N_("Not saved yet: %(count)s"),
    "signed_out": N_("You are signed out: sign in again in another window, then press “Send again”."),
    "refused": N_("Not saved: %(why)s"),
    "dropped": N_("Not saved, and put back: %(why)s"),
    "conflict": N_("Somebody else moved the same item: decide, then it is saved"),
    "others": N_("Changed by somebody else: %(count)s. The grid shows them as they are now."),
    "moved": N_("“%(title)s”: %(stage)s %(from)s–%(to)s"),
    "tray": N_("“%(title)s” waits for its place"),
    "undone": N_("Undone: %(what)s"),
    "redone": N_("Done again: %(what)s"),
    "nothing_undo": N_("There is nothing to undo."),
    "fixed": N_("“%(title)s” is a fixed point: only its own form moves it."),
    "foreign": N_("“%(stage)s” is not yours to plan."),
    "no_gap": N_("“%(stage)s” has no gap of %(minutes)s min on this day."),
    "put_off": N_("Put the later one off by %(minutes)s min"),
    "put_off_more": N_("Put off by %(minutes)s min, with %(count)s behind it"),
    "block": N_("blocks"),
    "warn": N_("warns"),
    "overlap": N_("%(minutes)s min"),
    "clash_minutes": N_("%(words)s: %(minutes)s min"),
    "blocked": N_("Clashes that block a release: %(count)s"),
    "unblocked": N_("No clash blocks a release"),
    "more": N_("and %(count)s more"),
    "setup": N_("set-up %(before)s min, tear-down %(after)s min"),
    "minutes": N_("%(count)s min"),
    "state_added": N_("New"),
    "state_moved": N_("Moved"),
    "state_cancelled": N_("Cancelled"),
    "state_restored": N_("Takes place after all"),
    "state_edited": N_("Reworded"),
    "unit": N_("part of a unit"),
    "covered": N_("covered"),
    "open_air": N_("open air"),
    "waits": N_("waits for its place"),
    "theirs": N_("As they saved it"),
    "mine": N_("As you have it"),
    "take_theirs": N_("Use theirs"),
    "take_mine": N_("Use mine"),
    "start": N_("Start"),
    "stage": N_("Stage"),
    "length": N_("Length"),
    "chosen_none": N_("Nothing is chosen"),
    "chosen_many": N_("%(count)s are chosen"),
}


def editor_words() -> dict[str, str]:
    """Return the sentences in the reader's language."""
    return {name: _(words) for name, words in WORDS.items()}
