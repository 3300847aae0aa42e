"""Sentences of the floor plan's editor, which its script fills in and shows."""

from flask_babel import gettext as _

from eventsite.kernel.words import N_
from eventsite.market.forms import BoothForm, ShapeForm
from eventsite.web.forms import labels_of

WORDS = {
    "zone": N_("Zone"),
    "stage": N_("Stage"),
    "booth": N_("Booth"),
    "facility": N_("Facility"),
    "fire_lane": N_("Fire lane"),
    "route": N_("Float route"),
    "water": N_("Water"),
    "label": N_("Words on the plan"),
    "warned": N_(", has a warning"),
    "has_warning": N_("has a warning"),
    "unplaced": N_("not on the plan yet"),
    "people": N_("%(count)s people"),
    "lane": N_("%(name)s, %(metres)s m wide"),
    "metres": N_("%(metres)s m"),
    "chosen": N_("%(count)s are chosen"),
    "nothing": N_("Nothing is chosen"),
    "bad": N_("To be solved:"),
    "look": N_("To look at:"),
    "more": N_("and %(count)s more"),
    "none_found": N_("Nothing found"),
    "unread": N_("This value does not fit; the old one stays."),
    "saving": N_("Saving …"),
    "saved": N_("Saved %(time)s"),
    "as_saved": N_("No changes"),
    "unsaved": N_("%(count)s unsaved"),
    "offline": N_("Offline, %(count)s unsaved"),
    "conflict": N_("Changed by somebody else: decide, then save"),
    "signed_out": N_("You are signed out: sign in again in another window, then save here"),
    "refused": N_("Not saved: %(why)s"),
    "saved_now": N_("Saved: %(count)s changes."),
    "kept": N_("%(count)s changes of %(time)s were not saved; this browser kept them."),
    "unkept": N_("This browser keeps no copy of unsaved changes: save more often."),
    "theirs": N_("Saved by somebody else"),
    "mine": N_("Yours, not saved"),
    "take_theirs": N_("Take theirs"),
    "take_mine": N_("Take mine"),
    "whole": N_("The whole thing"),
    "stays": N_("stays"),
    "gone": N_("removed"),
    "empty": N_("nothing"),
    "yes": N_("yes"),
    "no": N_("no"),
    "undone": N_("Undone."),
    "redone": N_("Done again."),
    "dropped": N_("Dropped; nothing is changed."),
    "removed": N_("%(count)s removed. Undo brings them back."),
    "numbered": N_("%(count)s booths of zone %(zone)s are numbered in reading order."),
    "choose_two": N_("Choose two things or more: Shift and click, or a frame around them."),
    "no_zone": N_("There is no zone here in which you may add one."),
    "added": N_("%(name)s is added. Save to keep it."),
    "two_points": N_("A route runs through two points at least."),
    "changed_many": N_("%(count)s things are changed."),
    "lies": N_("%(name)s: %(x)s, %(y)s m; %(w)s × %(h)s m"),
    "stands": N_("%(name)s: %(x)s, %(y)s m"),
    "square": N_("One square is 1 m"),
}
NEW_NAMES = {
    "booth": ("新展位", "New booth"),
    "zone": ("新展区", "New zone"),
    "stage": ("新舞台", "New stage"),
    "facility": ("新入口", "New gate"),
    "fire_lane": ("消防通道", "Fire lane"),
    "route": ("花车路线", "Float route"),
    "water": ("水面", "Water"),
    "label": ("文字", "Words"),
}
"""What a new thing is called in both languages until somebody names it."""


def editor_words() -> dict[str, str]:
    """Return the sentences in the reader's language, the fields' names with them."""
    fields = {**labels_of(ShapeForm), **labels_of(BoothForm)}
    places = {"x": _("Left (m)"), "y": _("Top (m)")}
    zones = {"color": _("Colour"), "limit_kw": _("Its feeder carries (kW)")}
    return {
        **{name: _(words) for name, words in WORDS.items()},
        **{f"f_{name}": words for name, words in {**fields, **places, **zones}.items()},
        **{f"new_{kind}_zh": names[0] for kind, names in NEW_NAMES.items()},
        **{f"new_{kind}_en": names[1] for kind, names in NEW_NAMES.items()},
    }
