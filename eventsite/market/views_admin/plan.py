"""The floor plan's editor: its page, its data, and one address that saves what was changed."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, jsonify, render_template, request
from flask_babel import gettext as _

from eventsite.accounts.core import Thing
from eventsite.events.enums import FACILITY_KINDS
from eventsite.events.models import Event
from eventsite.events.queries import (
    find_venue,
    list_delegations,
    list_facilities,
    list_stages,
    list_zones,
)
from eventsite.kernel import clock
from eventsite.kernel.boxes import Box
from eventsite.market import operations, queries
from eventsite.market.core import RULES, Kind, StalePlan, read_changes
from eventsite.market.enums import CATEGORIES, FACILITY_ICONS, SHAPE_WORDS, STATUSES
from eventsite.market.permissions import MarketPermission, zone_thing
from eventsite.market.views_admin import blueprint
from eventsite.market.views_admin.background import picture_url
from eventsite.market.views_admin.rights import check_changes
from eventsite.market.views_admin.words import editor_words
from eventsite.web.access import current_actor, may, requires
from eventsite.web.forms import trim
from eventsite.web.kept import Body, keep
from eventsite.web.language import pick, say

ICONS = {**FACILITY_ICONS, "emergency_exit": "out"}  # of the organizers' drawings
USUAL_GROUND = Box(x=0, y=0, w=1200, h=900)  # 60 m by 45 m, until the venue says its own


@blueprint.get("/plan")
@requires(MarketPermission.SEE_BOOTHS)
def plan(event: Event) -> str:
    """Show the editor; what it draws comes with `plan.json`."""
    return render_template(
        "market/admin/plan.html",
        zones=list_zones(event),
        delegations=list_delegations(event),
        circuits=queries.list_circuits(event),
        floats=queries.list_floats(event),
        categories=CATEGORIES,
        statuses=STATUSES,
        facility_kinds=FACILITY_KINDS,
        may_save=may(MarketPermission.SAVE_PLAN, Thing(event_id=event.id)),
        may_draw=may(MarketPermission.EDIT_PLAN, Thing(event_id=event.id)),
    )


def _own(**_arguments: Any) -> None:
    """Keep nothing: each reader has a plan of their own."""


@blueprint.get("/plan.json")
@keep(_own)
@requires(MarketPermission.SEE_BOOTHS)
def plan_data(event: Event) -> Body:
    """Return all that the editor draws and says, with what the reader may change."""
    data = _data(event)
    return Body(data=json.dumps(data, ensure_ascii=False).encode(), mimetype="application/json")


@blueprint.post("/plan/changes")
@requires(MarketPermission.SAVE_PLAN)
def save_plan(event: Event) -> Response:
    """Save changes of the plan, all of them or none; answers with the versions that things have now."""
    changes = read_changes(_sent())
    check_changes(event, changes)
    saved = operations.save_plan(current_actor(), event, changes)
    return jsonify(
        saved=[
            {"kind": change.kind.value, "key": change.key, "version": version} for change, version in saved
        ],
        at=clock.now().astimezone(event.zone).strftime("%H:%M"),
    )


@blueprint.errorhandler(StalePlan)
def _stale(error: StalePlan) -> tuple[Response, int]:
    """Answer with what things are now, for the editor to lay beside what was to be saved."""
    stale = [
        {"kind": one.kind.value, "key": one.key, "version": one.version, "theirs": one.theirs}
        for one in error.stale
    ]
    return jsonify(error=say(error), stale=stale), error.status


def _data(event: Event) -> dict[str, Any]:
    venue, zones, picture = find_venue(event), list_zones(event), queries.find_background(event)
    everywhere = Thing(event_id=event.id)
    ground = venue.ground if venue else USUAL_GROUND
    rows: Mapping[Kind, Sequence[Any]] = {
        Kind.ZONE: zones,
        Kind.STAGE: list_stages(event),
        Kind.BOOTH: queries.list_booths(event),
        Kind.SHAPE: queries.list_shapes(event),
        Kind.FACILITY: list_facilities(event),
    }
    may_draw = may(MarketPermission.EDIT_PLAN, everywhere)
    mine = [zone.code for zone in zones if may(MarketPermission.PLACE_BOOTH, zone_thing(zone))]
    return {
        "event": event.slug,
        "ground": vars(ground),
        "background": picture_url(event, picture) if picture else None,
        "things": [
            {
                "kind": kind.value,
                "key": row.ref,
                "version": row.version,
                "may": row.zone.code in mine if kind is Kind.BOOTH else may_draw,
                "facts": queries.plan_facts(kind, row),
            }
            for kind, listed in rows.items()
            for row in listed
        ],
        "zones": mine,
        "may_draw": may_draw,
        "circuits": [queries.circuit_facts(circuit) for circuit in queries.list_circuits(event)],
        "floats": {one.ref: pick(one, "name") for one in queries.list_floats(event)},
        "rules": {name: {"bad": rule.bad, "words": _(rule.words)} for name, rule in RULES.items()},
        "categories": {value: _(words) for value, words in CATEGORIES.items()},
        "statuses": {value: _(words) for value, words in STATUSES.items()},
        "facilities": {value: _(words) for value, words in FACILITY_KINDS.items()},
        "icons": ICONS,
        "shapes": {kind.value: _(words) for kind, words in SHAPE_WORDS.items()},
        "words": editor_words(),
    }


def _sent() -> Any:
    """Return the document that was sent; `None` for what is none, or is nested without end."""
    try:
        return _trimmed(request.get_json(silent=True))
    except RecursionError:
        return None


def _trimmed(value: Any) -> Any:
    """Take blanks and control characters out of every text of a document, as forms do."""
    if isinstance(value, dict):
        return {key: _trimmed(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_trimmed(each) for each in value]
    return trim(value)
