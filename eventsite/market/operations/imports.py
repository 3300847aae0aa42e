"""Taking booths from a spreadsheet: all of its rows or none, as they were shown."""

from typing import Any

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.kernel.dryrun import DryRun, Move, Step
from eventsite.kernel.tokens import typed_code
from eventsite.market.core import Change, Kind, Op
from eventsite.market.core.imports import Rows
from eventsite.market.operations.plan import save_plan
from eventsite.market.queries import dry_run_booths, list_standing


def import_booths(actor: Actor, event: Event, rows: Rows, *, seen: str, sha256: str) -> DryRun:
    """Add and change booths as the rows say; a booth that no row names stays.

    `seen` is the dry run's own mark: `Conflict` where the rows do something else by now. `sha256` of the file
    goes into the log.
    """
    with atomic():
        run = dry_run_booths(event, rows)
        run.refuse_other(seen)
        refs = {code: there.ref for code, there in list_standing(event).items()}
        changes = [_change(step, refs) for step in run.steps if step.move is not Move.SAME]
        if changes:
            save_plan(actor, event, changes)
            told: dict[str, Any] = {move.value: run.counts.get(move, 0) for move in (Move.NEW, Move.CHANGED)}
            record(actor, "import booths", f"event:{event.id}", event_id=event.id, sha256=sha256, **told)
    return run


def _change(step: Step, refs: dict[str, str]) -> Change:
    new = step.move is Move.NEW
    return Change(
        kind=Kind.BOOTH,
        op=Op.CREATE if new else Op.EDIT,
        key=f"bt-{typed_code().lower()}" if new else refs[step.key],
        version=step.version,
        facts=step.new,
    )
