"""The team's list of giveaways: stock, limits and timed releases."""

from functools import partial
from typing import Any

from flask import Blueprint

from eventsite.events.models import Event
from eventsite.giveaways import sheets
from eventsite.giveaways.enums import ELIGIBILITY_WORDS
from eventsite.giveaways.permissions import GiveawayPermission
from eventsite.giveaways.queries import list_giveaways
from eventsite.web.access import requires
from eventsite.web.language import word
from eventsite.web.lists import list_page, render_list, searched

blueprint = Blueprint("giveaways_admin", __name__, url_prefix="/admin/e/<slug:event>/giveaways")
blueprint.add_app_template_filter(partial(word, ELIGIBILITY_WORDS), "eligibility")


@list_page(blueprint, "/", file="giveaways")
@requires(GiveawayPermission.SEE_GIVEAWAYS)
def giveaways(event: Event) -> Any:
    """List the giveaways, zone by zone."""
    return render_list(
        "giveaways/admin/giveaways.html", searched(list_giveaways(event)), table=sheets.GIVEAWAYS
    )
