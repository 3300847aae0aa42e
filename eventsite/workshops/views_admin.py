"""The team's list of workshops."""

from functools import partial
from typing import Any

from flask import Blueprint

from eventsite.events.models import Event
from eventsite.web.access import requires
from eventsite.web.language import word
from eventsite.web.lists import list_page, render_list, searched
from eventsite.workshops import sheets
from eventsite.workshops.enums import MODE_WORDS
from eventsite.workshops.permissions import WorkshopPermission
from eventsite.workshops.queries import list_workshops

blueprint = Blueprint("workshops_admin", __name__, url_prefix="/admin/e/<slug:event>/workshops")
blueprint.add_app_template_filter(partial(word, MODE_WORDS), "workshop_mode")


@list_page(blueprint, "/", file="workshops")
@requires(WorkshopPermission.SEE_WORKSHOPS)
def workshops(event: Event) -> Any:
    """List the workshops, zone by zone."""
    return render_list(
        "workshops/admin/workshops.html", searched(list_workshops(event)), table=sheets.WORKSHOPS
    )
