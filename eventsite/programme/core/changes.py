"""What changed between two programmes, and what a release therefore writes into its items."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from eventsite.kernel.ranges import TimeRange
from eventsite.programme.core.content import WORDS, read_instant, write_instant
from eventsite.programme.core.values import Item, Programme
from eventsite.programme.enums import ChangeKind

# What visitors can see of an item, apart from when, where and whether it is.
TOLD = (*WORDS, "kind", "status", "troupe", "delegation", "workshop", "languages")


@dataclass(frozen=True, kw_only=True)
class Spot:
    """When and where."""

    slot: TimeRange
    stage: str
    stage_zh: str
    stage_en: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """What happened to an item; `old` is missing for new items, `new` for removed ones."""

    kind: ChangeKind
    ref: str
    title_zh: str
    title_en: str
    old: Spot | None
    new: Spot | None


def compare(old: Programme | None, new: Programme) -> tuple[Change, ...]:
    """Return what differs between two programmes, by time; against nothing, every item is added."""
    before = old.by_ref if old else {}
    changes = [
        change for item in new.items if (change := _change(old, before.get(item.ref), new, item)) is not None
    ]
    if old is not None:
        gone = [item for item in old.items if item.ref not in new.by_ref]
        changes += [_told(ChangeKind.REMOVED, item, _spot(old, item), None) for item in gone]
    return tuple(sorted(changes, key=_by_time))


def _change(old: Programme | None, was: Item | None, new: Programme, item: Item) -> Change | None:
    spot = _spot(new, item)
    if old is None or was is None:
        return _told(ChangeKind.ADDED, item, None, spot)
    kind = _kind(was, item)
    return _told(kind, item, _spot(old, was), spot) if kind else None


def _kind(was: Item, item: Item) -> ChangeKind | None:
    if was.is_cancelled != item.is_cancelled:
        return ChangeKind.CANCELLED if item.is_cancelled else ChangeKind.RESTORED
    if (was.slot, was.stage) != (item.slot, item.stage):
        return ChangeKind.MOVED
    return ChangeKind.EDITED if any(getattr(was, n) != getattr(item, n) for n in TOLD) else None


def _told(kind: ChangeKind, item: Item, old: Spot | None, new: Spot | None) -> Change:
    return Change(kind=kind, ref=item.ref, title_zh=item.title_zh, title_en=item.title_en, old=old, new=new)


def _spot(programme: Programme, item: Item) -> Spot:
    place = programme.places[item.stage]
    return Spot(slot=item.slot, stage=item.stage, stage_zh=place.name_zh, stage_en=place.name_en)


def _by_time(change: Change) -> tuple[list[datetime], str]:
    return [spot.slot.start for spot in (change.new, change.old) if spot], change.ref


def settle(
    draft: Programme, previous: Programme | None, now: datetime, *, left: Mapping[str, int] | None = None
) -> Programme:
    """Return the draft as it is released at `now`: with the sequence and the last change of every item.

    The sequence rises by one where time, place or state differ from the previous release. An item of which
    nothing that is shown differs keeps its last change, so that calendars see no change where there was none.
    `left` are the last sequences, by id, of items that earlier releases held and the previous one did not:
    one that comes back goes on from there.
    """
    return replace(
        draft, items=tuple(_settled(draft, item, previous, now, left or {}) for item in draft.items)
    )


def _settled(
    draft: Programme, item: Item, previous: Programme | None, now: datetime, left: Mapping[str, int]
) -> Item:
    was = previous.by_ref.get(item.ref) if previous else None
    if previous is None or was is None:
        return replace(item, sequence=left[item.ref] + 1 if item.ref in left else 0, changed_at=now)
    moved = (was.slot, was.stage, was.status) != (item.slot, item.stage, item.status)
    same_place = previous.places[was.stage] == draft.places[item.stage]
    as_it_was = replace(item, sequence=was.sequence, changed_at=was.changed_at)
    if as_it_was == was and same_place:
        return was
    return replace(item, sequence=was.sequence + moved, changed_at=now)


def write_changes(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Return changes as plain JSON."""
    return [
        {
            "kind": change.kind.value,
            "ref": change.ref,
            "title_zh": change.title_zh,
            "title_en": change.title_en,
            "old": _write_spot(change.old),
            "new": _write_spot(change.new),
        }
        for change in changes
    ]


def read_changes(rows: Sequence[Mapping[str, Any]]) -> tuple[Change, ...]:
    """Return the changes that a release holds."""
    return tuple(
        Change(
            kind=ChangeKind(row["kind"]),
            ref=row["ref"],
            title_zh=row["title_zh"],
            title_en=row["title_en"],
            old=_read_spot(row["old"]),
            new=_read_spot(row["new"]),
        )
        for row in rows
    )


def _write_spot(spot: Spot | None) -> dict[str, Any] | None:
    if spot is None:
        return None
    slot = spot.slot
    times = {"start": write_instant(slot.start), "end": write_instant(slot.end)}
    return {**times, "stage": spot.stage, "stage_zh": spot.stage_zh, "stage_en": spot.stage_en}


def _read_spot(row: Mapping[str, Any] | None) -> Spot | None:
    if row is None:
        return None
    slot = TimeRange(read_instant(row["start"]), read_instant(row["end"]))
    return Spot(slot=slot, stage=row["stage"], stage_zh=row["stage_zh"], stage_en=row["stage_en"])
