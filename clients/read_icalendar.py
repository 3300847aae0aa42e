"""Read a calendar with Python's icalendar and print what it understood."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import icalendar


def main() -> None:
    """Print the events of the calendar named on the command line."""
    calendar = icalendar.Calendar.from_ical(Path(sys.argv[1]).read_bytes())
    print(json.dumps([read(event) for event in calendar.walk("VEVENT")]))


def read(event: icalendar.cal.Component) -> dict[str, str]:
    """Return one event as the other readers give theirs."""
    return {
        "uid": str(event["UID"]),
        "start": instant(event.decoded("DTSTART")),
        "end": instant(event.decoded("DTEND")),
        "summary": str(event["SUMMARY"]),
        "location": str(event["LOCATION"]),
        "status": str(event["STATUS"]),
    }


def instant(moment: datetime) -> str:
    """Write a moment as JavaScript does."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


if __name__ == "__main__":
    main()
