"""Open words of the help desk: the known ones in plain words; others are kept and shown as they are."""

from collections.abc import Mapping

from eventsite.kernel.words import N_

NOTICE_LEVELS: Mapping[str, str] = {
    "info": N_("For information"),
    "warning": N_("Warning"),
    "urgent": N_("Urgent"),
}
TICKET_CATEGORIES: Mapping[str, str] = {
    "lost_child": N_("Missing person"),
    "lost_item": N_("Lost and found"),
    "medical": N_("Medical"),
    "power": N_("Power"),
    "cleaning": N_("Cleaning"),
    "queue": N_("Queue"),
    "supply": N_("Supplies"),
    "suggestion": N_("Suggestion"),
}
TICKET_STATUSES: Mapping[str, str] = {
    "opened": N_("Not taken up yet"),
    "dispatched": N_("Dispatched"),
    "accepted": N_("Accepted"),
    "processing": N_("Being dealt with"),
    "resolved": N_("Settled"),
    "closed": N_("Closed"),
}
PRIORITIES: Mapping[str, str] = {
    "urgent": N_("Urgent"),
    "high": N_("High"),
    "normal": N_("Normal"),
    "low": N_("Low"),
}
ACTS: Mapping[str, Mapping[str, str]] = {"announcement": {"publish": N_("published the notice")}}
COUNT_METHODS: Mapping[str, str] = {
    "manual_count": N_("Counted by hand"),
    "camera": N_("Counted by camera"),
    "estimate": N_("Estimated"),
}
