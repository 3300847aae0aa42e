"""What every page of an event loads: its colours."""

from functools import partial

from flask import Blueprint, Response, make_response

from eventsite.events.enums import ZONE_KINDS
from eventsite.events.models import Event
from eventsite.events.queries import list_zones
from eventsite.web.access import public
from eventsite.web.headers import shared
from eventsite.web.language import word
from eventsite.web.theme import theme_css

blueprint = Blueprint("events", __name__)
blueprint.add_app_template_filter(partial(word, ZONE_KINDS), "zone_kind")
KEEP_SECONDS = 300


@blueprint.get("/e/<slug:event>/theme.css")
@public
def theme(event: Event) -> Response:
    """Serve the event's colours and those of its zones."""
    colors = {color["token"]: color["hex"] for color in event.theme_colors}
    zones = {zone.code: zone.color for zone in list_zones(event)}
    response = make_response(theme_css(colors, zones))
    response.mimetype = "text/css"
    return shared(response, KEEP_SECONDS)
