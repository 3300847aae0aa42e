"""The programme's editor: how long a drop takes with 1,000 items, everything that it is answered included."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from statistics import median

from bench.entries import Stage
from bench.exports import seconds
from bench.figures import Miscounted, Row
from bench.product import crowded_fair, site
from eventsite.accounts.core import system
from eventsite.database import create_tables
from eventsite.eventfile.operations import load_event
from eventsite.eventfile.queries import judge_event_file
from eventsite.events.models import Event
from eventsite.kernel.clock import now
from eventsite.programme.core.placing import Move, Spot
from eventsite.programme.operations import place_items, release_programme
from eventsite.programme.queries import DRAFT, placed_versions, read_draft
from eventsite.programme.views_admin.told import told_findings

ITEMS, DROPS = 1000, 15


def drop(stage: Stage) -> Iterator[Row]:
    """Move items of 1,000 by five minutes each, and tell versions, differences and all clashes every time."""
    folder = stage.place("editor")
    settings = {
        "EVENTSITE_INSTANCE_DIR": str(folder),
        "EVENTSITE_DATABASE_URL": f"sqlite:///{folder}/site.db",
        "EVENTSITE_REDIS_URL": "",
    }
    file = judge_event_file(crowded_fair(ITEMS, ITEMS // 80))
    with site(settings) as app, app.test_request_context("/"):
        create_tables()
        event = load_event(system("bench"), file, publish=True, now=now()).event
        release_programme(system("bench"), event, note="", now=now())
        moves = [a_move(event, number) for number in range(DROPS)]
        runs = [seconds(lambda move=move: _drop(event, move))[0] for move in moves]  # type: ignore[misc]
    name = f"a drop in the editor with {ITEMS} items, seconds"
    yield Row(name=name, ratios=[median(runs)], must=0.2, aim=0.1, at_most=True)


def a_move(event: Event, number: int) -> Move:
    """Return the move of an item from the middle of the programme, five minutes later."""
    item = [one for one in read_draft(event).items if not one.fixed][ITEMS // 2 + number]
    start = item.slot.start + timedelta(minutes=5)
    spot = Spot(stage=item.stage, starts_at=start, minutes=item.slot.length // timedelta(minutes=1))
    return Move(item_id=item.number, version=placed_versions(event)[item.number], spot=spot)


def _drop(event: Event, move: Move) -> str:
    if place_items(system("bench"), event, [move]) != {move.item_id: move.version + 1}:
        raise Miscounted("the item was not moved")
    return json.dumps(told_findings(event, read_draft(event), DRAFT))


ENTRIES: dict[str, Callable[[Stage], Iterator[Row]]] = {"drop": drop}
