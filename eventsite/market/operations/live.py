"""Saying how a booth does right now."""

from datetime import datetime

from sqlalchemy import update

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.market.core import is_news
from eventsite.market.enums import LiveState
from eventsite.market.models import Booth
from eventsite.market.queries import get_booth_to_write


def say_live(actor: Actor, event: Event, code: str, state: LiveState, *, now: datetime) -> Booth:
    """Say how a booth does at `now`; the same pressed twice within a minute is said once.

    The booth's version stays, so that nobody who has its form open is sent back.
    """
    with atomic() as session:
        booth = get_booth_to_write(event, code)
        if not is_news(booth.live_state, booth.live_at, state, now):
            return booth
        before = {"live_state": booth.live_state.value} if booth.live_at else {}
        session.execute(update(Booth).where(Booth.id == booth.id).values(live_state=state, live_at=now))
        after = {"live_state": state.value}
        record(actor, "say how it does", f"booth:{booth.id}", event_id=event.id, before=before, after=after)
    return booth
