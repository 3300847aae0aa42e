"""The private page of a troupe, its calendar, and what it says there."""

from eventsite.troupes.views_public import own
from eventsite.troupes.views_public.doors import blueprint

__all__ = ["blueprint", "own"]
