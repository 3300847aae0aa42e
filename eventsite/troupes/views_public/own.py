"""A troupe's own page: when it is on, what to bring, and one press to say that it comes."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventsite.events.models import Event
from eventsite.events.queries import open_days
from eventsite.exports.core.values import Both
from eventsite.helpdesk.queries import list_posts
from eventsite.kernel import clock
from eventsite.kernel.errors import DomainError, NotFound
from eventsite.programme.core.changes import read_changes
from eventsite.programme.models import Troupe
from eventsite.programme.queries import current_release
from eventsite.programme.queries.live import list_stage_messages
from eventsite.troupes import operations, queries
from eventsite.troupes.core.slots import Slot
from eventsite.troupes.enums import SLOT_WORDS, VERDICT_WORDS, SlotState
from eventsite.troupes.forms import ProblemForm, TimeForm
from eventsite.troupes.views_public.calendar import calendar_of
from eventsite.troupes.views_public.doors import blueprint, enter, private, speaker, token_of
from eventsite.web.access import public
from eventsite.web.downloads import download
from eventsite.web.language import language, pick, say
from eventsite.web.links import absolute
from eventsite.web.passes import check_proof, form_proof, proves_origin

STAGE_TEAM = "stage"  # posts of this team stand by a stage


@blueprint.get("/t/<token>")
@public
def page(token: str) -> Response:
    """Show a troupe its slots as they are expected now, and what it said of them."""
    event, troupe, body = enter(token)
    return private(_page(event, troupe, body))


@blueprint.get("/t/<token>/calendar.ics")
@public
def calendar(token: str) -> Response:
    """Hand out the troupe's slots for its calendar, kept up to date under this address."""
    event, troupe, body = enter(token)
    name = Both(troupe.name_zh, troupe.name_en)
    address = absolute("troupes.calendar", token=token_of(body))
    spoken = language()
    data = calendar_of(event, {troupe.ref}, language=spoken, address=address, name=name)
    return private(download(data, name=f"{pick(troupe, 'name')}.ics", mimetype="text/calendar"))


@blueprint.post("/t/<token>/confirm")
@proves_origin
@public
def confirm(token: str) -> Response:
    """Say that the troupe comes to a slot, or (`item` more than once) to all of them."""
    event, troupe, body = enter(token)
    check_proof(body)
    seen = request.form.get("seen", "")
    try:
        operations.confirm_slots(
            speaker(troupe),
            event,
            troupe,
            set(request.form.getlist("item")),
            seen=int(seen) if seen.isdecimal() and len(seen) < 10 else 0,
            now=clock.now(),
        )
    except NotFound:
        raise
    except DomainError as refusal:
        return private(_page(event, troupe, body, refusal=say(refusal)), refusal.status)
    return redirect(url_for(".page", token=token, done="confirmed"), 303)


@blueprint.post("/t/<token>/problem")
@proves_origin
@public
def problem(token: str) -> Response:
    """Report a problem."""
    event, troupe, body = enter(token)
    check_proof(body)
    form = ProblemForm(items=_choices(_slots(event, troupe)))
    now, actor = clock.now(), speaker(troupe)
    if form.saves(
        lambda: operations.report_problem(
            actor, event, troupe, item=form.item.data or None, text=form.text.data or "", now=now
        )
    ):
        return redirect(url_for(".page", token=token, done="reported", _anchor="h-problems"), 303)
    return private(_page(event, troupe, body, problem_form=form), form.http_status)


@blueprint.post("/t/<token>/times")
@proves_origin
@public
def times(token: str) -> Response:
    """Propose a time at which the troupe cannot perform."""
    event, troupe, body = enter(token)
    check_proof(body)
    form = TimeForm(days=_days(event))
    now, actor = clock.now(), speaker(troupe)
    if form.saves(
        lambda: operations.propose_time(
            actor, event, troupe, slot=form.slot(event.zone), why=form.why.data or "", now=now
        )
    ):
        return redirect(url_for(".page", token=token, done="proposed", _anchor="h-times"), 303)
    return private(_page(event, troupe, body, time_form=form), form.http_status)


def _page(
    event: Event,
    troupe: Troupe,
    body: bytes,
    *,
    refusal: str = "",
    problem_form: ProblemForm | None = None,
    time_form: TimeForm | None = None,
) -> str:
    view, slots = current_release(event), _slots(event, troupe)
    known = {slot.item.ref: slot.item for slot in slots}
    return render_template(
        "troupes/own.html",
        troupe=troupe,
        token=token_of(body),
        proof=form_proof(body),
        view=view,
        slots=slots,
        open_slots=[slot for slot in slots if slot.state in (SlotState.ASKED, SlotState.CHANGED)],
        states={state: _(words) for state, words in SLOT_WORDS.items()},
        verdicts={verdict: _(words) for verdict, words in VERDICT_WORDS.items()},
        places=view.programme.places if view else {},
        posts=_posts(event),
        messages=list_stage_messages(event, troupe, limit=5),
        told=[(notice, read_changes(notice.changes)) for notice in queries.list_told(troupe, limit=3)],
        problems=queries.list_problems(troupe),
        proposals=queries.list_proposals(troupe),
        known=known,
        problem_form=problem_form or ProblemForm(items=_choices(slots), formdata=None),
        time_form=time_form or TimeForm(days=_days(event), formdata=None),
        refusal=refusal,
        done=request.args.get("done", ""),
        now=clock.now(),
        calendar=absolute("troupes.calendar", token=token_of(body)).split("://", 1)[-1],
    )


def _slots(event: Event, troupe: Troupe) -> tuple[Slot, ...]:
    return queries.read_standing(event, troupe).slots


def _choices(slots: Sequence[Slot]) -> list[tuple[str, str]]:
    return [(slot.item.ref, pick(slot.item, "title")) for slot in slots]


def _days(event: Event) -> list[Any]:
    return [day.date for day in open_days(event)]


def _posts(event: Event) -> dict[str, Any]:
    """Return the post to turn to at a stage, by its zone; under "" the one for all others."""
    posts = [post for post in list_posts(event) if post.team == STAGE_TEAM]
    found: dict[str, Any] = {"": posts[0] if posts else None}
    for post in posts:
        if post.zone is not None:
            found.setdefault(post.zone.code, post)
    return found
