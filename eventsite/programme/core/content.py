"""A programme as the plain JSON that a release freezes, and back. No floats: the content is hashed."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from eventsite.kernel.ranges import TimeRange
from eventsite.programme.core.values import Act, City, Day, Fair, Item, Place, Programme, Use
from eventsite.programme.enums import ResourceKind

FORMAT = 2
WORDS = ("title_zh", "title_en", "notice_zh", "notice_en")
PLAIN = ("ref", "number", "order", "kind", "status", "stage", *WORDS, "workshop", "source", "sequence")
# What releases of format 1 do not hold: there the item's defaults stand.
SINCE_2 = (
    "fixed",
    "unit",
    "setup",
    "teardown",
    "walk",
    "call_minutes",
    "mics",
    "audio",
    "props",
    "foreign_guid",
)


def write_content(programme: Programme) -> dict[str, Any]:
    """Return the plain JSON of a programme."""
    return {
        "format": FORMAT,
        "event": dict(vars(programme.fair)),
        "days": [_write_day(day) for day in programme.days],
        "stages": [dict(vars(stage), uuid=str(stage.uuid)) for stage in programme.stages],
        "items": [_write_item(item) for item in programme.items],
    }


def read_content(content: Mapping[str, Any]) -> Programme:
    """Return the programme that a release holds."""
    return Programme(
        fair=Fair(**content["event"]),
        days=tuple(_read_day(day) for day in content["days"]),
        stages=tuple(Place(**{**stage, "uuid": UUID(stage["uuid"])}) for stage in content["stages"]),
        items=tuple(_read_item(item) for item in content["items"]),
    )


def write_instant(instant: datetime) -> str:
    """Return an instant as text in UTC."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def read_instant(text: str) -> datetime:
    """Return the instant that the text names."""
    return datetime.fromisoformat(text)


def _write_day(day: Day) -> dict[str, Any]:
    return {
        "date": day.date.isoformat(),
        "start": write_instant(day.hours.start),
        "end": write_instant(day.hours.end),
        "label_zh": day.label_zh,
        "label_en": day.label_en,
    }


def _read_day(day: Mapping[str, Any]) -> Day:
    return Day(
        date=date.fromisoformat(day["date"]),
        hours=TimeRange(read_instant(day["start"]), read_instant(day["end"])),
        label_zh=day["label_zh"],
        label_en=day["label_en"],
    )


def _write_item(item: Item) -> dict[str, Any]:
    return {
        **{name: getattr(item, name) for name in (*PLAIN, *SINCE_2)},
        "languages": list(item.languages),
        "uses": [dict(vars(use), kind=use.kind.value) for use in item.uses],
        "uuid": str(item.uuid),
        "start": write_instant(item.slot.start),
        "end": write_instant(item.slot.end),
        "troupe": dict(vars(item.troupe), uuid=str(item.troupe.uuid)) if item.troupe else None,
        "delegation": dict(vars(item.delegation)) if item.delegation else None,
        "demo_fields": list(item.demo_fields),
        "changed_at": write_instant(item.changed_at) if item.changed_at else None,
    }


def _read_item(item: Mapping[str, Any]) -> Item:
    troupe, delegation, changed_at = item["troupe"], item["delegation"], item["changed_at"]
    return Item(
        **{name: item[name] for name in PLAIN},
        **{name: item[name] for name in SINCE_2 if name in item},
        languages=tuple(item.get("languages", ())),
        uses=tuple(Use(**{**use, "kind": ResourceKind(use["kind"])}) for use in item.get("uses", ())),
        uuid=UUID(item["uuid"]),
        slot=TimeRange(read_instant(item["start"]), read_instant(item["end"])),
        troupe=Act(**{**troupe, "uuid": UUID(troupe["uuid"])}) if troupe else None,
        delegation=City(**delegation) if delegation else None,
        demo_fields=tuple(item["demo_fields"]),
        changed_at=read_instant(changed_at) if changed_at else None,
    )
