"""What every act on a draw begins and ends with."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import CursorResult, Executable, update
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.draws.enums import MOVES, DrawStatus, RaffleMode
from eventsite.draws.models import Draw
from eventsite.draws.queries.draws import read_fresh
from eventsite.events.models import Event
from eventsite.kernel.errors import Conflict, NotFound
from eventsite.kernel.transitions import check_move
from eventsite.kernel.words import N_

STANDS: Mapping[DrawStatus, str] = {
    DrawStatus.DRAFT: N_("The draw is not open yet."),
    DrawStatus.OPEN: N_("Entries are still open."),
    DrawStatus.CLOSED: N_("The list is not frozen yet."),
    DrawStatus.FROZEN: N_("The list is frozen; the witnesses have not all revealed their numbers yet."),
    DrawStatus.REVEALED: N_("The list is frozen; the draw is about to be run."),
    DrawStatus.DRAWN: N_("The draw has been run already."),
    DrawStatus.PUBLISHED: N_("The record of this draw is published already."),
    DrawStatus.VOIDED: N_("This draw is void."),
}
"""Why an act cannot be done in a state."""


def hold(session: Session, event: Event, ref: str) -> Draw:
    """Take the draw for this transaction and return it fresh; others that act on it wait for its end."""
    taken = changed_rows(
        session,
        update(Draw)
        .where(Draw.event_id == event.id, Draw.ref == ref)
        .values(version=Draw.version + 1)
        .execution_options(synchronize_session=False),
    )
    if taken != 1:
        raise NotFound(N_("There is no such draw."))
    draw = read_fresh(event, ref)
    if draw.raffle.mode is not RaffleMode.STAGE_DRAW:
        raise Conflict(N_("This raffle gives its prizes at once; it is not drawn on stage."))
    return draw


def move(session: Session, actor: Actor, draw: Draw, target: DrawStatus, verb: str, **detail: Any) -> None:
    """Move the draw on, if it is still where it was read, and log it."""
    before = draw.status
    check_move(MOVES, before, target)
    moved = changed_rows(
        session,
        update(Draw)
        .where(Draw.id == draw.id, Draw.status == before)
        .values(status=target)
        .execution_options(synchronize_session=False),
    )
    if moved != 1:
        raise Conflict(N_("Somebody else has moved this draw on meanwhile."))
    session.refresh(draw, ["status"])
    log(actor, draw, verb, before={"status": before.value}, after={"status": target.value}, **detail)


def log(actor: Actor, draw: Draw, verb: str, **detail: Any) -> None:
    """Write what was done to the draw into the audit log."""
    record(actor, verb, f"draw:{draw.id}", event_id=draw.event_id, **detail)


def expect(draw: Draw, *allowed: DrawStatus) -> None:
    """Raise `Conflict` unless the draw is in one of the states."""
    if draw.status not in allowed:
        raise Conflict(STANDS[draw.status])


def changed_rows(session: Session, statement: Executable) -> int:
    """Run a conditional UPDATE and return how many rows it changed."""
    result = session.execute(statement)
    assert isinstance(result, CursorResult)
    return result.rowcount
