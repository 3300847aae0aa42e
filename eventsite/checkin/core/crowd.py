"""The walks of a demo crowd: who goes where and when, from a hash of the visitor's number alone."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, sqrt

from eventsite.checkin.core.passes import KEY_BYTES
from eventsite.kernel.ranges import TimeRange


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A stamp to be given: the place's number in the list of checkpoints, and when."""

    place: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Walk:
    """A demo visitor: the key of the pass, and the visits in order."""

    key: bytes
    visits: tuple[Visit, ...]


def plan_walk(seed: str, number: int, *, places: int, hours: TimeRange, gap: timedelta) -> Walk:
    """Return the walk of one visitor: the same for the same seed and number; most see half of the places.

    All visits lie in `hours`, at least `gap` apart; where those are too short, there are fewer.
    """
    dice = hashlib.sha256(f"{seed}/{number}".encode()).digest()
    share, start, turn, early, brisk = (byte / 255 for byte in dice[KEY_BYTES : KEY_BYTES + 5])
    room = max(hours.length - gap, timedelta(0))
    count = min(max(1, ceil(places * sqrt(share))), 1 + room // gap if gap else places)
    spare = room - gap * (count - 1)
    arrival = hours.start + spare * early / 2
    step = gap + spare * (1 - brisk / 2) / 2 / count
    way, first = (1 if turn < 0.5 else -1), int(start * (places - 1))
    visits = (Visit(place=(first + way * i) % places, at=arrival + step * i) for i in range(count))
    return Walk(key=dice[:KEY_BYTES], visits=tuple(visits))
