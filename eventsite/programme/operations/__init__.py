"""What changes the draft, and what freezes it."""

from eventsite.programme.operations.items import cancel_item, create_item, edit_item, remove_item
from eventsite.programme.operations.placing import place_items
from eventsite.programme.operations.plans import (
    create_plan,
    edit_plan,
    place_in_plan,
    remove_plan,
    reset_in_plan,
)
from eventsite.programme.operations.releases import release_programme, switch_back
from eventsite.programme.operations.resources import (
    create_resource,
    edit_resource,
    remove_resource,
    set_uses,
)
from eventsite.programme.operations.rules import set_severities
from eventsite.programme.operations.units import add_presentation, join_unit, part_unit
from eventsite.programme.operations.windows import add_window, remove_window

__all__ = [
    "add_presentation",
    "add_window",
    "cancel_item",
    "create_item",
    "create_plan",
    "create_resource",
    "edit_item",
    "edit_plan",
    "edit_resource",
    "join_unit",
    "part_unit",
    "place_in_plan",
    "place_items",
    "release_programme",
    "remove_item",
    "remove_plan",
    "remove_resource",
    "remove_window",
    "reset_in_plan",
    "set_severities",
    "set_uses",
    "switch_back",
]
