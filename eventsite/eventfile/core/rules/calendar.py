"""Days in order, items that end after they start, one at a time on a stage, nothing on a day without fair."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Any

from eventsite.eventfile.core.faults import Faults
from eventsite.eventfile.core.paths import Path, show, write_path
from eventsite.eventfile.core.sections import Record, records, text_of
from eventsite.eventfile.core.times import day_of, hours_of, read_zone, span_of, time_of
from eventsite.kernel.ranges import TimeRange
from eventsite.kernel.words import N_

CALLED_OFF = ("cancelled", "withdrawn", "skipped")
LONGEST_ITEM = timedelta(hours=24)

DAYS_ASCEND = N_("The days have to be in order.")
NO_LENGTH = N_("This ends at or before its start; what runs past midnight needs an end_date.")
TOO_LONG = N_("This runs longer than 24 hours.")
CLASH = N_("“%(title)s” is on the same stage while %(other)s (“%(other_title)s”) is still on.")
NO_FAIR = N_("There is no fair on %(day)s.")

Placed = tuple[TimeRange, Path, Record]


def check_calendar(tree: Any, faults: Faults) -> None:
    """Note times that contradict each other or the days of the fair."""
    zone = _zone(tree)
    _check_order(tree, faults)
    open_days = OpenDays(tree, zone)
    placed = _check_items(tree, zone, open_days, faults)
    _check_clashes(placed, faults)
    _check_releases(tree, zone, open_days, faults)


class OpenDays:
    """The dates of the fair, and its hours where they run past midnight."""

    def __init__(self, tree: Any, zone: tzinfo | None) -> None:
        found = [(day_of(record), hours_of(record, zone)) for _, record in records(tree, "days")]
        self._dates = {day for day, _ in found}
        self._nights = [hours for day, hours in found if hours and hours.end.date() != day]

    def check(self, path: Path, day: date, start: datetime, faults: Faults) -> None:
        """Note a start on a day without fair; the small hours of a night that is still on belong to it."""
        if day not in self._dates and not any(start in night for night in self._nights):
            faults.add(path, NO_FAIR, day=day)


def _zone(tree: Any) -> tzinfo | None:
    return next((read_zone(text_of(event, "timezone") or "") for _, event in records(tree, "event")), None)


def _check_order(tree: Any, faults: Faults) -> None:
    days = [(path, day) for path, record in records(tree, "days") if (day := day_of(record))]
    for (_, earlier), (path, later) in pairwise(days):
        if later < earlier:
            faults.add((*path, "date"), DAYS_ASCEND)


def _check_items(tree: Any, zone: tzinfo | None, open_days: OpenDays, faults: Faults) -> list[Placed]:
    """Return the items with a sound time."""
    placed: list[Placed] = []
    for path, record in records(tree, "programme"):
        span, day = span_of(record, zone), day_of(record)
        if span is None or day is None:
            if _has_times(record):
                faults.add((*path, "end"), NO_LENGTH)
            continue
        placed.append((span, path, record))
        if span.length > LONGEST_ITEM:
            faults.add((*path, "end_date"), TOO_LONG)
        open_days.check((*path, "date"), day, span.start, faults)
    return placed


def _has_times(record: Record) -> bool:
    """Tell whether the times are sound each by itself, so that only their order can be wrong."""
    end_day = record.get("end_date") is None or day_of(record, "end_date") is not None
    return end_day and None not in (day_of(record), time_of(record, "start"), time_of(record, "end"))


def _check_clashes(placed: list[Placed], faults: Faults) -> None:
    """Compare each item with the one on its stage that lasts longest so far."""
    last: dict[str, Placed] = {}
    for item in sorted(placed, key=lambda found: (found[0], found[1])):
        span, path, record = item
        stage = text_of(record, "stage_id")
        if stage is None or text_of(record, "status") in CALLED_OFF:
            continue
        before = last.get(stage)
        if before is not None and before[0].overlaps(span):
            faults.add(
                path,
                CLASH,
                title=show(record.get("title_zh")),
                other=write_path(before[1]),
                other_title=show(before[2].get("title_zh")),
            )
        if before is None or span.end > before[0].end:
            last[stage] = item


def _check_releases(tree: Any, zone: tzinfo | None, open_days: OpenDays, faults: Faults) -> None:
    for path, record in records(tree, "slots"):
        day, at = day_of(record), time_of(record, "release_at")
        if day is not None and at is not None:
            open_days.check((*path, "date"), day, datetime.combine(day, at, zone or UTC), faults)
