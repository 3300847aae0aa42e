"""The team's pages of the day: the stage desks, and switching plans."""

from flask import Blueprint

blueprint = Blueprint("stagedesk_admin", __name__, url_prefix="/admin/e/<slug:event>")

from eventsite.stagedesk.views_admin import desk, plans  # noqa: E402, F401
