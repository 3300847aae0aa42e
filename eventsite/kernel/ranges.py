"""Half-open ranges of time: the start belongs to the range, the end does not."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, order=True)
class TimeRange:
    """A range of instants with an inclusive start and an exclusive end."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a time range needs aware instants")
        if self.end <= self.start:
            raise ValueError("a time range ends after it starts")

    def __contains__(self, instant: datetime) -> bool:
        return self.start <= instant < self.end

    def overlaps(self, other: "TimeRange") -> bool:
        """Tell whether the two share an instant; ranges that only touch do not."""
        return self.start < other.end and other.start < self.end

    def overlap(self, other: "TimeRange") -> timedelta:
        """Return how long the two overlap, zero where they do not."""
        return max(min(self.end, other.end) - max(self.start, other.start), timedelta(0))

    @property
    def length(self) -> timedelta:
        """Return how long the range is."""
        return self.end - self.start


def local_range(day: date, start: time, end: time, zone: tzinfo, end_day: date | None = None) -> TimeRange:
    """Build a range from wall-clock times of a place; `end_day` is given for what runs past midnight."""
    return TimeRange(
        datetime.combine(day, start, zone),
        datetime.combine(end_day or day, end, zone),
    )
