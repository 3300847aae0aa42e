"""The team's pages of timetable proposals."""

from flask import Blueprint

blueprint = Blueprint("scheduling_admin", __name__, url_prefix="/admin/e/<slug:event>/scheduling")

from eventsite.scheduling.views_admin import desk  # noqa: E402, F401
