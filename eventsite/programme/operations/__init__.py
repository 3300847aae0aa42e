"""What changes the draft, and what freezes it."""

from eventsite.programme.operations.items import cancel_item, create_item, edit_item, remove_item
from eventsite.programme.operations.releases import release_programme

__all__ = ["cancel_item", "create_item", "edit_item", "release_programme", "remove_item"]
