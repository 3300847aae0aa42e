"""A demo crowd: labelled visitors that collect stamps through the same act as everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from eventsite.checkin.core.codes import code_of, window_at
from eventsite.checkin.core.crowd import Walk, plan_walk
from eventsite.checkin.core.stamping import CheckpointFacts
from eventsite.checkin.enums import CodeMode
from eventsite.checkin.errors import CheckpointClosed, TooSoon
from eventsite.checkin.operations.stamping import stamp
from eventsite.checkin.queries import find_facts, list_checkpoints
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.events.queries import open_days
from eventsite.kernel.ranges import TimeRange
from eventsite.kernel.words import N_

AT_ONCE = 20  # visitors in one transaction: enough to be quick, few enough to let others write between
BEFORE_THE_FAIR = timedelta(hours=4)
STAFF = "system:crowd"


@dataclass(frozen=True, kw_only=True)
class CrowdReport:
    """What a crowd left behind: its visitors, their stamps, and how many of these are new."""

    passes: int
    stamps: int
    fresh: int


def make_crowd(event: Event, *, passes: int, seed: str, now: datetime) -> CrowdReport:
    """Let `passes` demo visitors collect stamps between the opening of the latest day and `now`.

    The same seed makes the same visitors: run again, it finds their stamps and adds those of later days.
    Raises `CheckpointClosed` where no checkpoint takes stamps.
    """
    places = _places(event)
    gap = timedelta(seconds=max(place.min_seconds for place in places) + 1)
    hours = _hours(event, now)
    walks = [
        plan_walk(f"{event.slug}/{seed}", number, places=len(places), hours=hours, gap=gap)
        for number in range(passes)
    ]
    stamps = fresh = 0
    for first in range(0, passes, AT_ONCE):
        with atomic():
            for walk in walks[first : first + AT_ONCE]:
                answers = _walk(walk, places)
                stamps, fresh = stamps + len(answers), fresh + sum(answers)
    return CrowdReport(passes=passes, stamps=stamps, fresh=fresh)


def _places(event: Event) -> list[CheckpointFacts]:
    found = [find_facts(checkpoint.key) for checkpoint in list_checkpoints(event)]
    places = [facts for facts in found if facts is not None and facts.active]
    if not places:
        raise CheckpointClosed(N_("No checkpoint of this event takes stamps now."))
    return places


def _hours(event: Event, now: datetime) -> TimeRange:
    begun = [day.hours for day in open_days(event) if day.hours.start < now]
    if not begun:
        return TimeRange(now - BEFORE_THE_FAIR, now)
    return TimeRange(begun[-1].start, min(now, begun[-1].end))


def _walk(walk: Walk, places: Sequence[CheckpointFacts]) -> list[bool]:
    """Stamp along a walk and tell of each stamp whether it is new; one too near to another is left out."""
    answers = []
    for visit in walk.visits:
        place = places[visit.place]
        code = code_of(place.secret, window_at(visit.at, place.period))
        staff = STAFF if place.mode is CodeMode.STAFF_SCAN else ""
        try:
            receipt = stamp(walk.key, place, now=visit.at, code=code, staff=staff, is_demo=True)
        except TooSoon:
            continue
        answers.append(receipt.fresh)
    return answers
