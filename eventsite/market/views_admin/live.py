"""The quick page on which leads say how their booths do right now."""

from collections.abc import Callable

from flask import Flask, current_app, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.market import operations, queries
from eventsite.market.core import standing
from eventsite.market.enums import LIVE_WORDS, LiveState
from eventsite.market.forms import LiveForm
from eventsite.market.permissions import MarketPermission, booth_thing
from eventsite.market.views_admin import blueprint
from eventsite.market.views_admin.booths import booth_scopes
from eventsite.web.access import current_actor, may, requires

OPENING = "opening of booths"
blueprint.add_app_template_filter(lambda state: _(LIVE_WORDS[state]), "live_word")


def learn_opening(app: Flask, open_booth: Callable[..., object]) -> None:
    """Let whoever says that a booth is open open it by `open_booth`, which refuses one that is not ready."""
    app.extensions[OPENING] = open_booth


@blueprint.get("/live")
@requires(MarketPermission.SEE_BOOTHS)
def live(event: Event) -> str:
    """Show how booths do, with big buttons for those that the reader may speak for."""
    now = clock.now()
    today = now.astimezone(event.zone).date()
    booths = queries.list_booths(event)
    mine = [booth for booth in booths if may(MarketPermission.SAY_LIVE, booth_thing(booth))]
    return render_template(
        "market/admin/live.html",
        booths=[
            (booth, standing(booth.live_state, booth.live_at, today=today, zone=event.zone))
            for booth in mine or booths
        ],
        states=[(state, _(words)) for state, words in LIVE_WORDS.items()],
        may_say=bool(mine),
    )


@blueprint.post("/live/<code:code>")
@requires(MarketPermission.SAY_LIVE, scopes=booth_scopes)
def say_live(event: Event, code: str) -> Redirect:
    """Say how a booth does; the page comes back at the booth."""
    form = LiveForm()
    now = clock.now()

    def act() -> None:
        actor, state = current_actor(), LiveState(form.state.data)
        if state is not LiveState.CLOSED:
            current_app.extensions[OPENING](actor, event, code, now=now)
        operations.say_live(actor, event, code, state, now=now)

    form.presses(act)
    return redirect(url_for(".live", event=event.slug, _anchor=f"b-{code}"), 303)
