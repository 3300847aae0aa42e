"""Reading the draft, the releases, and what is on. Every lookup goes through its event."""

from eventsite.programme.queries.draft import (
    facts_of,
    get_item,
    get_item_to_write,
    get_stage,
    get_troupe,
    list_troupes,
    read_draft,
)
from eventsite.programme.queries.releases import (
    ReleaseView,
    Shown,
    current_release,
    find_live_state,
    find_shown,
    first_release_with,
    get_release,
    list_releases,
    now_next,
)

__all__ = [
    "ReleaseView",
    "Shown",
    "current_release",
    "facts_of",
    "find_live_state",
    "find_shown",
    "first_release_with",
    "get_item",
    "get_item_to_write",
    "get_release",
    "get_stage",
    "get_troupe",
    "list_releases",
    "list_troupes",
    "now_next",
    "read_draft",
]
