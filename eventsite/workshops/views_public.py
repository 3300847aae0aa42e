"""What visitors can try themselves."""

from flask import Blueprint, render_template

from eventsite.events.models import Event
from eventsite.web.access import public
from eventsite.workshops.queries import list_workshops

blueprint = Blueprint("workshops", __name__)


@blueprint.get("/e/<slug:event>/workshops")
@public
def show(event: Event) -> str:
    """Show the workshops: where, when, how long, for whom."""
    return render_template("workshops/workshops.html", workshops=list_workshops(event))
