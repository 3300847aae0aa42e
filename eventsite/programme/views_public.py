"""The released programme for visitors: the list, its versions and changes, what is on now, favourites."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.programme.core.board import Board, board_at, is_over, minutes_left, overrun_minutes
from eventsite.programme.core.changes import read_changes
from eventsite.programme.core.choice import (
    Choice,
    choose,
    cities_of,
    days_of,
    favourites_cookie,
    is_known,
    read_marks,
    toggle,
)
from eventsite.programme.core.content import write_instant
from eventsite.programme.core.days import fair_day, plan_days
from eventsite.programme.core.told import board_content, mark
from eventsite.programme.enums import KINDS
from eventsite.programme.queries import (
    ReleaseView,
    current_release,
    find_shown,
    get_release,
    list_releases,
)
from eventsite.web.access import public
from eventsite.web.headers import FRAMED
from eventsite.web.kept import Body, Place, keep
from eventsite.web.language import is_elder, language
from eventsite.web.links import absolute
from eventsite.web.passes import check_proof, proves_origin

blueprint = Blueprint("programme", __name__)
for known in (is_over, minutes_left, overrun_minutes):
    blueprint.add_app_template_global(known)

PAGE = "private, no-cache"
POLLED = "public, max-age=5"
MINUTES_HOLD = timedelta(seconds=30)  # a page that says "8 min left" may be this late with it
FILTERS = ("day", "stage", "city", "lang", "elder")
KEPT_SECONDS = 180 * 24 * 3600


def _marks(slug: str) -> tuple[str, ...]:
    return read_marks(request.cookies.get(favourites_cookie(slug), ""))


def _shared_page(event: str, **values: int) -> Place | None:
    """Return the place of a page that all see alike; the team and people with favourites see their own."""
    own = (favourites_cookie(event), current_app.config["SESSION_COOKIE_NAME"])
    if request.cookies and any(name in request.cookies for name in own):
        return None
    asked = sorted(request.args.items(multi=True)) if request.query_string else []
    if any(name not in FILTERS for name, _ in asked) or len(asked) != len(request.args):
        return None
    shown = find_shown(event)
    if shown is None or not shown.is_public:
        return None
    key = (request.endpoint, event, shown, language(), is_elder(), *asked, *values.items())
    return Place(key=key, cache_control=PAGE)


def _page(template: str, *, until: datetime | None = None, lasting: bool = True, **values: object) -> Body:
    html = render_template(template, **values)
    return Body(data=html.encode(), mimetype="text/html", until=until, lasting=lasting)


def _until(now: datetime, edge: datetime | None = None) -> datetime:
    return min(now + MINUTES_HOLD, edge or now + MINUTES_HOLD)


@blueprint.get("/e/<slug:event>/programme")
@keep(_shared_page)
@public
def show(event: Event) -> Body:
    """Show the current release, by day and part of the day, with what is on marked."""
    view, now = current_release(event), clock.now()
    if view is None:
        return _page("programme/unreleased.html", until=_until(now))
    return _list(event, view, newest=view.number, now=now)


@blueprint.get("/e/<slug:event>/programme/v/<int:number>")
@keep(_shared_page)
@public
def version(event: Event, number: int) -> Body:
    """Show a release as it was."""
    view, shown = get_release(event, number), current_release(event)
    return _list(event, view, newest=shown.number if shown else number, now=None)


def _list(event: Event, view: ReleaseView, *, newest: int, now: datetime | None) -> Body:
    """Show a release; with `now`, what is on is marked and what is over lies folded below."""
    programme, choice, marks = view.programme, _choice(), _marks(event.slug)
    items = choose(programme, choice, marks)
    moment = now or clock.now()
    board = board_at(programme, moment)
    past = [item for item in items if now and is_over(item, now) and item.ref not in board.refs_waiting]
    if len(past) == len(items):
        past = []
    gone = {item.ref for item in past}
    return _page(
        "programme/show.html",
        until=_until(moment, board.until),
        lasting=is_known(programme, choice),
        view=view,
        newest=newest,
        programme=programme,
        days=plan_days(programme, [item for item in items if item.ref not in gone]),
        past=past,
        choice=choice,
        marks=marks,
        all_days=days_of(programme),
        cities=cities_of(programme),
        now=now,
        board=board,
        today=fair_day(programme, now) if now else None,
        kinds=KINDS,
    )


def _choice() -> Choice:
    asked = request.args
    return Choice(
        day=asked.get("day", ""),
        stage=asked.get("stage", ""),
        city=asked.get("city", ""),
        favourites=asked.get("fav") == "1",
    )


@blueprint.post("/e/<slug:event>/programme/favourites")
@proves_origin
@public
def favourites(event: Event) -> Response:
    """Add an item to the reader's favourites, or take it out; they live in a cookie of this event."""
    check_proof(None)
    mark = request.form.get("item", "")
    chosen = {name: request.form[name] for name in ("day", "stage", "city", "fav") if request.form.get(name)}
    page = url_for("programme.show", event=event.slug, _anchor=f"i-{mark}", **chosen)  # type: ignore[arg-type]
    return _remember(redirect(page, 303), event.slug, toggle(_marks(event.slug), mark))


def _remember(answer: Response, slug: str, marks: tuple[str, ...]) -> Response:
    answer.set_cookie(
        favourites_cookie(slug),
        ".".join(marks),
        max_age=KEPT_SECONDS if marks else 0,
        path=f"/e/{slug}/",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return answer


@blueprint.get("/e/<slug:event>/embed/programme")
@keep(_shared_page)
@public
def embed(event: Event) -> Body:
    """Show the programme without a script for a frame on any other site, by the filters of the page."""
    view, now = current_release(event), clock.now()
    choice = replace(_choice(), favourites=False)
    items = choose(view.programme, choice, ()) if view else ()
    board = board_at(view.programme, now) if view else None
    page = _page(
        "programme/embed.html",
        until=_until(now, board.until if board else None),
        lasting=view is not None and is_known(view.programme, choice),
        view=view,
        choice=choice,
        days=plan_days(view.programme, items) if view else (),
        on=board.refs_on if board else (),
        now=now,
    )
    framed = {"Content-Security-Policy": FRAMED, "Cross-Origin-Resource-Policy": "cross-origin"}
    return replace(page, headers={**page.headers, **framed})


@blueprint.get("/e/<slug:event>/embed")
@keep(_shared_page)
@public
def embedding(event: Event) -> Body:
    """Help partners to put the programme on their own site: the frame to copy, by day, stage and city."""
    view, choice = current_release(event), _choice()
    asked = {"day": choice.day, "stage": choice.stage, "city": choice.city, "lang": language()}
    return _page(
        "programme/embedding.html",
        until=_until(clock.now()),
        lasting=view is not None and is_known(view.programme, choice),
        view=view,
        choice=choice,
        all_days=days_of(view.programme) if view else (),
        cities=cities_of(view.programme) if view else {},
        address=absolute("programme.embed", event=event.slug, **{k: v for k, v in asked.items() if v}),
    )


@blueprint.get("/e/<slug:event>/programme/changes")
@keep(_shared_page)
@public
def changes(event: Event) -> Body:
    """Show what each release changed, newest first."""
    told = [
        (release.number, release.released_at, release.note, read_changes(release.changes))
        for release in list_releases(event)
    ]
    return _page("programme/changes.html", until=_until(clock.now()), releases=told)


@blueprint.get("/e/<slug:event>/now")
@keep(_shared_page)
@public
def now(event: Event) -> Body:
    """Show what is on and next on each stage."""
    view, moment = current_release(event), clock.now()
    if view is None:
        return _page("programme/unreleased.html", until=_until(moment))
    board = board_at(view.programme, moment)
    return _page(
        "programme/now.html",
        until=_until(moment, board.until),
        view=view,
        board=board,
        now=moment,
        today=fair_day(view.programme, moment),
        programme=view.programme,
    )


@blueprint.app_template_global()
def mark_of(view: ReleaseView | None, board: Board | None) -> str:
    """Return a name for what a page shows, as `now.json` has it."""
    return mark(view.number, view.live_revision, board) if view else mark(None, 0, None)


def _shared_board(event: str) -> Place | None:
    shown = find_shown(event)
    if shown is None or not shown.is_public:
        return None
    return Place(key=("now.json", event, shown), cache_control=POLLED)


@blueprint.get("/e/<slug:event>/now.json")
@keep(_shared_board)
@public
def now_json(event: Event) -> Body:
    """Tell machines what is on and next; the answer changes when that does, not with the clock."""
    view = current_release(event)
    board = board_at(view.programme, clock.now()) if view else None
    told = {
        "event": event.slug,
        "release": view.number if view else None,
        "live_revision": view.live_revision if view else 0,
        "mark": mark_of(view, board),
        "since": write_instant(board.since) if board and board.since else None,
        "until": write_instant(board.until) if board and board.until else None,
        "stages": board_content(board) if board else [],
    }
    data = json.dumps(told, ensure_ascii=False).encode()
    return Body(data=data, mimetype="application/json", until=board.until if board else None)
