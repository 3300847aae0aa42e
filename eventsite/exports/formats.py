"""The formats that can be taken away."""

from collections.abc import Callable
from dataclasses import dataclass

from eventsite.exports.core import Snapshot
from eventsite.exports.csv import write_csv
from eventsite.exports.ics import write_ics
from eventsite.exports.schedule_json import write_schedule_json


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format: who writes it, what it is called, and whether a browser shows it or saves it.

    `edition` rises when a writer's bytes change for the same snapshot: nobody is told "unchanged" wrongly.
    """

    write: Callable[[Snapshot, str], bytes]
    mimetype: str
    inline: bool
    edition: int = 1


FORMATS: dict[str, Format] = {
    "ics": Format(write=write_ics, mimetype="text/calendar", inline=False),
    "json": Format(write=write_schedule_json, mimetype="application/json", inline=True),
    "csv": Format(write=write_csv, mimetype="text/csv", inline=False),
}
