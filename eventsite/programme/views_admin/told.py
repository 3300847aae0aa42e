"""The draft as the editor's script reads it: instants in minutes since 1970, words as the reader speaks."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _

from eventsite.accounts.core import Thing
from eventsite.events.models import Event
from eventsite.programme import queries
from eventsite.programme.core.changes import Change, compare
from eventsite.programme.core.clashes import Clash, blocking, find_clashes
from eventsite.programme.core.days import fair_day
from eventsite.programme.core.placing import minute_of
from eventsite.programme.core.solving import Solution, solve
from eventsite.programme.core.values import Day, Item, Programme
from eventsite.programme.enums import KINDS, RULE_WORDS, STATES, ClashRule
from eventsite.programme.models import ProgrammeItem
from eventsite.programme.permissions import ProgrammePermission
from eventsite.programme.views_admin.rights import stage_thing
from eventsite.programme.views_admin.words import editor_words
from eventsite.web.access import may
from eventsite.web.language import pick, word
from eventsite.web.templating import day_words

BEFORE, AFTER, ROUND = 30, 60, 30  # minutes that the grid shows around a day
SOLVED = 24
"""How many clashes are told with what would solve them; the others wait until these are gone."""
MOST_TOLD = 300
"""How many clashes are told; with more of them none is told with what would solve it."""


def told_draft(event: Event, plan: str) -> dict[str, Any]:
    """Return all that the editor draws of a plan."""
    draft = queries.read_draft(event, plan)
    waiting = queries.list_waiting(event, plan)
    versions = queries.placed_versions(event, plan)
    return {
        "days": _days(draft),
        "stages": [
            {
                "code": stage.code,
                "name": pick(stage, "name"),
                "zone": stage.zone_code,
                "note": _("%(count)s people", count=stage.capacity),
                "covered": stage.covered,
                "may": may(ProgrammePermission.EDIT_ITEM, stage_thing(event, stage.code)),
            }
            for stage in draft.stages
        ],
        "items": [
            *(_placed(item, versions[item.number]) for item in draft.items),
            *(_waiting(item, versions[item.id]) for item in waiting),
        ],
        "zone": event.timezone,
        "may": may(ProgrammePermission.PLACE_ITEMS, Thing(event_id=event.id)),
        "words": editor_words(),
        **told_findings(event, draft, plan),
    }


def told_findings(event: Event, draft: Programme, plan: str) -> dict[str, Any]:
    """Return what is wrong with a plan, the gravest first, and how it differs from what visitors see.

    `found` and `blocks` count all clashes, also those beyond `MOST_TOLD`.
    """
    rules = queries.clash_rules(event)
    clashes = find_clashes(draft, rules)
    solved = SOLVED if len(clashes) <= MOST_TOLD else 0
    return {
        "clashes": [
            _clash(clash, solve(draft, clash, rules) if nth < solved else None)
            for nth, clash in enumerate(clashes[:MOST_TOLD])
        ],
        "found": len(clashes),
        "blocks": len(blocking(clashes)),
        "states": {change.ref: change.kind.value for change in _changes(event, draft, plan)},
    }


def _changes(event: Event, draft: Programme, plan: str) -> Sequence[Change]:
    """Return how the draft differs from the release that is shown, or a plan from the draft."""
    if plan != queries.DRAFT:
        old: Programme | None = queries.read_draft(event)
    else:
        view = queries.current_release(event)
        old = view.alone if view else None
    return compare(old, draft) if old else ()


def _placed(item: Item, version: int) -> dict[str, Any]:
    return {
        **_known(item),
        "id": item.number,
        "version": version,
        "stage": item.stage,
        "start": minute_of(item.slot.start),
        "minutes": int(item.slot.length.total_seconds() // 60),
        "who": _who(item.troupe, item.delegation),
        "fixed": item.fixed,
        "setup": item.setup,
        "teardown": item.teardown,
        "off": item.is_cancelled,
    }


def _waiting(item: ProgrammeItem, version: int) -> dict[str, Any]:
    return {
        **_known(item),
        "id": item.id,
        "version": version,
        "stage": None,
        "start": None,
        "minutes": item.minutes,
        "who": _who(item.troupe, item.delegation),
        "fixed": item.is_fixed,
        "setup": item.setup_minutes,
        "teardown": item.teardown_minutes,
        "off": item.is_cancelled,
    }


def _known(item: Item | ProgrammeItem) -> dict[str, Any]:
    return {
        "ref": item.ref,
        "title": pick(item, "title"),
        "kind": item.kind,
        "word": word(KINDS, item.kind),
        "state": word(STATES, item.status),
        "unit": item.unit,
        "demo": item.source == "demo",
    }


def _who(troupe: Any, delegation: Any) -> str:
    one = troupe or delegation
    return pick(one, "name") if one else ""


def _days(draft: Programme) -> list[dict[str, Any]]:
    """Return the days with the minutes that their grids show: open hours, and all items around them."""
    hours = {day.date: day for day in draft.days}
    items: dict[Any, list[Item]] = {date: [] for date in hours}
    for item in draft.items:
        items.setdefault(fair_day(draft, item.slot.start), []).append(item)
    return [
        {
            "date": date.isoformat(),
            "label": day_words(date),
            "midnight": minute_of(datetime.combine(date, time(), draft.fair.zone)),
            **_shown_hours(hours.get(date), items[date]),
        }
        for date in sorted(items)
    ]


def _shown_hours(day: Day | None, items: Sequence[Item]) -> dict[str, int]:
    starts = [item.occupied.start for item in items] + ([day.hours.start] if day else [])
    ends = [item.occupied.end for item in items] + ([day.hours.end] if day else [])
    first = min(starts) - timedelta(minutes=BEFORE if day and min(starts) == day.hours.start else 0)
    return {
        "from": minute_of(first) // ROUND * ROUND,
        "to": -(-(minute_of(max(ends)) + AFTER) // ROUND) * ROUND,
        "opens": minute_of(day.hours.start) if day else minute_of(first),
        "closes": minute_of(day.hours.end) if day else minute_of(max(ends)),
    }


def _clash(clash: Clash, solution: Solution | None) -> dict[str, Any]:
    return {
        "rule": clash.rule.value,
        "severity": clash.severity.value,
        "first": clash.first.number,
        "second": clash.second.number if clash.second else None,
        "minutes": clash.minutes,
        "words": _(RULE_WORDS[clash.rule]),
        "what": pick(clash, "what"),
        "band": _band(clash),
        "put_off": solution.minutes if solution else None,
        "moves": [[item.number, minute_of(item.slot.start)] for item in solution.items] if solution else [],
    }


def _band(clash: Clash) -> list[int] | None:
    """Return where the two meet on their stage: from which minute on, how long."""
    first, second = clash.first, clash.second
    if second is None or first.stage != second.stage:
        return None
    if clash.rule is ClashRule.STAGE:
        return [minute_of(max(first.slot.start, second.slot.start)), clash.minutes]
    if clash.rule is ClashRule.SETUP:
        return [minute_of(max(first.occupied.start, second.occupied.start)), clash.minutes]
    return None
