"""Read a calendar with Python's icalendar and print what it understood."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import icalendar


def main() -> None:
    """Print the events of the calendar named on the command line, or of all files of a folder."""
    named = Path(sys.argv[1])
    files = sorted(named.iterdir()) if named.is_dir() else [named]
    calendars = [icalendar.Calendar.from_ical(file.read_bytes()) for file in files]
    print(json.dumps([read(event) for calendar in calendars for event in calendar.walk("VEVENT")]))


def read(event: icalendar.cal.Component) -> dict[str, str]:
    """Return one event as the other readers give theirs."""
    return {
        "url": str(event["URL"]),
        "uid": str(event["UID"]),
        "start": instant(event.decoded("DTSTART")),
        "end": instant(event.decoded("DTEND")),
        "summary": str(event["SUMMARY"]),
        "location": str(event["LOCATION"]),
        "status": str(event["STATUS"]),
        "sequence": str(event["SEQUENCE"]),
    }


def instant(moment: datetime) -> str:
    """Write a moment as JavaScript does."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


if __name__ == "__main__":
    main()
