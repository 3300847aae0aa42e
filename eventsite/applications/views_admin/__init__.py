"""The team's pages: the review desk, and the calls for exhibitors."""

from eventsite.applications.views_admin import calls, decisions, imports
from eventsite.applications.views_admin.desk import blueprint

__all__ = ["blueprint", "calls", "decisions", "imports"]
