"""Help for visitors: whom to call, where the desk is, what people ask, and the notices."""

from flask import Blueprint, render_template

from eventsite.events.models import Event
from eventsite.events.queries import list_landmarks, open_days
from eventsite.helpdesk.queries import list_faq, list_notices
from eventsite.kernel import clock
from eventsite.web.access import public

blueprint = Blueprint("helpdesk", __name__)
WHERE_TO_GO = ("information", "first_aid", "toilet", "emergency_exit")


@blueprint.get("/e/<slug:event>/help")
@public
def show(event: Event) -> str:
    """Show emergency numbers, desks and answers."""
    places = [place for place in list_landmarks(event) if place.facility.kind in WHERE_TO_GO]
    places.sort(key=lambda place: WHERE_TO_GO.index(place.facility.kind))
    return render_template("helpdesk/help.html", places=places, faq=list_faq(event), days=open_days(event))


@blueprint.get("/e/<slug:event>/notices")
@public
def notices(event: Event) -> str:
    """Show the notices that are out, the newest first."""
    return render_template("helpdesk/notices.html", notices=list_notices(event, clock.now()))
