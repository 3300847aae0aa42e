"""Finding the calls of an event, and how full they are."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from eventsite.applications.enums import IN_THE_QUOTA
from eventsite.applications.models import Application, Call, CallQuestion
from eventsite.database import db
from eventsite.events.models import Event
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_


def list_calls(event: Event) -> Sequence[Call]:
    """Return the event's calls with their categories, the first to close first."""
    own = select(Call).where(Call.event_id == event.id).order_by(Call.closes_at, Call.id)
    return db.session.scalars(own.options(selectinload(Call.categories))).all()


def find_call(event: Event, code: str) -> Call | None:
    """Return the call with that code, if the event has one."""
    own = select(Call).where(Call.event_id == event.id, Call.code == code)
    return db.session.scalar(own.options(selectinload(Call.categories), selectinload(Call.questions)))


def get_call(event: Event, code: str) -> Call:
    """Return the call with that code; raises `NotFound`."""
    return _found(find_call(event, code))


def get_call_to_write(event: Event, code: str) -> Call:
    """Return the call with its row locked until the commit (PostgreSQL; on SQLite the turn does it)."""
    own = select(Call).where(Call.event_id == event.id, Call.code == code)
    return _found(db.session.scalar(own.with_for_update().execution_options(populate_existing=True)))


def get_question_to_write(call: Call, question_id: int) -> CallQuestion:
    """Return a question of the call, locked until the commit; raises `NotFound`."""
    own = select(CallQuestion).where(CallQuestion.call_id == call.id, CallQuestion.id == question_id)
    found = db.session.scalar(own.with_for_update())
    if found is None:
        raise NotFound(N_("This call has no such question."))
    return found


def count_in_quota(call: Call) -> int:
    """Return how many applications count against the places of a call."""
    counted = select(func.count()).select_from(Application)
    counted = counted.where(Application.call_id == call.id, Application.status.in_(IN_THE_QUOTA))
    return db.session.scalar(counted) or 0


def _found(call: Call | None) -> Call:
    if call is None:
        raise NotFound(N_("There is no such call for exhibitors."))
    return call
