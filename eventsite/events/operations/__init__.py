"""Changing events and who belongs to them."""

from eventsite.events.operations.grants import grant_role, keep_holder, revoke_role

__all__ = ["grant_role", "keep_holder", "revoke_role"]
