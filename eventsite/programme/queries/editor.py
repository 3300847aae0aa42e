"""What the editor asks: whether anything has changed, and where by which version each item is."""

from collections.abc import Mapping

from sqlalchemy import select, text

from eventsite.database import db
from eventsite.events.models import Event, Stage
from eventsite.programme.models import ProgrammeItem
from eventsite.programme.queries.plans import DRAFT, overrides_of

MARKED = """
SELECT
    (SELECT count(*) || '.' || coalesce(sum(version), 0) || '.' || coalesce(max(id), 0)
        FROM programme_item WHERE event_id = :event_id),
    (SELECT count(*) || '.' || coalesce(sum(version), 0) || '.' || coalesce(max(id), 0)
        FROM plan_slot WHERE event_id = :event_id),
    (SELECT count(*) || '.' || coalesce(sum(amount * id), 0) || '.' || coalesce(max(id), 0)
        FROM item_resource WHERE event_id = :event_id),
    (SELECT count(*) || '.' || coalesce(sum(version), 0) || '.' || coalesce(max(id), 0)
        FROM resource WHERE event_id = :event_id),
    (SELECT count(*) || '.' || coalesce(max(id), 0) FROM troupe_window WHERE event_id = :event_id),
    (SELECT coalesce(sum(id * CASE severity WHEN 'block' THEN 1 WHEN 'warn' THEN 1000 ELSE 1000000 END), 0)
        FROM clash_setting WHERE event_id = :event_id),
    (SELECT coalesce(max(number), 0) FROM release WHERE event_id = :event_id),
    (SELECT coalesce(sum(version), 0) FROM programme_plan WHERE event_id = :event_id)
"""


def draft_mark(event: Event) -> str:
    """Return a name for all that the editor shows; it changes with the draft, plans, rules and releases."""
    row = db.session.execute(text(MARKED), {"event_id": event.id}).one()
    return "-".join(str(part) for part in (event.version, *row))


def placed_versions(event: Event, plan: str = DRAFT) -> Mapping[int, int]:
    """Return the version by which each item's place is moved: in a plan 0 where the draft has it."""
    rows = db.session.execute(
        select(ProgrammeItem.id, ProgrammeItem.version).where(ProgrammeItem.event_id == event.id)
    )
    own = {row.id: row.version for row in rows}
    if plan == DRAFT:
        return own
    overrides = overrides_of(event, plan)
    return {item_id: overrides[item_id].version if item_id in overrides else 0 for item_id in own}


def stages_of_items(event: Event, plan: str = DRAFT) -> Mapping[int, str | None]:
    """Return the code of the stage on which each item is in a plan, `None` for one that waits."""
    rows = db.session.execute(
        select(ProgrammeItem.id, Stage.code)
        .outerjoin(Stage, Stage.id == ProgrammeItem.stage_id)
        .where(ProgrammeItem.event_id == event.id)
    )
    found = {row.id: row.code for row in rows}
    for item_id, slot in overrides_of(event, plan).items():
        found[item_id] = slot.stage.code if slot.stage else None
    return found
