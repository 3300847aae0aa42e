"""The plan of a fair, carried over to the next one."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from eventsite.eventfile.core.faults import Fault
from eventsite.eventfile.core.paths import write_path
from eventsite.eventfile.core.schema import read_date
from eventsite.eventfile.core.sections import Record, all_records, records, text_of
from eventsite.eventfile.errors import BadEventFile
from eventsite.kernel.words import N_

DATES = ("date", "end_date")
HAPPENED = ("agreements", "applications", "tickets", "deals", "announcements", "observations")
"""Sections that tell what happened at a fair; its plan is everything else."""
FIRST_STATUS = {"booths": "planned", "programme": "scheduled", "permits": "preparing"}
LASTING_STATUS = ("not_required",)

NO_DAYS = N_("This event has no days that could be moved.")


def plan_next(data: Any, slug: str, start: date) -> dict[str, Any]:
    """Return the event file of the next fair: the same plan and ids, its first day on `start`.

    What happened at this one stays behind; statuses go back to where planning begins.
    """
    tree: dict[str, Any] = deepcopy(dict(data))
    tree["event"] |= {"id": slug, "year": start.year, "article_date_zh": None}
    tree["dataset"]["id"] = slug
    for section in HAPPENED:
        tree[section] = []
    shift = start - _first_day(tree)
    for section, _, record in all_records(tree):
        _move(record, shift)
        _reset_status(section, record)
    return tree


def _first_day(tree: Any) -> date:
    found = next((read_date(text_of(day, "date") or "") for _, day in records(tree, "days")), None)
    if found is None:
        raise BadEventFile([Fault(path=write_path(("event", "days")), message=NO_DAYS)], 1)
    return found


def _move(record: Record, shift: timedelta) -> None:
    for key in DATES:
        day = read_date(text_of(record, key) or "")
        if day is not None:
            record[key] = (day + shift).isoformat()


def _reset_status(section: str, record: Record) -> None:
    if section in FIRST_STATUS and record.get("status") not in LASTING_STATUS:
        record["status"] = FIRST_STATUS[section]
