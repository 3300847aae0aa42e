"""The team's pages of the draws: the list, the rules, and the console with the one act that comes next."""

from flask import Blueprint

blueprint = Blueprint("draws_admin", __name__, url_prefix="/admin/e/<slug:event>/draws")

from eventsite.draws.views_admin import acts, buttons, console, rules, witnessing  # noqa: E402, F401
