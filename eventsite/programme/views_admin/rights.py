"""Who may change which item of the programme."""

from collections.abc import Sequence

from eventsite.accounts.core import Thing
from eventsite.events.models import Event
from eventsite.programme import queries
from eventsite.programme.core.placing import Move
from eventsite.programme.permissions import ProgrammePermission
from eventsite.web.access import check


def item_scopes(event: Event, item_id: int) -> frozenset[str]:
    """Return what the item of an address lies in, for `@requires`."""
    stage = queries.get_item(event, item_id).stage
    return frozenset({f"stage:{stage.code}"} if stage else ())


def stage_thing(event: Event, code: str | None) -> Thing:
    """Return what is asked about a stage, or about what waits for one."""
    return Thing(event_id=event.id, scopes=frozenset({f"stage:{code}"} if code else ()))


def check_moves(event: Event, plan: str, moves: Sequence[Move]) -> None:
    """Ask the right to where each item is and to where it goes; raises `NotAllowed`.

    What waits belongs to no stage: whoever plans the stage that an item leaves or comes to may move it.
    """
    where = queries.stages_of_items(event, plan)
    home = queries.stages_of_items(event) if plan != queries.DRAFT else {}
    for move in moves:
        back = move.reset and plan != queries.DRAFT
        target = home.get(move.item_id) if back else move.spot.stage
        named = {code for code in (where.get(move.item_id), target) if code}
        for thing in [stage_thing(event, code) for code in sorted(named)] or [stage_thing(event, None)]:
            check(ProgrammePermission.EDIT_ITEM, thing)
