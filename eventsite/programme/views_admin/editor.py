"""The programme's editor: its page, its data, and one address that saves moves."""

import json
from typing import Any

from flask import Response, jsonify, render_template, request

from eventsite.accounts.core import Thing
from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.programme import operations, queries
from eventsite.programme.core.clashes import blocking, find_clashes
from eventsite.programme.core.days import plan_days
from eventsite.programme.core.placing import Spot, StaleMoves, minute_of, read_moves
from eventsite.programme.permissions import ProgrammePermission
from eventsite.programme.views_admin import blueprint
from eventsite.programme.views_admin.rights import check_moves
from eventsite.programme.views_admin.told import told_draft, told_findings
from eventsite.web.access import current_actor, may, requires
from eventsite.web.language import language, pick, say


@blueprint.get("/editor")
@requires(ProgrammePermission.SEE_DRAFT)
def editor(event: Event) -> str:
    """Show the draft, or `?plan=`, as a grid of stages and time; without a script, as a list of links."""
    plan = _plan(event)
    draft = queries.read_draft(event, plan)
    everywhere = Thing(event_id=event.id)
    return render_template(
        "programme/admin/editor.html",
        plan=plan,
        plans=queries.list_plans(event),
        draft=draft,
        days=plan_days(draft, draft.items),
        waiting=queries.list_waiting(event, plan),
        blocked=blocking(find_clashes(draft, queries.clash_rules(event))),
        view=queries.current_release(event),
        may_place=may(ProgrammePermission.PLACE_ITEMS, everywhere),
        may_release=may(ProgrammePermission.RELEASE, everywhere),
        may_add=may(ProgrammePermission.ADD_ITEM, everywhere),
        may_plan=may(ProgrammePermission.EDIT_PLAN, everywhere),
    )


@blueprint.get("/editor.json")
@requires(ProgrammePermission.SEE_DRAFT)
def editor_data(event: Event) -> Response:
    """Return all that the editor draws; unchanged since its ETag, it is answered 304 by one small query."""
    plan = _plan(event)
    answer = Response(mimetype="application/json")
    answer.set_etag(_mark(event, plan))
    answer.headers["Cache-Control"] = "private, no-cache"
    if answer.make_conditional(request).status_code == 304:
        return answer
    answer.set_data(json.dumps(told_draft(event, plan), ensure_ascii=False))
    return answer


@blueprint.post("/editor/moves")
@requires(ProgrammePermission.PLACE_ITEMS)
def move_items(event: Event) -> Response:
    """Put items elsewhere, all of them or none; answers with their versions and all clashes that are left."""
    plan = _plan(event)
    moves = read_moves(_sent())
    check_moves(event, plan, moves)
    versions = operations.place_items(current_actor(), event, moves, plan=plan)
    return jsonify(
        versions=versions,
        etag=f'"{_mark(event, plan)}"',
        at=clock.now().astimezone(event.zone).strftime("%H:%M"),
        **told_findings(event, queries.read_draft(event, plan), plan),
    )


@blueprint.errorhandler(StaleMoves)
def _stale(error: StaleMoves) -> tuple[Response, int]:
    """Answer with both places of each item, for the editor to lay them beside each other."""
    stale = [
        {
            "id": one.item_id,
            "version": one.version,
            "title": pick(one, "title"),
            "theirs": _spot(one.theirs),
            "mine": _spot(one.mine),
        }
        for one in error.stale
    ]
    return jsonify(error=say(error), stale=stale), error.status


def _spot(spot: Spot) -> dict[str, Any]:
    start = minute_of(spot.starts_at) if spot.starts_at else None
    return {"stage": spot.stage, "start": start, "minutes": spot.minutes}


def _mark(event: Event, plan: str) -> str:
    """Return a name for what the reader's editor shows of a plan."""
    return f"{queries.draft_mark(event)}-{plan}-{language()}-{current_actor().ref}"


def _plan(event: Event) -> str:
    """Return the plan that the address names, the draft where it names none; raises `NotFound`."""
    code = request.args.get("plan", "") or queries.DRAFT
    if code != queries.DRAFT:
        queries.get_plan(event, code)
    return code


def _sent() -> Any:
    """Return the document that was sent; `None` for what is none, or is nested without end."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None
