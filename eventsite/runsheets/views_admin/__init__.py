"""The team's page of papers, the papers themselves, and the run sheet as a list."""

from flask import Blueprint

blueprint = Blueprint("runsheets_admin", __name__, url_prefix="/admin/e/<slug:event>/programme/papers")

from eventsite.runsheets.views_admin import papers  # noqa: E402, F401
