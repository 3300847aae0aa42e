"""The team's pages of placement."""

from flask import Blueprint

blueprint = Blueprint("placement_admin", __name__, url_prefix="/admin/e/<slug:event>/placement")

from eventsite.placement.views_admin import desk, lots  # noqa: E402, F401
