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
from eventsite.programme.operations.rules import set_severities

__all__ = [
    "cancel_item",
    "create_item",
    "create_plan",
    "edit_item",
    "edit_plan",
    "place_in_plan",
    "place_items",
    "release_programme",
    "remove_item",
    "remove_plan",
    "reset_in_plan",
    "set_severities",
    "switch_back",
]
