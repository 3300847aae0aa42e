"""Full-screen boards for the fair's own screens: all stages, or one."""

from datetime import datetime, timedelta

from flask import Blueprint, current_app, render_template, request

from eventsite.events.core import current_day
from eventsite.events.models import Event
from eventsite.events.queries import open_days
from eventsite.giveaways.models import Giveaway
from eventsite.giveaways.queries import list_giveaways
from eventsite.helpdesk.core import Footfall
from eventsite.helpdesk.queries import find_footfall, list_notices
from eventsite.kernel import clock
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.programme.core.acting import items_of, waiting_at
from eventsite.programme.core.board import StageNow, board_at, stage_at
from eventsite.programme.core.desk import progress_of
from eventsite.programme.core.values import Item, Programme
from eventsite.programme.queries import current_release, find_shown
from eventsite.web.access import public
from eventsite.web.kept import Body, Place, keep
from eventsite.web.language import language
from eventsite.web.links import absolute
from eventsite.web.qr import svg_response

blueprint = Blueprint("stagedesk", __name__)
blueprint.add_app_template_global(progress_of)

PAGE = "private, no-cache"
HOLDS = timedelta(seconds=10)  # a board may be this late with the minutes it tells
ROWS = 8  # stages that can be read from six metres
COMING = 4
HANDOUTS = 5
TODAY = timedelta(hours=18)
SOON = timedelta(hours=4)  # past midnight, too
COUNTED = timedelta(hours=2)  # how long a count of people says something


def _place(event: str, **values: str) -> Place | None:
    """Return the place of a board, which all see alike; the team sees its own, of drafts too."""
    if current_app.config["SESSION_COOKIE_NAME"] in request.cookies:
        return None
    asked = sorted(request.args)
    shown = find_shown(event)
    if shown is None or not shown.is_public or asked not in ([], ["lang"]):
        return None
    return Place(key=(request.endpoint, event, shown, language(), *values.items()), cache_control=PAGE)


def _board(template: str, now: datetime, until: datetime | None, **values: object) -> Body:
    html = render_template(template, now=now, **values)
    held = min(now + HOLDS, until or now + HOLDS)
    return Body(data=html.encode(), mimetype="text/html", until=held)


@blueprint.get("/e/<slug:event>/screen")
@keep(_place)
@public
def lobby(event: Event) -> Body:
    """Show all stages: what is on now, what is next, what is handed out, and the word of the hour."""
    view, now = current_release(event), clock.now()
    board = board_at(view.programme, now) if view else None
    rows = board.stages if board else ()
    return _board(
        "stagedesk/lobby.html",
        now,
        board.until if board else None,
        rows=sorted(rows, key=_rank)[:ROWS] if len(rows) > ROWS else rows,
        more=max(0, len(rows) - ROWS),
        day=current_day(open_days(event), now),
        handouts=_handouts(event, now),
        raffle=_raffle(view.programme, now) if view else None,
        places=view.programme.places if view else {},
        footfall=_footfall(event, now),
        soon=SOON,
        notice=next(iter(list_notices(event, now)), None),
    )


@blueprint.get("/e/<slug:event>/screen/<code:code>")
@keep(_place)
@public
def screen(event: Event, code: str) -> Body:
    """Show one stage: what is on and what comes."""
    view, now = current_release(event), clock.now()
    place = view.programme.places.get(code) if view else None
    if view is None or place is None:
        raise NotFound(N_("There is no stage “%(code)s” in the programme that is out."), code=code)
    items = [item for item in view.programme.items if item.stage == code]
    row = stage_at(place, items, now)
    today = items_of(view.programme, code, now)
    coming = waiting_at(today, now)
    return _board(
        "stagedesk/screen.html",
        now,
        board_at(view.programme, now).until,
        soon=SOON,
        row=row,
        coming=coming[:COMING],
        notice=next(iter(list_notices(event, now)), None),
    )


@blueprint.get("/e/<slug:event>/screen-code.svg")
@public
def code(event: Event) -> object:
    """Draw the code that leads from a board to the fair's pages."""
    return svg_response(absolute("public.home", event=event.slug))


def _rank(row: StageNow) -> tuple[bool, bool, str]:
    """Put stages first where something is on, then those where something comes."""
    return not row.on, row.next is None, row.stage.code


def _footfall(event: Event, now: datetime) -> Footfall | None:
    """Return how full the zones are, nothing where the count is old."""
    found = find_footfall(event, now)
    return found if found and found.zones and now - found.at <= COUNTED else None


def _handouts(event: Event, now: datetime) -> list[tuple[datetime, Giveaway]]:
    """Return the next hand-outs of the day."""
    if not event.modules.get("giveaways"):
        return []
    today = now.astimezone(event.zone).date()
    found = [
        (slot.releases_at, gift)
        for gift in list_giveaways(event)
        for slot in gift.slots
        if slot.releases_at > now and slot.releases_at.astimezone(event.zone).date() == today
    ]
    return sorted(found, key=lambda pair: pair[0])[:HANDOUTS]


def _raffle(programme: Programme, now: datetime) -> Item | None:
    """Return the next prize draw of the day."""
    draws = [item for item in programme.items if item.kind == "raffle" and not item.is_cancelled]
    return next((item for item in draws if now < item.slot.start < now + TODAY), None)
