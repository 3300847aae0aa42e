"""The team's pages of the market: booths, the plan, circuits, and how booths do right now."""

from flask import Blueprint

blueprint = Blueprint("market_admin", __name__, url_prefix="/admin/e/<slug:event>/market")

from eventsite.market.views_admin import background, booths, circuits, imports, live, plan, shapes  # noqa: E402, F401
