"""Adding days to an event, one act with its row in the audit log."""

from datetime import date, time

from sqlalchemy.orm.attributes import flag_modified

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.models import Event, EventDay
from eventsite.events.queries import hold_event
from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_


def add_day(
    actor: Actor, event: Event, day: date, *, opens: time, closes: time, label_zh: str, label_en: str
) -> EventDay:
    """Let the fair be open on one more day; `closes` at or before `opens` is past midnight.

    Raises `Conflict` where it is open on that day already.
    """
    with atomic() as session:
        hold_event(event)
        if any(row.date == day for row in event.days):
            raise Conflict(N_("The fair is open on %(day)s already."), day=day.isoformat())
        row = EventDay(
            event_id=event.id,
            date=day,
            opens=opens,
            closes=closes,
            label_zh=label_zh,
            label_en=label_en,
            source="article",
        )
        event.days.append(row)
        event.days.sort(key=lambda one: one.date)
        flag_modified(event, "year")  # raises the event's version, which kept pages name
        session.flush()
        hours = {"opens": opens.isoformat("minutes"), "closes": closes.isoformat("minutes")}
        record(
            actor,
            "add day",
            f"event:{event.id}",
            event_id=event.id,
            after={"date": day.isoformat(), **hours},
        )
        return row
