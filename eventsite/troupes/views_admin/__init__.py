"""The team's pages of troupes: how each stands, its link, and what it is told."""

from flask import Blueprint

blueprint = Blueprint("troupes_admin", __name__, url_prefix="/admin/e/<slug:event>")

from eventsite.troupes.views_admin import desk, notices, paper  # noqa: E402, F401
