"""Saying how a booth does right now."""

from datetime import datetime

from sqlalchemy import update

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_
from eventsite.market.core import is_news
from eventsite.market.enums import LiveState
from eventsite.market.models import Booth
from eventsite.market.queries import find_clearance, get_booth_to_write


def say_live(actor: Actor, event: Event, code: str, state: LiveState, *, now: datetime) -> Booth:
    """Say how a booth does at `now`; the same pressed twice within a minute is said once.

    The booth's version stays, so that nobody who has its form open is sent back. Raises `Conflict` for any
    other word than closed where the booth is cancelled or was never opened (`Clearance`).
    """
    with atomic() as session:
        booth = get_booth_to_write(event, code)
        if state is not LiveState.CLOSED:
            _refuse_unopened(booth)
        if not is_news(booth.live_state, booth.live_at, state, now):
            return booth
        before = {"live_state": booth.live_state.value} if booth.live_at else {}
        session.execute(update(Booth).where(Booth.id == booth.id).values(live_state=state, live_at=now))
        after = {"live_state": state.value}
        record(actor, "say how it does", f"booth:{booth.id}", event_id=event.id, before=before, after=after)
    return booth


def _refuse_unopened(booth: Booth) -> None:
    if booth.is_cancelled:
        raise Conflict(N_("Booth %(code)s is cancelled."), code=booth.code)
    if find_clearance(booth) is None:
        raise Conflict(N_("Booth %(code)s was not opened yet: it opens once it is ready."), code=booth.code)
