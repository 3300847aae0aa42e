"""Reading the draft, the releases, and what is on. Every lookup goes through its event."""

from eventsite.programme.queries.draft import clash_rules, list_waiting, read_draft
from eventsite.programme.queries.editor import draft_mark, placed_versions, stages_of_items
from eventsite.programme.queries.items import (
    PLAIN,
    facts_of,
    get_item,
    get_item_to_write,
    get_stage,
    list_partners,
    list_parts,
)
from eventsite.programme.queries.plans import DRAFT, get_plan, list_plan_slots, list_plans
from eventsite.programme.queries.releases import (
    ReleaseView,
    Shown,
    current_release,
    find_last_release,
    find_live_state,
    find_shown,
    first_release_with,
    get_release,
    list_releases,
    list_removed,
    now_next,
)
from eventsite.programme.queries.resources import (
    count_uses,
    get_resource,
    get_resource_to_write,
    list_resources,
)
from eventsite.programme.queries.troupes import (
    get_troupe,
    get_troupe_page,
    get_troupe_to_write,
    list_items_of,
    list_troupes,
)

__all__ = [
    "DRAFT",
    "PLAIN",
    "ReleaseView",
    "Shown",
    "clash_rules",
    "count_uses",
    "current_release",
    "draft_mark",
    "facts_of",
    "find_last_release",
    "find_live_state",
    "find_shown",
    "first_release_with",
    "get_item",
    "get_item_to_write",
    "get_plan",
    "get_release",
    "get_resource",
    "get_resource_to_write",
    "get_stage",
    "get_troupe",
    "get_troupe_page",
    "get_troupe_to_write",
    "list_items_of",
    "list_partners",
    "list_parts",
    "list_plan_slots",
    "list_plans",
    "list_releases",
    "list_removed",
    "list_resources",
    "list_troupes",
    "list_waiting",
    "now_next",
    "placed_versions",
    "read_draft",
    "stages_of_items",
]
