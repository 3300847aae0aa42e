"""The team's list of giveaways: stock, limits and timed releases."""

from functools import partial

from flask import Blueprint

from eventsite.events.models import Event
from eventsite.giveaways.enums import ELIGIBILITY_WORDS
from eventsite.giveaways.permissions import GiveawayPermission
from eventsite.giveaways.queries import list_giveaways
from eventsite.web.access import requires
from eventsite.web.language import word
from eventsite.web.lists import render_list, searched

blueprint = Blueprint("giveaways_admin", __name__, url_prefix="/admin/e/<slug:event>/giveaways")
blueprint.add_app_template_filter(partial(word, ELIGIBILITY_WORDS), "eligibility")


@blueprint.get("/")
@requires(GiveawayPermission.SEE_GIVEAWAYS)
def giveaways(event: Event) -> str:
    """List the giveaways, zone by zone."""
    return render_list("giveaways/admin/giveaways.html", searched(list_giveaways(event)))
