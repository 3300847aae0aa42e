"""What changes booths and the plan. Each act is one transaction with its row in the audit log."""

from eventsite.market.operations.booths import create_booth, edit_booth, remove_booth

__all__ = ["create_booth", "edit_booth", "remove_booth"]
