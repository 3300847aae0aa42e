"""What visitors get free: where, when, and how many each."""

from flask import Blueprint, render_template

from eventsite.events.models import Event
from eventsite.events.queries import open_days
from eventsite.giveaways.core import handout
from eventsite.giveaways.enums import Eligibility
from eventsite.giveaways.queries import list_giveaways
from eventsite.kernel import clock
from eventsite.web.access import public

blueprint = Blueprint("giveaways", __name__)


@blueprint.get("/e/<slug:event>/giveaways")
@public
def show(event: Event) -> str:
    """Show what is handed out to everybody, then what is earned."""
    now = clock.now()
    days = open_days(event)
    closings = {day.date: day.hours.end for day in days}
    gifts = [
        (
            gift,
            handout(
                [(slot.releases_at, slot.quantity) for slot in gift.slots],
                now=now,
                zone=event.zone,
                closings=closings,
            ),
        )
        for gift in list_giveaways(event)
    ]
    return render_template(
        "giveaways/giveaways.html",
        free=[pair for pair in gifts if pair[0].eligibility is Eligibility.OPEN],
        earned=[pair for pair in gifts if pair[0].eligibility is not Eligibility.OPEN],
        several_days=len(days) > 1,
    )
