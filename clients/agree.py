"""Compare what several readers understood of one calendar: every event, every field."""

import json
import sys
from pathlib import Path


def main() -> None:
    """Read one JSON file a reader; name every event on which they differ and end with status 1."""
    readings = {Path(name).stem: by_uid(Path(name)) for name in sys.argv[1:]}
    first, *others = readings
    faults = [fault for other in others for fault in differences(readings, first, other)]
    faults += [f"{name}: no event was read" for name, events in readings.items() if not events]
    print("\n".join(faults) or f"{', '.join(readings)} agree on {len(readings[first])} events.")
    sys.exit(1 if faults else 0)


def by_uid(path: Path) -> dict[str, dict[str, str]]:
    """Read one reader's events."""
    return {event["uid"]: event for event in json.loads(path.read_text("utf-8"))}


def differences(readings: dict[str, dict[str, dict[str, str]]], one: str, other: str) -> list[str]:
    """Name the events that two readers understood differently."""
    left, right = readings[one], readings[other]
    return [
        f"{uid}: {one} read {left.get(uid)}, {other} read {right.get(uid)}"
        for uid in sorted({*left, *right})
        if left.get(uid) != right.get(uid)
    ]


if __name__ == "__main__":
    main()
