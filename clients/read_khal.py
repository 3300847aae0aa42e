"""Read a folder of events with khal, a calendar in the terminal, and print what it understood."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = "Asia/Shanghai"
CONFIG = """
[calendars]
[[fair]]
path = {items}
readonly = True
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = {zone}
default_timezone = {zone}
[sqlite]
path = {index}
"""
FIELDS = ("url", "start-long-full", "end-long-full", "title", "location", "status")


def main() -> None:
    """Print the events of the folder named on the command line, from the day named on for a month."""
    items, first = Path(sys.argv[1]).resolve(), sys.argv[2]
    config = items.with_suffix(".khal")
    config.write_text(CONFIG.format(items=items, zone=ZONE, index=items.with_suffix(".khal.db")))
    told = subprocess.run(
        ["khal", "-c", str(config), "list", *(f"--json={field}" for field in FIELDS), first, "30d"],
        check=True,
        capture_output=True,
        text=True,
    )
    events = [event for line in told.stdout.splitlines() if line.strip() for event in json.loads(line)]
    print(json.dumps([read(event) for event in {event["url"]: event for event in events}.values()]))


def read(event: dict[str, str]) -> dict[str, str]:
    """Return one event as the other readers give theirs."""
    return {
        "url": event["url"],
        "start": instant(event["start-long-full"]),
        "end": instant(event["end-long-full"]),
        "summary": event["title"],
        "location": event["location"],
        "status": event["status"].strip(),
    }


def instant(moment: str) -> str:
    """Write a time of the fair's clock as JavaScript does."""
    local = datetime.strptime(moment, "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(ZONE))
    return local.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


if __name__ == "__main__":
    main()
