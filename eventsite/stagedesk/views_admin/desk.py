"""The stage manager's desk: what is on, who stands by, and the acts of the live clock."""

from datetime import datetime

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventsite.accounts.core import Thing
from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.kernel.errors import DomainError, NotAllowed, NotFound
from eventsite.kernel.words import N_
from eventsite.programme.core.acting import LONGEST_DELAY, Ripple
from eventsite.programme.core.board import board_at
from eventsite.programme.core.desk import Desk, look_at, progress_of
from eventsite.programme.core.live import ClockAct
from eventsite.programme.core.values import Place
from eventsite.programme.enums import ACT_WORDS, CHECK_WORDS, ActKind
from eventsite.programme.errors import StaleDesk
from eventsite.programme.models import LiveAct
from eventsite.programme.operations.live import Wish, act, foresee, tell_troupe
from eventsite.programme.queries import ReleaseView, current_release
from eventsite.programme.queries.live import list_newest_acts
from eventsite.stagedesk import operations, queries
from eventsite.stagedesk.forms import ActForm, MessageForm, TickForm, read_seen
from eventsite.stagedesk.permissions import StagedeskPermission
from eventsite.stagedesk.views_admin import blueprint
from eventsite.web.access import current_actor, may, requires
from eventsite.web.kept import name_bytes
from eventsite.web.language import language, pick, say


def stage_scopes(event: Event, code: str) -> frozenset[str]:
    """Return what the stage of an address lies in, for `@requires`."""
    return frozenset({f"stage:{code}"})


@blueprint.get("/stage")
@requires(StagedeskPermission.SEE_DESKS)
def stages(event: Event) -> str:
    """List the stages with what is on, the reader's own first."""
    view, now = current_release(event), clock.now()
    rows = board_at(view.full, now).stages if view else ()
    mine = {row.stage.code for row in rows if _runs(event, row.stage.code)}
    return render_template(
        "stagedesk/stages.html",
        view=view,
        rows=sorted(rows, key=lambda row: row.stage.code not in mine),
        mine=mine,
        may_switch=may(StagedeskPermission.SWITCH_PLAN, Thing(event_id=event.id)),
        now=now,
    )


@blueprint.get("/stage/<code:code>")
@requires(StagedeskPermission.SEE_DESKS)
def desk(event: Event, code: str) -> Response:
    """Show the desk of a stage; a page that polls is told when nothing has changed."""
    view, place = _stage(event, code)
    now = clock.now()
    etag = _state(event, view, code, now)
    if request.headers.get("If-None-Match") == etag:
        return make_response("", 304, {"ETag": etag})
    return _page(event, view, place, now)


@blueprint.post("/stage/<code:code>/act")
@requires(StagedeskPermission.RUN_STAGE, scopes=stage_scopes)
def do(event: Event, code: str) -> Response:
    """Do an act to the stage; a refusal shows the desk as it is now, with the reason."""
    form, now = ActForm(), clock.now()
    wish = form.wish(code) if form.validate() else None
    view, place = _stage(event, code)
    if wish is None:
        page = _page(event, view, place, now, refusal=_("Open the page again and repeat the change."))
        page.status_code = DomainError.status
        return page
    try:
        done = act(current_actor(), event, wish, seen=form.seen_at, now=now)
    except (NotFound, NotAllowed):
        raise
    except DomainError as refusal:
        view, place = _stage(event, code)
        page = _page(event, view, place, now, refusal=say(refusal), stale=_stale(refusal))
        page.status_code = refusal.status
        return page
    flash(_("Done: %(what)s.", what=told(view, done)), "ok")
    return redirect(url_for(".desk", event=event.slug, code=code), 303)


@blueprint.post("/stage/<code:code>/tick")
@requires(StagedeskPermission.RUN_STAGE, scopes=stage_scopes)
def tick(event: Event, code: str) -> Response:
    """Tick something off on standby, or take the tick back."""
    form, actor = TickForm(), current_actor()

    def press() -> None:
        ref = str(form.item.data)
        if form.on.data == "1":
            operations.tick(actor, event, code, ref, form.check_kind, now=clock.now())
        else:
            operations.untick(actor, event, code, ref, form.check_kind)

    form.presses(press)
    return redirect(url_for(".desk", event=event.slug, code=code, _anchor=f"s-{form.item.data}"), 303)


@blueprint.post("/stage/<code:code>/tell")
@requires(StagedeskPermission.RUN_STAGE, scopes=stage_scopes)
def tell(event: Event, code: str) -> Response:
    """Send a word to the lead of a troupe."""
    view, _place = _stage(event, code)
    form = MessageForm(items=_troupes(look_at(view.live, code, clock.now())))
    form.presses(
        lambda: tell_troupe(
            current_actor(),
            event,
            stage=code,
            item=str(form.item.data),
            text=str(form.text.data),
            now=clock.now(),
        ),
        _("The message is on the troupe's page."),
    )
    return redirect(url_for(".desk", event=event.slug, code=code, _anchor="h-tell"), 303)


def _page(
    event: Event,
    view: ReleaseView,
    place: Place,
    now: datetime,
    *,
    refusal: str = "",
    stale: StaleDesk | None = None,
) -> Response:
    shown = look_at(view.live, place.code, now)
    standing_by = [row.item.ref for row in shown.standby]
    foreseen, refused = _foresight(event, view, shown, place.code, now)
    stale = stale or (_stale(refused) if refused else None)
    page = render_template(
        "stagedesk/desk.html",
        view=view,
        place=place,
        desk=shown,
        progress=progress_of(shown.current, now) if shown.current else None,
        now=now,
        seen=f"{view.number}.{view.live_revision}",
        may_run=_runs(event, place.code),
        checks=queries.list_checks(event, standing_by),
        check_words={kind: _(words) for kind, words in CHECK_WORDS.items()},
        acts=[(row, told(view, row)) for row in list_newest_acts(event, place.code, limit=5)],
        messages=queries.list_messages_of(event, place.code, limit=3),
        message_form=MessageForm(items=_troupes(shown)),
        plus=_asked_minutes(),
        foreseen=foreseen,
        refusal=refusal or (say(refused) if refused else ""),
        theirs=[(row, told(view, row)) for row in stale.acts] if stale else [],
        newer=stale.release if stale else None,
        wants_skip=request.args.get("skip") == "1",
        undo=told(view, shown.undo) if shown.undo else "",
        etag=_state(event, view, place.code, now),
        most=LONGEST_DELAY,
    )
    return make_response(page, 200, {"ETag": _state(event, view, place.code, now)})


def _foresight(
    event: Event, view: ReleaseView, shown: Desk, code: str, now: datetime
) -> tuple[Ripple | None, DomainError | None]:
    """Return what the asked delay would do, or why it cannot be: also that somebody acted meanwhile."""
    minutes = _asked_minutes()
    if not minutes or shown.moved is None:
        return None, None
    wish = Wish(stage=code, kind=ActKind.DELAY, items=(shown.moved.ref,), minutes=minutes)
    try:
        return foresee(event, view, wish, seen=read_seen(request.args.get("seen", "")), now=now), None
    except DomainError as refusal:
        return None, refusal


def _asked_minutes() -> int:
    asked = request.args.get("plus", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0


def _state(event: Event, view: ReleaseView, code: str, now: datetime) -> str:
    """Return a name for all that the desk shows: it changes with the minute, an act, a tick or a message."""
    refs = [row.item.ref for row in look_at(view.live, code, now).standby]
    ticks = sorted((ref, kind.value) for ref, kind in queries.list_checks(event, refs))
    messages = [row.id for row in queries.list_messages_of(event, code, limit=1)]
    minute = now.replace(second=0, microsecond=0)
    asked = sorted(request.args.items())
    parts = (view.number, view.live_revision, ticks, messages, minute, asked, current_actor().ref, language())
    return f'"{name_bytes(*parts)}"'


def _stage(event: Event, code: str) -> tuple[ReleaseView, Place]:
    view = current_release(event)
    place = view.full.places.get(code) if view else None
    if view is None or place is None:
        raise NotFound(N_("There is no stage “%(code)s” in the programme that is out."), code=code)
    return view, place


def _runs(event: Event, code: str) -> bool:
    thing = Thing(event_id=event.id, scopes=frozenset({f"stage:{code}"}))
    return not event.is_archived and may(StagedeskPermission.RUN_STAGE, thing)


def _stale(refusal: DomainError) -> StaleDesk | None:
    return refusal if isinstance(refusal, StaleDesk) else None


def _troupes(shown: Desk) -> list[tuple[str, str]]:
    """Return the items whose troupes may be told something."""
    near = [*shown.on, *(row.item for row in shown.standby)]
    return [
        (item.ref, f"{pick(item.troupe, 'name')} · {pick(item, 'title')}") for item in near if item.troupe
    ]


def told(view: ReleaseView, row: ClockAct | LiveAct) -> str:
    """Return what an act did, in the reader's words."""
    items = [view.full.by_ref.get(ref) for ref in row.items]
    names = [pick(item, "title") if item else "?" for item in items] + ["", ""]
    return _(ACT_WORDS[row.kind], item=names[0], other=names[1], minutes=row.minutes)
