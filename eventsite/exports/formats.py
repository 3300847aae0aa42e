"""The formats that can be taken away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from eventsite.exports.core.values import Snapshot
from eventsite.exports.writers.csv import write_csv
from eventsite.exports.writers.ics import write_ics
from eventsite.exports.writers.jsonld import write_jsonld
from eventsite.exports.writers.pdf import write_by_city, write_by_day, write_by_stage
from eventsite.exports.writers.schedule_json import write_schedule_json
from eventsite.exports.writers.schedule_v2 import write_schedule_v2
from eventsite.exports.writers.schedule_xml import write_schedule_xml
from eventsite.exports.writers.xlsx import write_xlsx

Writer = Callable[[Snapshot, str], bytes]


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format: who writes it, what it is called, and whether a browser shows it or saves it.

    `by` names other ways to arrange it. A `heavy` file is made only of what the programme has, never of
    somebody's favourites. `edition` rises when a writer's bytes change for the same snapshot: nobody is told
    "unchanged" wrongly.
    """

    write: Writer
    mimetype: str
    inline: bool
    by: Mapping[str, Writer] = field(default_factory=dict)
    heavy: bool = False
    edition: int = 1


FORMATS: dict[str, Format] = {
    "ics": Format(write=write_ics, mimetype="text/calendar", inline=False, edition=2),
    "xml": Format(write=write_schedule_xml, mimetype="application/xml", inline=True),
    "json": Format(write=write_schedule_json, mimetype="application/json", inline=True, edition=2),
    "v2.json": Format(write=write_schedule_v2, mimetype="application/json", inline=True, edition=2),
    "jsonld": Format(write=write_jsonld, mimetype="application/ld+json", inline=True),
    "xlsx": Format(
        write=write_xlsx,
        mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        inline=False,
    ),
    "csv": Format(write=write_csv, mimetype="text/csv", inline=False, edition=2),
    "pdf": Format(
        write=write_by_day,
        by={"day": write_by_day, "stage": write_by_stage, "city": write_by_city},
        mimetype="application/pdf",
        inline=True,
        heavy=True,
    ),
}
