"""The next fair from the plan of this one."""

from datetime import date, datetime

from eventsite.accounts.core import Actor
from eventsite.database import atomic
from eventsite.eventfile.core.next_fair import plan_next
from eventsite.eventfile.errors import SlugTaken
from eventsite.eventfile.operations.load import create_event
from eventsite.eventfile.queries import dump_event, judge_event_file
from eventsite.events.enums import EventStatus
from eventsite.events.models import Event
from eventsite.events.queries import find_event
from eventsite.market.operations import copy_plan


def clone_event(actor: Actor, event: Event, new_slug: str, *, start: date, now: datetime) -> Event:
    """Add a draft with the plan of an event, its first day on `start`; nothing is shared between the two.

    The drawn plan comes along, circuits with it. Applications, agreements, tickets, deals, notices and
    counts stay behind. Raises `SlugTaken`, and `BadEventFile` for a slug or a date that no event can
    have.
    """
    with atomic():
        if find_event(new_slug) is not None:
            raise SlugTaken(new_slug)
        file = judge_event_file(plan_next(dump_event(event), new_slug, start))
        clone = create_event(actor, "clone", file, status=EventStatus.DRAFT, now=now)
        copy_plan(actor, event, clone)
    return clone
